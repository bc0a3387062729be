import { describe, expect, it } from 'vitest';
import type { Shape } from '../../../src/core/tensor';
import { reference } from '../../../src/engines/reference';
import { backwardParity, openGuarded, parity, randomTensor, stepOf } from './engine';
import { tolerances } from './tolerances/resampling';

const engine = await openGuarded();
const exactly = { atol: 0, rtol: 0 };

const how = (op: string, params: Readonly<Record<string, unknown>>, shape: Shape): string => {
  const verdict = engine.judge(stepOf(op, params), { shape });
  return verdict.runs ? verdict.how : verdict.why;
};

describe('padding', () => {
  const modes = ['constant', 'reflect', 'replicate', 'circular'];
  it.each(modes)('%s of every width from 1 to 40, wider, narrower, and with whole rows of border', async (mode) => {
    for (let w = 1; w <= 40; w++) {
      const most = mode === 'reflect' ? w - 1 : w;
      const sides = [
        [2, 3, Math.min(5, most), Math.min(1, most)],
        [-1, 4, most, most],
        [0, -3, -(w >> 1), 0],
        [0, 0, 0, Math.min(7, most)],
        [1, 0, -(w >> 2), Math.min(2, most)],
      ];
      for (const padding of sides) {
        const step = stepOf('pad', { mode, padding, value: 0.25 });
        expect(await parity(engine, step, randomTensor([2, 2, 6, w], w), exactly), `${w} by ${padding}`).toBe(0);
      }
    }
  });

  it('of a picture across several jobs, by more than it is wide', async () => {
    for (const [mode, value] of [
      ['constant', -7.3],
      ['replicate', 0],
    ]) {
      const step = stepOf('pad', { mode, padding: [70, 130, 400, 301], value });
      expect(await parity(engine, step, randomTensor([1, 3, 200, 300], 1), tolerances.pad!.forward)).toBeLessThanOrEqual(1);
    }
  });

  it('by nothing copies rows', async () => {
    expect(how('pad', {}, [1, 1, 8, 8])).toBe('rows copied');
    expect(how('pad', { padding: [1, 1, 1, 1] }, [1, 1, 8, 8])).toContain('borders filled');
    expect(await parity(engine, stepOf('pad'), randomTensor([1, 2, 8, 9], 2), exactly)).toBe(0);
  });
});

describe('slices', () => {
  it('of every stride from 1 to 9, every start, every width up to 40', async () => {
    for (let w = 1; w <= 40; w++) {
      for (let s = 1; s <= 9; s++) {
        const start = [s % 3, Math.min(s >> 1, w - 1)];
        const step = stepOf('stridedSlice', { stride: [s, s], start });
        expect(await parity(engine, step, randomTensor([1, 2, 7, w], w), exactly), `${w} by ${s}`).toBe(0);
      }
    }
  });
  it('say how pixels are picked', async () => {
    expect(how('stridedSlice', { stride: [2, 3] }, [1, 1, 20, 20])).toBe('every pixel number 3 picked by shuffles');
    expect(how('stridedSlice', { stride: [2, 7] }, [1, 1, 20, 20])).toBe('every pixel number 7 picked, four at a time');
    expect(how('stridedSlice', { stride: [2, 1] }, [1, 1, 20, 20])).toBe('rows copied');
    const large = stepOf('stridedSlice', { stride: [2, 5], start: [1, 3] });
    expect(await parity(engine, large, randomTensor([2, 3, 300, 701], 3), exactly)).toBe(0);
  });
});

describe('shuffles', () => {
  it('of every factor from 1 to 9 and every width up to 20, there and back', async () => {
    for (let r = 1; r <= 9; r++) {
      for (let w = 1; w <= 20; w++) {
        const x = randomTensor([2, 2 * r * r, 3, w], w);
        const [there, back] = [stepOf('pixelShuffle', { upscaleFactor: r }), stepOf('pixelUnshuffle', { downscaleFactor: r })];
        expect(await parity(engine, there, x, exactly), `${r}, ${w} wide`).toBe(0);
        expect(Array.from((await engine.run([there, back], x)).data)).toEqual(Array.from(x.data));
      }
    }
  });
  it('with repeated channels, and with a cropped border', async () => {
    for (const r of [1, 2, 3, 4, 5, 8]) {
      const repeated = stepOf('pixelShuffle', { upscaleFactor: r, repeat: true });
      expect(await parity(engine, repeated, randomTensor([1, 3, 5, 11], r), exactly)).toBe(0);
      const cropped = stepOf('pixelUnshuffle', { downscaleFactor: r, crop: true });
      expect(await parity(engine, cropped, randomTensor([2, 2, 3 * r + 2, 5 * r + r - 1], r), exactly)).toBe(0);
    }
  });
  it('of larger pictures and factors', async () => {
    for (const r of [2, 3, 16]) {
      const x = randomTensor([1, r * r, 128, 130], r);
      expect(await parity(engine, stepOf('pixelShuffle', { upscaleFactor: r }), x, exactly)).toBe(0);
      const wide = randomTensor([1, 2, 21 * r, 33 * r], r);
      expect(await parity(engine, stepOf('pixelUnshuffle', { downscaleFactor: r }), wide, exactly)).toBe(0);
    }
  });
});

