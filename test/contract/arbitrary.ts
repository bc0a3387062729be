// Random parameters and inputs for any op, from its declaration alone.

import fc from 'fast-check';
import type { AnyOp } from '../../src/core/registry';
import type { Field, ParamValue } from '../../src/core/schema';
import { type Shape, sizeOf, type Tensor } from '../../src/core/tensor';

/** Anything a field accepts, small values more often than large ones. */
export function fieldValue(field: Field): fc.Arbitrary<ParamValue> {
  switch (field.kind) {
    case 'bool':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...field.options);
    case 'int':
      return whole(field.min, field.max);
    case 'real':
      return real(field.min, field.max);
    case 'pair': {
      const one = field.step === 1 ? whole(field.min, field.max) : real(field.min, field.max);
      return fc.tuple(one, one);
    }
    case 'sides': {
      const one = whole(field.min, field.max);
      return fc.tuple(one, one, one, one);
    }
    case 'maybe':
      return fc.option(fieldValue(field.of), { nil: null });
  }
}

export const paramsOf = (op: AnyOp): fc.Arbitrary<Record<string, ParamValue>> =>
  fc.record(Object.fromEntries(Object.entries(op.params).map(([name, field]) => [name, fieldValue(field)])));

/** Pictures of up to 2 × 4 × 9 × 9, empty batches included. */
export const shape: fc.Arbitrary<Shape> = fc.tuple(
  fc.integer({ min: 0, max: 2 }),
  fc.integer({ min: 1, max: 4 }),
  fc.integer({ min: 1, max: 9 }),
  fc.integer({ min: 1, max: 9 }),
);

/** What a random case of an op is made of: parameters, a shape, a side of kernels, and a number to pick by. */
export const trial = (op: AnyOp, sides = 5) =>
  [paramsOf(op), shape, fc.integer({ min: 1, max: sides }), fc.integer({ min: 0, max: 9999 })] as const;

/** Distinct values from −1 to 1, the same for the same seed: no ties, so no kinks of a maximum. */
export function distinct(shape: Shape, seed: number): Tensor<Float64Array> {
  const data = Float64Array.from(
    { length: sizeOf(shape) },
    (_, i) => fraction((i + 1) * 0.6180339887498949 + seed * 0.7548776662466927) * 2 - 1,
  );
  return { shape, data };
}

const fraction = (v: number): number => v - Math.floor(v);
const whole = (min: number, max: number): fc.Arbitrary<number> => {
  const low = Math.max(min, -2);
  return fc.oneof(
    { weight: 12, arbitrary: fc.integer({ min: low, max: Math.min(max, min < 0 ? 2 : low + 2) }) },
    { weight: 1, arbitrary: fc.integer({ min, max }) },
  );
};
const real = (min: number, max: number): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 12, arbitrary: fc.double({ min: Math.max(min, -2), max: Math.min(max, 3), noNaN: true }) },
    { weight: 1, arbitrary: fc.double({ min, max, noNaN: true }) },
  );
