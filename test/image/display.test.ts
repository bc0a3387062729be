import { describe, expect, it } from 'vitest';
import { Breath } from '../../src/image/breath';
import { colourMap } from '../../src/image/colourMap';
import { type Display, type Paint, paintFor } from '../../src/image/display';
import { type Drawing, draw, factorFor, INFINITE, NOT_A_NUMBER } from '../../src/image/draw';
import { exceeds, statsOf, typicalLimit } from '../../src/image/stats';

const map = colourMap(['#0000ff', '#ffffff', '#ff0000']);
const breath = new Breath();

async function drawn(
  shape: readonly number[],
  values: readonly number[],
  display: Display,
  range: 'unit' | 'signed' = 'unit',
  factor = 1,
): Promise<{ paint: Paint; drawing: Drawing; pixels: number[][] }> {
  const tensor = { shape, data: Float32Array.from(values) };
  const paint = paintFor(tensor, await statsOf(tensor, breath), display, range);
  const drawing = await draw(tensor, paint, map, factor, breath);
  const pixels = Array.from({ length: drawing.width * drawing.height }, (_, i) => [...drawing.rgba.subarray(4 * i, 4 * i + 4)]);
  return { paint, drawing, pixels };
}
const grey = (v: number): number[] => [v, v, v, 255];

describe('clamp', () => {
  it('every level of a picture comes back as the same byte, RGB by channel', async () => {
    const levels = Array.from({ length: 256 }, (_, v) => v);
    const values = [levels, [...levels].reverse(), levels.map((v) => (v * 3) % 256)].flat().map((v) => v / 255);
    const { pixels, paint } = await drawn([1, 3, 16, 16], values, { mapping: 'clamp', channel: 'all' });
    expect(paint).toMatchObject({ low: 0, high: 1, channels: [0, 1, 2] });
    expect(pixels).toEqual(levels.map((v) => [v, 255 - v, (v * 3) % 256, 255]));
  });
  it('values outside are cut', async () => {
    expect((await drawn([1, 1, 1, 3], [-2, 0.5, 7], { mapping: 'clamp', channel: 'all' })).pixels).toEqual([
      grey(0),
      grey(128),
      grey(255),
    ]);
  });
  it('in a signed scene the ends are those of its input, so zero is the middle grey', async () => {
    const { pixels, paint } = await drawn([1, 1, 1, 3], [-1, 0, 1], { mapping: 'clamp', channel: 'all' }, 'signed');
    expect([paint.low, paint.high]).toEqual([-1, 1]);
    expect(pixels).toEqual([grey(0), grey(128), grey(255)]);
  });
});

describe('minmax', () => {
  it('the ends are the smallest and the largest value of the channel shown', async () => {
    const { pixels, paint } = await drawn([1, 2, 1, 2], [100, 200, -4, 6], { mapping: 'minmax', channel: 1 });
    expect(paint).toMatchObject({ low: -4, high: 6, channels: [1] });
    expect(pixels).toEqual([grey(0), grey(255)]);
  });
  it('one range for all three channels', async () => {
    const { pixels } = await drawn([1, 3, 1, 1], [0, 5, 10], { mapping: 'minmax', channel: 'all' });
    expect(pixels).toEqual([[0, 128, 255, 255]]);
  });
  it('a constant is a middle grey', async () => {
    expect((await drawn([1, 1, 1, 2], [3, 3], { mapping: 'minmax', channel: 'all' })).pixels).toEqual([grey(128), grey(128)]);
  });
});

