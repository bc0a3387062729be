import { describe, expect, it } from 'vitest';
import type { Tensor } from '../../src/core/tensor';
import { Breath } from '../../src/image/breath';
import { differenceOf, psnrOf, type Side, similarityOf } from '../../src/worker/difference';

/** Numbers 0..1 from a seed (Park and Miller). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

const picture = (channels: number, height: number, width: number, value: (c: number, y: number, x: number) => number) => {
  const data = new Float32Array(channels * height * width);
  for (let c = 0; c < channels; c++)
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data[(c * height + y) * width + x] = value(c, y, x);
  return { shape: [1, channels, height, width], data };
};
const side = (x: Tensor<Float32Array>, channels = [...Array(x.shape[1] ?? 1).keys()]): Side => ({
  x,
  channels,
  scale: 1,
  offset: 0,
});
const breath = () => new Breath();

/** From the definition, window by window: weighted means, then weighted variances about them. */
function plainSimilarity(a: Side, b: Side, peak: number): number {
  const [, , height = 1, width = 1] = a.x.shape;
  const weights = Array.from({ length: 121 }, (_, i) => Math.exp(-((Math.floor(i / 11) - 5) ** 2 + ((i % 11) - 5) ** 2) / 4.5));
  const total = weights.reduce((sum, w) => sum + w, 0);
  const [c1, c2] = [(0.01 * peak) ** 2, (0.03 * peak) ** 2];
  const means: number[] = [];
  for (const [n, channel] of a.channels.entries()) {
    const read = ({ x, scale, offset }: Side, c: number, row: number, column: number) =>
      x.data[(c * height + row) * width + column]! * scale + offset;
    for (let top = 0; top + 11 <= height; top++) {
      for (let left = 0; left + 11 <= width; left++) {
        const over = (f: (p: number, q: number) => number) =>
          weights.reduce((sum, w, i) => {
            const [row, column] = [top + Math.floor(i / 11), left + (i % 11)];
            return sum + (w / total) * f(read(a, channel, row, column), read(b, b.channels[n]!, row, column));
          }, 0);
        const [ma, mb] = [over((p) => p), over((_, q) => q)];
        const [va, vb] = [over((p) => (p - ma) ** 2), over((_, q) => (q - mb) ** 2)];
        const cov = over((p, q) => (p - ma) * (q - mb));
        means.push(((2 * ma * mb + c1) * (2 * cov + c2)) / ((ma ** 2 + mb ** 2 + c1) * (va + vb + c2)));
      }
    }
  }
  return means.reduce((sum, v) => sum + v, 0) / means.length;
}

describe('the difference of two pictures', () => {
  const a = picture(2, 2, 3, (c, y, x) => c + y / 2 + x / 4);
  const b = picture(2, 2, 3, (c, y, x) => (c === 0 ? 0.25 : c + y / 2 + x / 4 + 1));

  it('is the mean over the channels of |a − b|, with the mean and largest distance', async () => {
    const { map, distance } = await differenceOf(side(a), side(b), false, breath());
    expect(map.shape).toEqual([1, 1, 2, 3]);
    // Channel 0 of a is 0, .25, .5, .5, .75, 1 and stands against .25; channel 1 differs by 1 everywhere.
    expect([...map.data]).toEqual([0.625, 0.5, 0.625, 0.625, 0.75, 0.875]);
    expect(distance.mean).toBeCloseTo((0.25 + 0 + 0.25 + 0.25 + 0.5 + 0.75 + 6) / 12, 12);
    expect(distance.largest).toBe(1);
  });
  it('keeps its sign where that is asked for', async () => {
    const { map } = await differenceOf(side(a, [0]), side(b, [0]), true, breath());
    expect([...map.data]).toEqual([-0.25, 0, 0.25, 0.25, 0.5, 0.75]);
  });
  it('compares channels of different number', async () => {
    const { distance } = await differenceOf(side(a, [1]), side(a, [0]), false, breath());
    expect(distance).toEqual({ mean: 1, squared: 1, largest: 1 });
  });
  it('reads a picture that enters a signed scene as 2v − 1', async () => {
    const signed: Side = { ...side(a, [0]), scale: 2, offset: -1 };
    const { map } = await differenceOf(signed, side(a, [0]), true, breath());
    expect([...map.data]).toEqual([-1, -0.75, -0.5, -0.5, -0.25, 0]);
  });
  it('leaves pixels that are no numbers out of the figures and in the picture', async () => {
    const odd = picture(1, 1, 3, (_, __, x) => [Number.NaN, 0.5, Number.POSITIVE_INFINITY][x]!);
    const { map, distance } = await differenceOf(side(odd), side(picture(1, 1, 3, () => 0)), false, breath());
    expect([...map.data]).toEqual([Number.NaN, 0.5, Number.POSITIVE_INFINITY]);
    expect(distance).toEqual({ mean: 0.5, squared: 0.25, largest: 0.5 });
  });
  it('of two sizes, or of different counts of channels, is refused with both', async () => {
    const small = picture(2, 2, 2, () => 0);
    await expect(differenceOf(side(a), side(small), false, breath())).rejects.toThrow('received 3 × 2 and 2 × 2.');
    await expect(differenceOf(side(a), side(b, [0]), false, breath())).rejects.toThrow('received 2 and 1.');
  });
});

