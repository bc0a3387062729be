import { describe, expect, it } from 'vitest';
import { Breath } from '../../src/image/breath';
import { type Method, resampled } from '../../src/image/resample';

const breath = () => new Breath();
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
}
function noise(seed: number, height: number, width: number) {
  const next = random(seed);
  return { shape: [1, 3, height, width], data: Float32Array.from({ length: 3 * height * width }, next) };
}
const row = (values: readonly number[]) => ({ shape: [1, 1, 1, values.length], data: Float32Array.from(values) });
const along = async (values: readonly number[], to: number, method: Method) => [
  ...(await resampled(row(values), to, 1, method, breath())).data,
];

describe('area', () => {
  it.each([2, 3, 5])('by a whole factor of %i is the plain mean of each cell (seed 3)', async (k) => {
    const [h, w] = [4, 3];
    const x = noise(3, h * k, w * k);
    const y = await resampled(x, w, h, 'area', breath());
    for (let c = 0; c < 3; c++) {
      for (let i = 0; i < h; i++) {
        for (let j = 0; j < w; j++) {
          let sum = 0;
          for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) sum += x.data[(c * h * k + i * k + a) * w * k + j * k + b]!;
          expect(y.data[(c * h + i) * w + j]).toBeCloseTo(sum / (k * k), 6);
        }
      }
    }
  });

  it('counts fractions of pixels: 3 to 2 takes half of the middle one', async () =>
    expect(await along([0, 3, 9], 2, 'area')).toEqual([1, 7]));

  it('keeps the mean of the picture, whatever the size (seed 5)', async () => {
    const x = noise(5, 17, 23);
    const mean = (data: Float32Array) => data.reduce((a, b) => a + b, 0) / data.length;
    for (const [w, h] of [
      [7, 5],
      [22, 16],
      [1, 1],
      [40, 31],
    ] as const) {
      expect(mean((await resampled(x, w, h, 'area', breath())).data)).toBeCloseTo(mean(x.data), 5);
    }
  });
});

describe('bilinear', () => {
  // torch.nn.functional.interpolate(torch.tensor([[[[0., 1., 2., 3.]]]]), size=(1, n), mode='bilinear', align_corners=False)
  it.each([
    [8, [0, 0.25, 0.75, 1.25, 1.75, 2.25, 2.75, 3]],
    [2, [0.5, 2.5]],
    [3, [1 / 6, 1.5, 17 / 6]],
  ] as const)('brings a ramp of 4 to %i pixels as torch does', async (to, expected) => {
    const y = await along([0, 1, 2, 3], to, 'bilinear');
    for (const [i, value] of expected.entries()) expect(y[i]).toBeCloseTo(value, 6);
  });

  it('repeats the only pixel of a row', async () => expect(await along([0.5], 3, 'bilinear')).toEqual([0.5, 0.5, 0.5]));
});

it.each(['area', 'bilinear'] as const)('%s at the same size changes nothing (seed 9)', async (method) => {
  const x = noise(9, 6, 11);
  expect([...(await resampled(x, 11, 6, method, breath())).data]).toEqual([...x.data]);
});

it('a size that is not whole pixels is refused with what was received', async () =>
  expect(resampled(row([1, 2]), 0, 1, 'area', breath())).rejects.toThrow('at least 1 × 1, is expected, received 0 × 1'));