describe('symmetric', () => {
  it('zero is exactly the middle colour, the largest magnitude an end', async () => {
    const { pixels, paint } = await drawn([1, 1, 1, 5], [-4, -2, 0, 1, 4], { mapping: 'symmetric', channel: 'all' });
    expect([paint.low, paint.high]).toEqual([-4, 4]);
    expect(pixels.map((p) => p.slice(0, 3))).toEqual([
      [0, 0, 255],
      [128, 128, 255],
      [255, 255, 255],
      [255, 191, 191],
      [255, 0, 0],
    ]);
  });
  it('three channels are shown as their mean', async () => {
    const { pixels } = await drawn([1, 3, 1, 2], [1, -1, 1, -1, -2, 2], { mapping: 'symmetric', channel: 'all' });
    expect(pixels.map((p) => p.slice(0, 3))).toEqual([
      [255, 255, 255],
      [255, 255, 255],
    ]);
  });
  it('two outliers in a thousand do not push the rest to zero', async () => {
    const values = Array.from({ length: 1000 }, (_, i) => (i < 2 ? 1e6 : (i % 5) - 2));
    const { paint } = await drawn([1, 1, 10, 100], values, { mapping: 'symmetric', channel: 'all' });
    expect([paint.low, paint.high]).toEqual([-2, 2]);
  });
  it('a largest value 1.4 times the usual ones still is the end, one of 1.6 times is cut', async () => {
    const end = async (largest: number) => {
      const values = Array.from({ length: 1000 }, (_, i) => (i === 0 ? -largest : i % 2));
      return (await drawn([1, 1, 10, 100], values, { mapping: 'symmetric', channel: 'all' })).paint.high;
    };
    expect(await end(1.4)).toBeCloseTo(1.4);
    expect(await end(1.6)).toBe(1);
  });
});

describe('abs', () => {
  it('both signs of a magnitude are one grey', async () => {
    const { pixels, paint } = await drawn([1, 1, 1, 3], [-2, 0, 1], { mapping: 'abs', channel: 'all' });
    expect([paint.low, paint.high]).toEqual([0, 2]);
    expect(pixels).toEqual([grey(255), grey(0), grey(128)]);
  });
});

describe('the end of a scale of magnitudes', () => {
  it('is the largest, or the 99.5th percentile where that is less than two thirds of it, for 300 seeded pictures', () => {
    let state = 11;
    const random = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
    for (let seed = 0; seed < 300; seed++) {
      const [count, share] = [1 + Math.floor(random() * 900), random() * 0.012];
      const values = Array.from(
        { length: count },
        () => (random() < share ? 2 + random() : random() * 1.6) * (random() < 0.5 ? -1 : 1),
      );
      if (seed % 3 === 0) values[Math.floor(random() * count)] = Number.NaN;
      const sizes = values.filter((v) => !Number.isNaN(v)).map((v) => Math.abs(Math.fround(v)));
      sizes.sort((a, b) => a - b);
      const [largest, typical] = [sizes.at(-1) ?? 0, sizes[Math.min(sizes.length - 1, Math.floor(0.995 * sizes.length))] ?? 0];
      const tensor = { shape: [1, 1, 1, count], data: Float32Array.from(values) };
      const channel = { min: -largest, max: largest, magnitude: 0, negative: 0 };
      const found = typicalLimit(tensor, { channels: [channel], min: -largest, max: largest }, [0]);
      expect(found, `seed ${seed}`).toBe(typical > 0 && largest > 1.5 * typical ? typical : largest);
      for (const limit of [0, typical, largest, 0.9 * typical, 1.5, 2.5])
        expect(exceeds(tensor, [0], 0.995, limit), `seed ${seed}, ${limit}`).toBe(typical > limit);
    }
  });
});

describe('auto', () => {
  const mapping = async (values: readonly number[]): Promise<string> =>
    (await drawn([1, 1, 1, values.length], values, { mapping: 'auto', channel: 'all' })).paint.mapping;
  it('a twentieth beyond 1.5 times the end of the range stretches a deep layer from 0 to its typical end', async () => {
    const values = Array.from({ length: 1000 }, (_, i) => (i < 940 ? 0 : 1.6 + (i - 940) / 10));
    const { paint } = await drawn([1, 1, 1, 1000], [...values.slice(0, -1), 1e6], { mapping: 'auto', channel: 'all' });
    expect(paint).toMatchObject({ mapping: 'minmax', low: 0 });
    expect(paint.high).toBeCloseTo(values[995]!, 5);
  });
  it('a sharpening that reaches far beyond the range along edges only stays a picture', async () => {
    const values = Array.from({ length: 1000 }, (_, i) => (i < 960 ? 0.5 : 5));
    expect(await mapping(values)).toBe('clamp');
    expect(await mapping(values.map((v, i) => (i < 800 ? v : 1.4)))).toBe('clamp');
  });
  it('a few negative values of a stretched layer are black like zero', async () => {
    const { paint } = await drawn([1, 1, 1, 3], [-0.2, 4, 8], { mapping: 'auto', channel: 'all' });
    expect(paint).toMatchObject({ mapping: 'minmax', low: 0, high: 8 });
  });
  it('as much negative as positive is symmetric', async () => expect(await mapping([-1, 1])).toBe('symmetric'));
  it('no negative value is clamp', async () => expect(await mapping([0, 1])).toBe('clamp'));
  it('undershoot of a twentieth stays a picture', async () => expect(await mapping([-0.05, 0.5, 0.5])).toBe('clamp'));
});

