// Updates of a step's own numbers: its weights as the scene holds them, one for many where they are shared, moved along their gradient.

import { isBank, isMatrix } from './bank';
import type { WeightValue } from './op';
import { type AdamState, adam, type SgdState, sgd } from './optimisers';
import { type AnyOp, opOf } from './registry';
import type { Step } from './scene';
import { type Tensor, tensor, zeros } from './tensor';

/** How a weight follows its gradient. */
export interface Rule {
  readonly optimiser: 'sgd' | 'momentum' | 'adam';
  readonly lr: number;
}
/** What an optimiser keeps of one weight from update to update. */
export type Memory = { readonly of: 'sgd'; readonly state: SgdState } | { readonly of: 'adam'; readonly state: AdamState };
/** By weight. */
export type Memories = Readonly<Record<string, Memory>>;

export interface Updated {
  readonly step: Step;
  readonly memories: Memories;
  /** Numbers that an end of their range held back. */
  readonly held: number;
}

const momentum = 0.9;

/** The weights of an op that a scene holds and a gradient reaches. */
export const trainable = (op: AnyOp): string[] =>
  op.differentiable.filter((name) => Object.hasOwn(op.weights, name) && op.weights[name]?.kind !== 'stored');

/** What a step gives for a weight, or its default. */
export const weightValue = (op: AnyOp, { weights }: Pick<Step, 'weights'>, name: string): WeightValue =>
  weights?.[name] ?? op.weights[name]?.default ?? 0;

/** The numbers of a weight in a row, in the order of its tensor. */
export function numbersOf(value: WeightValue): number[] {
  if (typeof value === 'number') return [value];
  return isBank(value) ? value.flat(3) : value.flat();
}

/** The same weight with other numbers. */
export function withNumbers(value: WeightValue, numbers: ArrayLike<number>): WeightValue {
  let at = 0;
  const next = (): number => numbers[at++] ?? Number.NaN;
  if (typeof value === 'number') return next();
  if (isBank(value)) return value.map((line) => line.map((kernel) => kernel.map((row) => row.map(next))));
  if (isMatrix(value)) return value.map((row) => row.map(next));
  return Array.from(value, next);
}

/** dL/d(number) of the numbers that a step holds: where one of them fills many places of the tensor, their gradients are added. */
export function gathered(count: number, gradient: Tensor): Tensor<Float64Array> {
  const sums = zeros([count]);
  for (let i = 0; i < gradient.data.length; i++) sums.data[i % count]! += gradient.data[i]!;
  return sums;
}

/** One update of all weights of a step whose gradients are given, by name. Numbers stay in the range that their field allows. */
export function updated(step: Step, gradients: Readonly<Record<string, Tensor>>, before: Memories, rule: Rule): Updated {
  const op = opOf(step.op);
  const weights: Record<string, WeightValue> = { ...step.weights };
  const memories: Record<string, Memory> = { ...before };
  let held = 0;
  for (const name of trainable(op)) {
    const gradient = gradients[name];
    if (!gradient) continue;
    const value = weightValue(op, step, name);
    const numbers = numbersOf(value);
    const moved = follow(tensor([numbers.length], numbers), gathered(numbers.length, gradient), before[name], rule);
    const field = op.weights[name];
    const [min, max] =
      field?.kind === 'perChannel' ? [field.min, field.max] : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    const within = Array.from(moved.weights.data, (v) => Math.min(max, Math.max(min, v)));
    held += within.filter((v, i) => v !== moved.weights.data[i]).length;
    weights[name] = withNumbers(value, within);
    memories[name] = moved.memory;
  }
  return { step: { ...step, weights }, memories, held };
}

function follow(
  weights: Tensor,
  gradient: Tensor,
  before: Memory | undefined,
  { optimiser, lr }: Rule,
): { readonly weights: Tensor<Float64Array>; readonly memory: Memory } {
  if (optimiser === 'adam') {
    const made = adam(weights, gradient, before?.of === 'adam' ? before.state : null, { lr });
    return { weights: made.weights, memory: { of: 'adam', state: made.state } };
  }
  const state = before?.of === 'sgd' ? before.state : null;
  const made = sgd(weights, gradient, state, { lr, momentum: optimiser === 'momentum' ? momentum : 0 });
  return { weights: made.weights, memory: { of: 'sgd', state: made.state } };
}
