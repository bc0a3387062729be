import { describe, expect, it } from 'vitest';
import type { Tensor } from '../../../src/core/tensor';
import type { Held } from '../../../src/engines/simd/machine';
import { backwardParity, openGuarded, parity, randomTensor, stepOf } from './engine';
import { tolerances } from './tolerances';

const engine = await openGuarded();
const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
const ops = ['softmax', 'logSoftmax'] as const;

async function agrees(op: (typeof ops)[number], x: Tensor, dim: number): Promise<void> {
  const step = stepOf(op, { dim });
  const { forward, backward } = tolerances[op]!;
  const title = `${op} of [${x.shape.join()}] along ${dim}`;
  expect(await parity(engine, step, x, forward), title).toBeLessThanOrEqual(1);
  expect(await backwardParity(engine, step, x, randomTensor(x.shape, 5), backward!), `gradient: ${title}`).toBeLessThanOrEqual(1);
}

describe.each(ops)('%s', (op) => {
  it('agrees with the reference along every axis, for every tail length', async () => {
    for (let w = 1; w <= 18; w++) for (const dim of [0, 1, 2, 3, -1, -4]) await agrees(op, randomTensor([2, 3, 5, w], w, 8), dim);
  });
  it('agrees where strips end within a plane, and with many channels', async () => {
    await agrees(op, randomTensor([1, 12, 90, 67], 1, 6), 1);
    await agrees(op, randomTensor([1, 2, 50, 61], 1, 6), 1);
    await agrees(op, randomTensor([2, 150, 7, 9], 2, 6), 1);
    await agrees(op, randomTensor([1, 2100, 3, 7], 3, 6), 1);
    await agrees(op, randomTensor([1, 1, 40, 4101], 4, 6), 2);
  });
  it('agrees across rows that lie one behind the other', async () => {
    for (const w of [64, 65, 66, 67, 131]) await agrees(op, randomTensor([1, 2, 70, w], w, 6), 2);
    await agrees(op, randomTensor([2, 40, 9, 9], 5, 6), 1);
    await agrees(op, randomTensor([2, 3, 9, 9], 5, 6), 0);
    await agrees(op, randomTensor([33, 90], 6, 400), 0);
    const spoilt = randomTensor([1, 2, 35, 70], 7, 6);
    for (const [k, value] of [nan, infinity, -infinity].entries()) spoilt.data[70 * k + 11 * k] = value;
    await agrees(op, spoilt, 2);
  });
  it('agrees along rows of more than a block, and where the axis holds one value', async () => {
    await agrees(op, randomTensor([1, 1, 3, 2051], 1, 6), 3);
    await agrees(op, randomTensor([3, 70001], 2, 6), 1);
    await agrees(op, randomTensor([1, 1, 4, 5], 2, 6), 1);
    await agrees(op, randomTensor([7], 2, 6), 0);
  });
  it('agrees where a long row holds one value many times, whose powers are all rounded the same way', async () => {
    for (const low of [-0.3, -0.1, -0.7]) {
      const x = { shape: [1, 1, 2, 4096], data: new Float32Array(8192).fill(low) };
      x.data.set([0], 5);
      x.data.set([0], 5000);
      await agrees(op, x, 3);
    }
  });
  it('agrees where values are far apart', async () => {
    await agrees(op, randomTensor([1, 5, 9, 9], 1, 400), 1);
    await agrees(op, randomTensor([1, 5, 9, 9], 1, 400), 3);
  });
  it('has NaN where a lane holds NaN or infinity, or −∞ alone', async () => {
    const lanes = [
      [0, nan, 1],
      [nan, 0, 1],
      [0, infinity, 1],
      [-infinity, -infinity, -infinity],
      [-infinity, 0, 1],
      [0, 1, 2],
      [0, 1, nan],
    ];
    const rows = { shape: [1, 1, 7, 3], data: Float32Array.from(lanes.flat()) };
    const columns = { shape: [1, 3, 1, 7], data: Float32Array.from([0, 1, 2].flatMap((k) => lanes.map((lane) => lane[k]!))) };
    await agrees(op, rows, 3);
    await agrees(op, columns, 1);
  });
});

it('shares of values near 0 are exact to 5e-7', async () => {
  const x = randomTensor([1, 40, 20, 20], 3, 2);
  expect(await parity(engine, stepOf('softmax'), x, { atol: 0, rtol: 5e-7 })).toBeLessThanOrEqual(1);
});

it('says how: strips across planes, rows along and across the last axis', () => {
  const how = (dim: number) => engine.judge(stepOf('softmax', { dim }), { shape: [1, 12, 64, 64] });
  expect(how(1)).toEqual({
    runs: true,
    how: 'strips of 16 lanes side by side, so that the 12 values of each stay in the cache',
  });
  expect(how(2)).toEqual({ runs: true, how: 'row after row, because the rows of the axis lie one behind the other' });
  expect(how(3)).toEqual({ runs: true, how: 'row by row, because the axis is the last one' });
});

it('finds the statistics of a result across rows while it makes them', async () => {
  const x = randomTensor([1, 2, 70, 67], 3, 4);
  const y = await engine.run([stepOf('softmax', { dim: 2 })], x, { keep: true, measure: true });
  const { sums } = y as Held;
  for (const [plane, found] of sums!.entries()) {
    const own = y.data.subarray(plane * 70 * 67, (plane + 1) * 70 * 67);
    expect(found).toMatchObject({ min: Math.min(...own), max: Math.max(...own), negative: 0 });
    expect(found.magnitude).toBeCloseTo(67, 4);
  }
  engine.release(y);
});

it('is followed by an activation with the same result as one after the other', async () => {
  const x = randomTensor([2, 5, 11, 13], 3, 4);
  const [both, first] = [await engine.run([stepOf('softmax'), stepOf('sigmoid')], x), await engine.run([stepOf('softmax')], x)];
  expect(both.data).toEqual((await engine.run([stepOf('sigmoid')], first)).data);
});