describe('channels', () => {
  it('two channels, or four, show the first', async () => {
    expect((await drawn([1, 2, 1, 1], [1, 0], { mapping: 'clamp', channel: 'all' })).pixels).toEqual([grey(255)]);
    expect((await drawn([1, 4, 1, 1], [0, 1, 1, 1], { mapping: 'clamp', channel: 'all' })).pixels).toEqual([grey(0)]);
  });
  it('a channel that does not exist any more is the first', async () => {
    expect((await drawn([1, 2, 1, 1], [1, 0], { mapping: 'clamp', channel: 7 })).paint.channels).toEqual([0]);
  });
});

describe('not a number, infinite', () => {
  it('have colours that no scale holds, and are left out of the range', async () => {
    const { pixels, paint } = await drawn([1, 1, 1, 4], [Number.NaN, Number.POSITIVE_INFINITY, 2, Number.NEGATIVE_INFINITY], {
      mapping: 'minmax',
      channel: 'all',
    });
    expect([paint.low, paint.high]).toEqual([2, 2]);
    expect(pixels.map((p) => p.slice(0, 3))).toEqual([[...NOT_A_NUMBER], [...INFINITE], [128, 128, 128], [...INFINITE]]);
  });
  it('one of nine values marks the whole drawn pixel', async () => {
    const values = [1, 1, 1, 1, Number.NaN, 1, 1, 1, 1];
    expect((await drawn([1, 1, 3, 3], values, { mapping: 'clamp', channel: 'all' }, 'unit', 3)).pixels).toEqual([
      [...NOT_A_NUMBER, 255],
    ]);
  });
  it('nothing but NaN has a range of 0 to 0', async () => {
    const { paint } = await drawn([1, 1, 1, 1], [Number.NaN], { mapping: 'symmetric', channel: 'all' });
    expect([paint.low, paint.high]).toEqual([0, 0]);
  });
});

describe('reduced drawing', () => {
  it('is the mean of what the full drawing shows, last cells over what they hold', async () => {
    const values = [5, 0, 1, 1, 0, 0, 0.5, 0.5, 0];
    const { pixels, drawing } = await drawn([1, 1, 3, 3], values, { mapping: 'clamp', channel: 'all' }, 'unit', 2);
    expect([drawing.width, drawing.height]).toEqual([2, 2]);
    expect(pixels).toEqual([grey(Math.round((2 / 4) * 255)), grey(128), grey(128), grey(0)]);
  });
  it('12 megapixels are drawn at a half, 4 as they are', () => {
    expect(factorFor(4000, 3000, 4e6)).toBe(2);
    expect(factorFor(2000, 2000, 4e6)).toBe(1);
    expect(factorFor(4000, 3000, 0.5e6)).toBe(5);
    expect(factorFor(1, 9_000_000, 4e6)).toBe(3);
  });
});

describe('colour stops', () => {
  it('nine stops have the fifth in the exact middle', () => {
    const stops = ['#000001', '#000002', '#000003', '#000004', '#123456', '#000006', '#000007', '#000008', '#000009'];
    const { rgb, steps } = colourMap(stops);
    const middle = 3 * ((steps - 1) / 2);
    expect([...rgb.subarray(middle, middle + 3)]).toEqual([0x12, 0x34, 0x56]);
    expect([...rgb.subarray(0, 3), ...rgb.subarray(-3)]).toEqual([0, 0, 1, 0, 0, 9]);
  });
  it('anything but #rrggbb is refused with what was received', () => {
    expect(() => colourMap(['red', '#000000'])).toThrow('A colour is written #rrggbb, received "red".');
    expect(() => colourMap(['#000000'])).toThrow('A colour map needs at least 2 colours, received 1.');
  });
});
