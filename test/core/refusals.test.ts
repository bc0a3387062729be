import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../../src/core/parse';
import { type AnyOp, ops } from '../../src/core/registry';
import { coverageOf, fitting, parseScene, profile, sizesOf, trace } from '../../src/core/sequential';

/** `npm run fuzz` tries more. */
const numRuns = Number(process.env.CONVSCOPE_REFUSALS ?? 1500);
const seed = Number(process.env.CONVSCOPE_SEED ?? 4711);

/** Anything JSON can hold, and what else may come from a script. */
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(
    undefined,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    -0,
    1e308,
    2 ** 53,
    0.5,
    -1,
    '',
    '3',
  ),
  fc.array(fc.oneof(fc.integer({ min: -5, max: 2000 }), fc.double(), fc.constant(null)), { maxLength: 5 }),
  fc.bigInt(),
  fc.constantFrom(Symbol('s'), () => 1, new Map(), new Date(0)),
);
const keys = ['__proto__', 'constructor', 'toString', 'length'];

/** Parameters of an op, some of them wrong in value and some in name. */
const nearly = (op: AnyOp) =>
  fc.dictionary(fc.constantFrom(...Object.keys(op.params), ...keys), fc.oneof(fc.integer({ min: 0, max: 9 }), anything), {
    maxKeys: 4,
  });
const weights = (op: AnyOp) =>
  fc.dictionary(
    fc.constantFrom(...Object.keys(op.weights), ...keys),
    fc.oneof(fc.integer({ min: -2, max: 3 }), fc.array(fc.array(fc.integer(), { maxLength: 4 }), { maxLength: 4 }), anything),
    { maxKeys: 3 },
  );
const step = fc
  .constantFrom(...Object.values(ops))
  .chain((op) => fc.record({ op: fc.constant(op.name), params: nearly(op), weights: weights(op) }, { requiredKeys: ['op'] }));
const scene = fc.record({
  version: fc.constantFrom<unknown>(1, 1, 1, 1, 2, '1', null),
  input: fc.constantFrom<unknown>('unit', 'signed', 'unit', 'byte'),
  steps: fc.array(fc.oneof({ weight: 20, arbitrary: step }, { weight: 1, arbitrary: anything }), { maxLength: 3 }),
});
const dimension = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constantFrom(300, 451, 4000));
const shape = fc.oneof(
  { weight: 10, arbitrary: fc.tuple(fc.constantFrom(1, 2, 0), fc.integer({ min: 0, max: 6 }), dimension, dimension) },
  { weight: 1, arbitrary: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 5 }) },
);

/** The result, or undefined for a refusal in words. Anything else thrown is a fault. */
function refusal<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    const { message } = error instanceof Error ? error : { message: '' };
    expect(message).toMatch(/^\S.{9,}$/s);
    expect(message).not.toMatch(/undefined|\[object|NaN is not|Invalid (array|typed)|is not a function/);
    expect(message.length).toBeLessThan(2000);
    return undefined;
  }
}

describe(`nothing but a sentence comes of bad input, seed ${seed}`, () => {
  it.each(Object.values(ops).map((op) => [op.name, op] as const))('as parameters of %s', (name, op) => {
    fc.assert(
      fc.property(fc.oneof(nearly(op), anything), (raw) => {
        const params = refusal(() => parse(op.params, raw, name));
        if (params) expect(Object.keys(params)).toEqual(Object.keys(op.params));
      }),
      { seed, numRuns: Math.ceil(numRuns / 10) },
    );
  });
  it('as JSON of any kind for a scene', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), anything), (json) => {
        refusal(() => parseScene(json));
      }),
      { seed, numRuns },
    );
  });
  it('as scenes whose steps are nearly right, on pictures of any size', () => {
    let fitted = 0;
    fc.assert(
      fc.property(scene, shape, (json, x) => {
        const read = refusal(() => parseScene(json));
        if (!read) return;
        const shapes = refusal(() => trace(read, x));
        const profiles = refusal(() => profile(read, x));
        expect(profiles?.map((one) => one.shape)).toEqual(shapes);
        const small = x.every((d) => d < 20);
        read.steps.forEach((one, i) => {
          refusal(() => sizesOf(read, x, i));
          if (small) refusal(() => coverageOf(one, x));
        });
        if (!shapes && small && read.steps.length === 1) expect(() => fitting(read, x, 0)).not.toThrow();
        if (shapes) fitted += 1;
      }),
      { seed, numRuns },
    );
    expect(fitted).toBeGreaterThan(numRuns / 100);
  });
});
