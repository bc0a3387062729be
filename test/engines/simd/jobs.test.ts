import { describe, expect, it } from 'vitest';
import type { Prepared } from '../../../src/engines/engine';
import type { Job, Place } from '../../../src/engines/simd/plan';
import { planBackward, planForward } from '../../../src/engines/simd/planning';
import { randomTensor, stepOf } from './engine';

// A newer request is heard between two jobs, so none may take long, whatever the parameters.

/** The jobs of a large picture, and the tables that they read: nothing is computed. */
function jobsOf(
  step: Prepared,
  plan = planBackward,
): { readonly jobs: readonly Job[]; readonly tables: ReadonlyMap<number, ArrayLike<number>> } {
  const work = plan(step, { shape: [1, 3, 3000, 4000] }, false);
  if (typeof work === 'string') throw new Error(work);
  const tables = new Map<number, ArrayLike<number>>();
  let next = 1024;
  const take = (bytes: number): number => {
    next += bytes;
    return next - bytes;
  };
  const none = (): never => {
    throw new Error('Expected a plan that reads no memory.');
  };
  const place: Place = {
    at: () => take(4),
    put(values) {
      const at = take(values.byteLength);
      tables.set(at, values);
      return at;
    },
    ...{ take, floats: none, doubles: none, ints: none },
  };
  return { jobs: work.plan.build(place).flatMap((stage) => (typeof stage === 'function' ? [] : stage)), tables };
}

/** What the calls of a routine ask for in every job that has some. */
const asked = (jobs: readonly Job[], routine: string, price: (args: readonly number[]) => number): number[] =>
  jobs
    .map(({ calls }) => calls.filter(([name]) => name === routine))
    .filter((calls) => calls.length > 0)
    .map((calls) => calls.reduce((sum, [, ...args]) => sum + price(args), 0));
const sumOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

describe('jobs of a gradient of 12 megapixels', () => {
  it('sum ten million products of weights at most, and half a million values of biases', () => {
    const weights = { weight: randomTensor([17, 3], 1), bias: randomTensor([17], 2) };
    const { jobs } = jobsOf(stepOf('mix1x1', {}, weights));
    const products = asked(
      jobs,
      'correlateTile',
      ([, , , outputs, , rows, columns, , taps]) => outputs! * rows! * columns! * taps!,
    );
    expect(sumOf(products)).toBe(17 * 3 * 12e6);
    expect(Math.max(...products)).toBeLessThanOrEqual(1e7);
    const values = asked(jobs, 'sumRows', ([, , rows, length]) => rows! * length!);
    expect(sumOf(values)).toBe(17 * 12e6);
    expect(Math.max(...values)).toBeLessThanOrEqual(1 << 19);
  });

  it('look for few medians of large windows', () => {
    const { jobs } = jobsOf(stepOf('medianPool2d', { kernelSize: 40, stride: 2 }));
    const rows = asked(jobs, 'medianPlaces', ([, , from, to]) => to! - from!);
    expect(sumOf(rows)).toBe(3 * 1481);
    expect(Math.max(...rows) * 1981 * 1600).toBeLessThanOrEqual(1e7);
  });

  it.each([
    [1024, 1024],
    [1024, 3],
    [3, 1024],
    [64, 64],
  ])('look for few winners of windows of %i × %i', (kh, kw) => {
    const { jobs, tables } = jobsOf(stepOf('maxPool2d', { kernelSize: [kh, kw], stride: 1 }));
    const outputs = (table: number): number => tables.get(table)![1]!;
    const compared = asked(jobs, 'winnersLargest', ([, , , from, to, , , , table]) => {
      const rows = to! - from!;
      return outputs(table!) * (rows * kh + (rows + kh) * kw);
    });
    expect(Math.max(...compared)).toBeLessThanOrEqual(3e7);
    const found = asked(jobs, 'winnersLargest', ([, , , from, to, , , , table]) => (to! - from!) * outputs(table!));
    expect(sumOf(found)).toBe(3 * (3001 - kh) * (4001 - kw));
  });
});

it('jobs of medians of few windows count the rows that they stage', () => {
  const { jobs } = jobsOf(stepOf('medianPool2d', { kernelSize: 3, stride: [3, 1024] }), planForward);
  const rows = asked(jobs, 'medianNetwork', ([, , from, to]) => 3 * (to! - from!));
  expect(sumOf(rows)).toBe(9000);
  expect(Math.max(...rows) * 4000).toBeLessThanOrEqual(4e6);
});

it('tables of a sum over channels are as long as a row', () => {
  const { tables } = jobsOf(stepOf('mix1x1', {}, { weight: randomTensor([3, 3], 1), bias: randomTensor([3], 2) }));
  expect(Math.max(...[...tables.values()].map(({ length }) => length))).toBeLessThanOrEqual(4096);
});
