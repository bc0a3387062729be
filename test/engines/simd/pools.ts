// What tests of pools share.
import type { Shape, Tensor } from '../../../src/core/tensor';
import type { Prepared } from '../../../src/engines/engine';
import { backwardParity, openGuarded, parity, randomTensor } from './engine';
import { tolerances } from './tolerances/pooling';

export const engine = await openGuarded();

/** The error of a step in units of its tolerance. */
export const forward = (step: Prepared, x: Tensor) => parity(engine, step, x, tolerances[step.op.name]!.forward);

/** The same of its gradient. */
export function backward(step: Prepared, x: Tensor, seed = 5) {
  const shapes = { x: x.shape, ...Object.fromEntries(Object.entries(step.weights).map(([name, { shape }]) => [name, shape])) };
  const dy = randomTensor(step.op.infer(shapes, step.params), seed);
  return backwardParity(engine, step, x, dy, tolerances[step.op.name]!.backward!);
}

export function how(step: Prepared, shape: Shape): string {
  const verdict = engine.judge(step, { shape });
  return verdict.runs ? verdict.how : `no: ${verdict.why}`;
}

/** Values with some of NaN and the infinities among them. */
export function spoilt(shape: Shape, seed: number, every: number): Tensor {
  const x = randomTensor(shape, seed);
  const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = seed % every; i < x.data.length; i += every) x.data[i] = odd[((i / every) % 3) | 0]!;
  return x;
}

export const same = (k: number) => ({ kernelSize: k, stride: 1, padding: k >> 1 });
