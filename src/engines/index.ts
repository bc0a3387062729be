import { parse } from '../core/parse';
import { opOf } from '../core/registry';
import type { Scene, Step } from '../core/scene';
import { inputsOf, shapesOf, trace } from '../core/sequential';
import type { Shape, Tensor } from '../core/tensor';
import type { Engine, RunOptions } from './engine';
import { reference } from './reference';

export type { Engine, RunOptions } from './engine';

/** Fastest first; the last one supports everything. */
const engines: readonly Engine[] = [reference];

export interface Choice {
  readonly engine: Engine;
  /** Why this one, as a sentence for people. */
  readonly reason: string;
}

/** The engine that will run a step on an input of that shape. @throws RangeError when they do not fit. */
export function choose(step: Step, x: Shape): Choice {
  const op = opOf(step.op);
  const params = parse(op.params, step.params, op.name);
  const shapes = shapesOf(op, step, params, x);
  const refusals: string[] = [];
  for (const engine of engines) {
    const answer = engine.supports(op, params, shapes);
    if (answer === true) return { engine, reason: refusals.at(-1) ?? 'It is the only engine there is.' };
    refusals.push(`${engine.name}: ${answer}`);
  }
  throw new RangeError(`${op.name}: expected an engine that runs it, received ${refusals.join(' ')}`);
}

export interface Ran {
  readonly y: Tensor<Float32Array>;
  readonly engine: string;
  /** Time of the computation, pauses included. */
  readonly ms: number;
}

/** One step. @throws RangeError when it does not fit; the signal's reason when stopped. */
export async function runStep(step: Step, x: Tensor, options: RunOptions = {}): Promise<Ran> {
  const op = opOf(step.op);
  const { engine } = choose(step, x.shape);
  const start = performance.now();
  const y = await engine.run(op, parse(op.params, step.params, op.name), inputsOf(op, step, x), options);
  return { y, engine: engine.name, ms: performance.now() - start };
}

/** All steps of a scene, one after the other; progress runs over the whole. A scene without steps answers with a copy of `x`. */
export async function runScene(scene: Scene, x: Tensor<Float32Array>, options: RunOptions = {}): Promise<Ran> {
  trace(scene, x.shape);
  const count = scene.steps.length;
  if (count === 0) return { y: { shape: x.shape, data: x.data.slice() }, engine: reference.name, ms: 0 };
  let ran: Ran = { y: x, engine: reference.name, ms: 0 };
  for (const [i, step] of scene.steps.entries()) {
    const { y, engine, ms } = await runStep(step, ran.y, {
      ...options,
      progress: (done) => options.progress?.((i + done) / count),
    });
    ran = { y, engine, ms: ran.ms + ms };
  }
  return ran;
}
