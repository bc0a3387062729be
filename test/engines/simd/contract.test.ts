import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../../../src/core/parse';
import { weightsOf } from '../../../src/core/sequential';
import { type Shape, sizeOf, type Tensor } from '../../../src/core/tensor';
import type { Prepared } from '../../../src/engines/engine';
import { planners } from '../../../src/engines/simd/plans';
import { paramsOf } from '../../contract/arbitrary';
import { backwardParity, openGuarded, parity, randomTensor } from './engine';
import { tolerances } from './tolerances';

const engine = await openGuarded();
const cases = 120;

/** Every tail length of rows up to four vectors, then some longer rows. */
const shapes: fc.Arbitrary<Shape> = fc.tuple(
  fc.integer({ min: 0, max: 2 }),
  fc.integer({ min: 1, max: 6 }),
  fc.integer({ min: 1, max: 12 }),
  fc.oneof(fc.integer({ min: 1, max: 17 }), fc.integer({ min: 18, max: 90 })),
);

it('every op that states a tolerance has a fast routine', () => {
  expect(planners.map(({ op }) => op.name).sort()).toEqual(Object.keys(tolerances).sort());
});

for (const { op, backward } of planners) {
  describe(op.name, () => {
    it('states a tolerance with its reason', () => {
      expect(tolerances[op.name]?.forward.why).toBeTruthy();
      if (backward) expect(tolerances[op.name]?.backward?.why).toBeTruthy();
    });

    it('agrees with its own examples', async () => {
      for (const { title, inputs, params } of op.examples) {
        const { x, ...weights } = inputs;
        const step: Prepared = { op, params: parse(op.params, params, op.name), weights };
        if (!engine.judge(step, x!).runs) continue;
        expect(await parity(engine, step, single(x!), tolerances[op.name]!.forward), title).toBeLessThanOrEqual(1);
      }
    });

    it(`agrees with the reference in ${cases} random cases, seed 1`, async () => {
      let ran = 0;
      await fc.assert(
        fc.asyncProperty(paramsOf(op), shapes, fc.nat(1e6), fc.constantFrom(1, 2, 3, 5), async (raw, shape, seed, side) => {
          const step = attempt(() => fill({ op, raw, shape, seed, side }));
          if (!step) return;
          const x = randomTensor(shape, seed);
          if (!engine.judge(step, x).runs) return;
          ran += 1;
          expect(await parity(engine, step, x, tolerances[op.name]!.forward)).toBeLessThanOrEqual(1);
        }),
        { seed: 1, numRuns: cases },
      );
      expect(ran).toBeGreaterThan(0);
    });

    if (!backward) return;
    it(`has the gradients of the reference in ${cases / 2} random cases, seed 2`, async () => {
      let ran = 0;
      await fc.assert(
        fc.asyncProperty(paramsOf(op), shapes, fc.nat(1e6), fc.constantFrom(1, 2, 3, 5), async (raw, shape, seed, side) => {
          const step = attempt(() => fill({ op, raw, shape, seed, side }));
          if (!step) return;
          const x = randomTensor(shape, seed);
          if (!engine.judgeBackward(step, x).runs) return;
          ran += 1;
          const dy = randomTensor(outputOf(step, x), seed + 1);
          expect(await backwardParity(engine, step, x, dy, tolerances[op.name]!.backward!)).toBeLessThanOrEqual(1);
        }),
        { seed: 2, numRuns: cases / 2 },
      );
      expect(ran).toBeGreaterThan(0);
    });
  });
}

interface Case {
  readonly op: Prepared['op'];
  readonly raw: Readonly<Record<string, unknown>>;
  readonly shape: Shape;
  readonly seed: number;
  readonly side: number;
}

/** A step with random weights of the shapes that the op asks for. @throws RangeError where they do not fit. */
function fill({ op, raw, shape, seed, side }: Case): Prepared {
  const params = parse(op.params, raw, op.name);
  const matrix = Array.from({ length: side }, () => Array.from({ length: 1 + ((seed + side) % 5) }, () => 0));
  const kernels = Object.entries(op.weights).filter(([, field]) => field.kind === 'kernel');
  const given = weightsOf(op, { weights: Object.fromEntries(kernels.map(([name]) => [name, matrix])) }, params, shape);
  const weights: Record<string, Tensor> = {};
  for (const [i, [name, weight]] of Object.entries(given).entries()) {
    const field = op.weights[name];
    const stored = field?.kind === 'stored' || (field?.kind === 'perChannel' && field.min >= 0);
    weights[name] = stored ? weight : randomTensor(weight.shape, seed + i + 7);
  }
  const step = { op, params, weights };
  if (sizeOf(outputOf(step, { shape })) > 100000) throw new RangeError('too large for a test');
  return step;
}

function outputOf({ op, params, weights }: Prepared, x: { readonly shape: Shape }): Shape {
  const all = Object.entries(weights).map(([name, { shape }]): [string, Shape] => [name, shape]);
  return op.infer({ x: x.shape, ...Object.fromEntries(all) }, params);
}

const single = ({ shape, data }: Tensor): Tensor => ({ shape, data: Float32Array.from(data) });

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