describe('channels', () => {
  it('are picked from every picture of a batch', async () => {
    const x = randomTensor([3, 5, 9, 13], 4);
    for (const [first, count] of [
      [0, 5],
      [4, 1],
      [1, 3],
    ])
      expect(await parity(engine, stepOf('pickChannels', { first, count }), x, exactly)).toBe(0);
  });
});

describe('nothing', () => {
  it('copies a tensor of any shape, and leaves no work behind another step', async () => {
    const x = randomTensor([7, 3], 5);
    expect(await parity(engine, stepOf('identity'), x, exactly)).toBe(0);
    const y = await engine.run([stepOf('relu'), stepOf('identity')], x);
    expect(Array.from(y.data)).toEqual(Array.from(x.data, (v) => Math.max(v, 0)));
  });
});

describe('values that only move', () => {
  const x = randomTensor([1, 4, 6, 7], 6);
  x.data.set([Number.NaN, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e-42]);

  it.each([
    ['pad', { padding: [1, 2, 3, 4], mode: 'reflect' }],
    ['stridedSlice', { stride: [1, 2] }],
    ['pixelShuffle', { upscaleFactor: 2 }],
    ['pixelUnshuffle', { downscaleFactor: 2, crop: true }],
    ['pickChannels', { count: 2 }],
  ])('through %s keep NaN, −0, infinities and the smallest numbers', async (op, params) => {
    const y = await engine.run([stepOf(op, params)], x);
    const expected = await reference.run([stepOf(op, params)], x);
    expect(Array.from(y.data, (v) => (Object.is(v, -0) ? '-0' : v))).toEqual(
      Array.from(expected.data, (v) => (Object.is(v, -0) ? '-0' : v)),
    );
  });

  it('are seen once by a fused activation, whatever a job writes', async () => {
    const after = stepOf('leakyRelu', { negativeSlope: 0.5 });
    const wide = randomTensor([2, 4, 30, 34], 7);
    for (const step of [
      stepOf('pad', { padding: [1, 2, 3, 4] }),
      stepOf('stridedSlice'),
      stepOf('pixelShuffle'),
      stepOf('pixelUnshuffle'),
      stepOf('pixelUnshuffle', { downscaleFactor: 5, crop: true }),
      stepOf('pickChannels', { first: 1, count: 2 }),
    ]) {
      const [both, first] = [await engine.run([step, after], wide), await engine.run([step], wide)];
      expect(Array.from(both.data), step.op.name).toEqual(Array.from(first.data, (v) => (v > 0 ? v : v * 0.5)));
    }
  });
});

describe('gradients', () => {
  it.each<[op: string, params: Readonly<Record<string, unknown>>, shape: Shape]>([
    ['identity', {}, [2, 3, 5, 7]],
    ['pad', { padding: [3, 2, 5, 1], value: 2 }, [2, 2, 30, 41]],
    ['pad', { padding: [3, 2, 5, 1], mode: 'reflect' }, [2, 2, 30, 41]],
    ['pad', { padding: [40, 2, 5, 30], mode: 'replicate' }, [1, 2, 30, 41]],
    ['pad', { padding: [30, 30, 300, 299], mode: 'circular' }, [1, 1, 30, 300]],
    ['pad', { padding: [-20, 3, -30, 4], mode: 'circular' }, [1, 2, 40, 70]],
    ['pad', { padding: [-7, -8, -3, -30] }, [1, 2, 40, 70]],
    ['stridedSlice', { stride: [2, 3], start: [1, 4] }, [2, 2, 50, 61]],
    ['pixelShuffle', { upscaleFactor: 3 }, [2, 18, 11, 13]],
    ['pixelShuffle', { upscaleFactor: 2, repeat: true }, [2, 3, 11, 13]],
    ['pixelUnshuffle', { downscaleFactor: 5 }, [2, 3, 25, 35]],
    ['pickChannels', { first: 1, count: 2 }, [3, 5, 9, 11]],
  ])('of %s with %j go back to where values came from', async (op, params, shape) => {
    const step = stepOf(op, params);
    const dy = randomTensor(step.op.infer({ x: shape }, step.params), 9);
    const { backward } = tolerances[op]!;
    expect(await backwardParity(engine, step, randomTensor(shape, 8), dy, backward!)).toBeLessThanOrEqual(1);
  });
  it('of a cropped unshuffle are refused with the reason', () => {
    const verdict = engine.judgeBackward(stepOf('pixelUnshuffle', { downscaleFactor: 4, crop: true }), { shape: [1, 1, 9, 9] });
    expect(verdict).toEqual({ runs: false, why: 'pixels that were cropped have no place in its planes' });
  });
});
