// Complete inputs of any op for random parameters.

import { expect } from 'vitest';
import type { AnyOp } from '../../src/core/registry';
import type { Params, Schema } from '../../src/core/schema';
import { weightsOf } from '../../src/core/sequential';
import { sizeOf, type Tensor } from '../../src/core/tensor';

export type Inputs = Readonly<Record<string, Tensor>>;

export const shapes = (inputs: Inputs) => Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, shape]));

/** All inputs of an op: kernels of some side with distinct weights, one value for each channel. Throws RangeError where they do not fit. */
export function fill(op: AnyOp, params: Params<Schema>, x: Tensor, side: number): Inputs {
  const matrix = Array.from({ length: side }, (_, i) => Array.from({ length: 1 + (side % 3) }, (_, j) => 1 + i - j * 0.5));
  const kernels = Object.entries(op.weights).filter(([, field]) => field.kind === 'kernel');
  const weights = weightsOf(op, { weights: Object.fromEntries(kernels.map(([name]) => [name, matrix])) }, params, x.shape);
  const inputs = { x, ...weights };
  const y = op.infer(shapes(inputs), params);
  if (sizeOf(y) > 200000) throw new RangeError('too large for a test');
  return inputs;
}

/** What work in pieces comes to. */
export function finished<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** The value, or undefined where the inputs do not fit. Anything but a RangeError is a fault. */
export function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    expect(error instanceof Error && error.message).toMatch(/(expected|received|but|too large|does not fit)/);
    return undefined;
  }
}
