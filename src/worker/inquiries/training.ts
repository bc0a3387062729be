// Updates of weights along their gradients, as many as are asked for, and what the objective was before each.

import { opOf } from '../../core/registry';
import type { Step } from '../../core/scene';
import { type Memories, numbersOf, type Rule, trainable, updated, weightValue } from '../../core/training';
import type { Node } from '../api';
import type { Inquiry } from '.';
import { backwardOn, type From, forwardAgain, settingFrom } from './gradientsPass';

export interface TrainingAsked {
  readonly from: From;
  /** The steps whose weights change. */
  readonly nodes: readonly Node[];
  readonly rule: Rule;
  readonly times: number;
  /** What the optimiser kept from before, by node. */
  readonly memories: Readonly<Record<Node, Memories>>;
}
export interface Trained {
  /** The objective before every update, and after the last one. */
  readonly amounts: readonly number[];
  readonly steps: Readonly<Record<Node, Step>>;
  readonly memories: Readonly<Record<Node, Memories>>;
  /** Numbers that an end of their range held back in the last update. */
  readonly held: number;
  /** The numbers grew beyond all bounds: what is answered is from before. */
  readonly diverged: boolean;
}

export const training: Inquiry<'training'> = async ({ from, nodes, rule, times, memories: before }, desk) => {
  let { setting, forward } = await settingFrom(from, desk);
  let memories: Readonly<Record<Node, Memories>> = before;
  const amounts = [forward.amount];
  let held = 0;
  const answer = (diverged: boolean): Trained => ({
    amounts,
    steps: Object.fromEntries(nodes.map((node) => [node, setting.scene.steps[node]!])),
    memories,
    held,
    diverged,
  });
  for (let time = 0; time < times; time++) {
    const { steps } = await backwardOn(setting, forward, { ...desk, report: () => undefined });
    const moved = nodes.map((node) => {
      const i = forward.on.indexOf(node);
      return { node, ...updated(setting.scene.steps[node]!, i < 0 ? {} : steps[i]!, memories[node] ?? {}, rule) };
    });
    if (!moved.every(({ step }) => hasNumbers(step))) return answer(true);
    const scene = {
      ...setting.scene,
      steps: setting.scene.steps.map((step, n) => moved.find(({ node }) => node === n)?.step ?? step),
    };
    const next = await forwardAgain(setting, scene, { ...desk, report: () => undefined });
    if (!Number.isFinite(next.amount)) return answer(true);
    [setting, forward] = [{ ...setting, scene }, next];
    memories = { ...memories, ...Object.fromEntries(moved.map(({ node, memories: kept }) => [node, kept])) };
    held = moved.reduce((sum, one) => sum + one.held, 0);
    amounts.push(next.amount);
    desk.report((time + 1) / times);
    if (desk.breath.due()) await desk.breath.rest();
  }
  return answer(false);
};

function hasNumbers(step: Step): boolean {
  const op = opOf(step.op);
  return trainable(op).every((name) => numbersOf(weightValue(op, step, name)).every(Number.isFinite));
}