describe('the peak signal-to-noise ratio', () => {
  const distance = (squared: number) => ({ mean: 0, largest: 0, squared });
  it('of an error of one level of 255 is 48.13 dB', () => {
    expect(psnrOf(distance(1 / 255 ** 2), 1)).toBeCloseTo(48.1308, 4);
  });
  it('gains 20 dB where the error is a tenth', () => {
    expect(psnrOf(distance(0.0001), 2) - psnrOf(distance(0.01), 2)).toBeCloseTo(20, 10);
  });
  it('of a picture with itself is infinite', () => {
    expect(psnrOf(distance(0), 1)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('structural similarity', () => {
  it('of a picture with itself is 1', async () => {
    const next = random(3);
    const a = picture(3, 20, 17, () => next());
    expect(await similarityOf(side(a), side(a), 1, breath())).toBeCloseTo(1, 12);
  });
  for (const [seed, channels, height, width, peak] of [
    [11, 1, 11, 11, 1],
    [12, 1, 23, 14, 1],
    [13, 3, 16, 19, 1],
    [14, 2, 13, 30, 6.5],
  ] as const) {
    it(`agrees with its definition, window by window (${channels} × ${height} × ${width}, peak ${peak}, seed ${seed})`, async () => {
      const next = random(seed);
      const a = picture(channels, height, width, (_, y, x) => peak * (0.5 + 0.4 * Math.sin(x / 3) * Math.cos(y / 4)));
      const noisy = { ...a, data: a.data.map((v) => v + peak * 0.3 * (next() - 0.5)) };
      const found = await similarityOf(side(a), side(noisy), peak, breath());
      expect(found).toBeCloseTo(plainSimilarity(side(a), side(noisy), peak), 10);
      expect(found).toBeLessThan(0.99);
    });
  }
  it('of a picture whose contrast is turned round is negative', async () => {
    const next = random(5);
    const a = picture(1, 16, 16, () => next());
    const turned = { ...a, data: a.data.map((v) => 1 - v) };
    expect(await similarityOf(side(a), side(turned), 1, breath())).toBeLessThan(0);
  });
  it('is none where a window does not fit', async () => {
    const small = picture(1, 10, 40, () => 0.5);
    expect(await similarityOf(side(small), side(small), 1, breath())).toBeNull();
  });
  it('stops when something newer is asked for', async () => {
    const a = picture(1, 400, 400, (_, y, x) => (x * y) % 7);
    const stopping = new AbortController();
    const found = similarityOf(side(a), side(a), 6, new Breath(stopping.signal, 0));
    stopping.abort();
    await expect(found).rejects.toThrow();
  });
});
