// Filters of one channel, for the tests of the ways that they take.
import { type Shape, sizeOf, type Tensor } from '../../../src/core/tensor';
import { openGuarded, randomTensor, stepOf } from './engine';

export const engine = await openGuarded();

/** A sum of n products of inputs in ±1: every addition rounds a partial sum that grows as √n. */
export const sumOf = (n: number) => ({ atol: 6e-8 * Math.max(4, n), rtol: 4e-7 });

export const kernelOf = (shape: Shape, at: (o: number, u: number, v: number) => number): Tensor => {
  const [, , kh = 1, kw = 1] = shape;
  const data = Float32Array.from({ length: sizeOf(shape) }, (_, i) =>
    at(Math.floor(i / (kh * kw)), Math.floor(i / kw) % kh, i % kw),
  );
  return { shape, data };
};
export const bell = (shape: Shape): Tensor =>
  kernelOf(shape, (o, u, v) => Math.exp(-((u - 3 - o) ** 2 + (v - 4) ** 2) / 20) * (o % 2 === 0 ? 0.3 : -0.2));
/** A column times a row plus another. */
export const twoBells = (shape: Shape): Tensor =>
  kernelOf(
    shape,
    (_, u, v) => 0.3 * Math.exp(-((u - 5) ** 2 + (v - 5) ** 2) / 9) - 0.2 * Math.exp(-((u - 5) ** 2 + (v - 5) ** 2) / 25),
  );

export const step = (params: Record<string, unknown>, weight: Tensor) =>
  stepOf('conv2d', params, { weight, bias: randomTensor([weight.shape[0] ?? 0], 5) });

export const how = (params: Record<string, unknown>, weight: Tensor, shape: Shape, exact = false): string => {
  const verdict = engine.judge(step(params, weight), { shape }, { exact });
  return verdict.runs ? verdict.how : verdict.why;
};
