// Which engine runs a step, and why; scenes across engines.

import { parse } from '../core/parse';
import { opOf } from '../core/registry';
import { type Scene, type Step, stepsOn } from '../core/scene';
import { trace, weightsOf } from '../core/sequential';
import type { Shape, Tensor } from '../core/tensor';
import type { Engine, Prepared, RunOptions } from './engine';
import { reference } from './reference';

export type { Engine, RunOptions } from './engine';

export interface Choice {
  readonly engine: Engine;
  /** Why this one, and how it works, as a sentence for people. */
  readonly reason: string;
}
export interface Ran {
  /** In the memory of the engine that ran last, where `keep` was asked for: `release` it then. */
  readonly y: Tensor<Float32Array>;
  /** Names of the engines that took part. */
  readonly engine: string;
  /** Time of the computation, pauses included. */
  readonly ms: number;
  readonly steps: readonly RanStep[];
}
/** How one step was run. */
export interface RanStep {
  readonly op: string;
  readonly engine: string;
  /** How, and why so, as a phrase for people. */
  readonly how: string;
  /** With the steps after it that ran in one go with it; of those, null. */
  readonly ms: number | null;
}
export interface Engines {
  /** The engine that will run a step on an input of that shape. @throws RangeError when they do not fit. */
  choose(step: Step, x: Shape, options?: Pick<RunOptions, 'exact'>): Choice;
  /** One step. @throws RangeError when it does not fit; the signal's reason when stopped. */
  runStep(step: Step, x: Tensor, options?: RunOptions): Promise<Ran>;
  /** All steps of a scene that are on; progress runs over the whole. A scene without steps answers with a copy of `x`. */
  runScene(scene: Scene, x: Tensor, options?: RunOptions): Promise<Ran>;
  /** Gradients of one step's inputs, by name. */
  backwardStep(step: Step, x: Tensor, dy: Tensor, options?: RunOptions): Promise<Readonly<Record<string, Tensor<Float32Array>>>>;
  /** Values that stay where they are over pauses: a copy, where they lie in the memory of an engine. */
  steady(tensor: Tensor): Tensor;
  release(tensor: Tensor): void;
}

interface Group {
  readonly engine: Engine;
  readonly steps: Prepared[];
  readonly reasons: string[];
}

/** Engines in order of preference; the reference comes last by itself, since it runs everything. */
export function enginesOf(...preferred: readonly Engine[]): Engines {
  const engines = [...preferred, reference];

  function chosen(prepared: Prepared, x: Shape, options: Pick<RunOptions, 'exact'>): Choice {
    const refusals: string[] = [];
    for (const engine of engines) {
      const verdict = engine.judge(prepared, { shape: x }, options);
      if (verdict.runs) return { engine, reason: [...refusals, verdict.how].join('; ') };
      refusals.push(`not on ${engine.name}: ${verdict.why}`);
    }
    throw new RangeError(`${prepared.op.name}: expected an engine that runs it, received ${refusals.join(' ')}`);
  }

  /** Neighbouring steps that run on the same engine, so that it can fuse them. */
  function grouped(steps: readonly Step[], x: Shape, options: RunOptions): Group[] {
    const groups: Group[] = [];
    let shape = x;
    for (const step of steps) {
      const prepared = prepare(step, shape);
      const { engine, reason } = chosen(prepared, shape, options);
      const last = groups.at(-1);
      if (last?.engine === engine) {
        last.steps.push(prepared);
        last.reasons.push(reason);
      } else groups.push({ engine, steps: [prepared], reasons: [reason] });
      const weights = Object.fromEntries(Object.entries(prepared.weights).map(([name, w]) => [name, w.shape]));
      shape = prepared.op.infer({ x: shape, ...weights }, prepared.params);
    }
    return groups;
  }

  const release = (tensor: Tensor): void => {
    for (const engine of engines) engine.release(tensor);
  };

  async function runSteps(steps: readonly Step[], x: Tensor, options: RunOptions): Promise<Ran> {
    const start = performance.now();
    const groups = grouped(steps, x.shape, options);
    const ran: RanStep[] = [];
    let y: Tensor<Float32Array> | undefined;
    let done = 0;
    for (const [i, group] of groups.entries()) {
      const [before, share] = [done, group.steps.length];
      const progress = (part: number): void => options.progress?.((before + part * share) / steps.length);
      const keep = options.keep === true || i + 1 < groups.length;
      const since = performance.now();
      // The reference keeps hold of values over pauses.
      const next: Tensor<Float32Array> = await group.engine
        .run(group.steps, group.engine === reference ? steady(y ?? x) : (y ?? x), { ...options, keep, progress })
        .finally(() => {
          if (y) release(y);
        });
      y = next;
      done += share;
      for (const [n, { op }] of group.steps.entries()) {
        const ms = n === 0 ? performance.now() - since : null;
        ran.push({ op: op.name, engine: group.engine.name, how: group.reasons[n] ?? '', ms });
      }
    }
    return {
      y: y ?? { shape: x.shape, data: Float32Array.from(x.data) },
      engine: [...new Set(groups.map(({ engine }) => engine.name))].join(', ') || reference.name,
      ms: performance.now() - start,
      steps: ran,
    };
  }

  const steady = (tensor: Tensor): Tensor =>
    engines.some((engine) => engine.holds(tensor)) ? { shape: tensor.shape, data: tensor.data.slice() } : tensor;

  return {
    choose: (step, x, options = {}) => chosen(prepare(step, x), x, options),
    runStep: (step, x, options = {}) => runSteps([step], x, options),
    async runScene(scene, x, options = {}) {
      trace(scene, x.shape);
      return runSteps(stepsOn(scene), x, options);
    },
    async backwardStep(step, x, dy, options = {}) {
      const prepared = prepare(step, x.shape);
      for (const engine of engines) {
        if (engine.judgeBackward(prepared, x, options).runs) return engine.backward(prepared, x, dy, options);
      }
      throw new RangeError(`${step.op}: expected an engine with its gradient, received none`);
    },
    steady,
    release,
  };
}

function prepare(step: Step, x: Shape): Prepared {
  const op = opOf(step.op);
  const params = parse(op.params, step.params, op.name);
  return { op, params, weights: weightsOf(op, step, params, x) };
}
