import { describe, expect, it } from 'vitest';
import { behind } from '../../src/core/behind';
import { influence, shareInHalf } from '../../src/core/influence';
import { uniforms } from '../../src/core/random';
import type { Scene, Step } from '../../src/core/scene';
import { finished, runScene } from '../../src/core/sequential';
import { type Tensor, tensor } from '../../src/core/tensor';

const sceneOf = (...steps: readonly Step[]): Scene => ({ version: 1, input: 'unit', steps });
const drawn = (seed: number) => {
  const next = uniforms(seed);
  let at = 0;
  return { real: () => next(at++), whole: (from: number, to: number) => from + Math.floor(next(at++) * (to - from + 1)) };
};
type Draw = ReturnType<typeof drawn>;
const pictureOf = (draw: Draw, channels: number, height: number, width: number): Tensor =>
  tensor(
    [1, channels, height, width],
    Array.from({ length: channels * height * width }, () => draw.real()),
  );
const matrix = (draw: Draw, side: number) =>
  Array.from({ length: side }, () => Array.from({ length: side }, () => Math.round(20 * (draw.real() - 0.5)) / 10));
const borders = ['zeros', 'reflect', 'replicate'] as const;

/** Steps of many kinds with random settings. */
const kinds: readonly ((draw: Draw) => Step)[] = [
  (draw) => ({
    op: 'conv2d',
    params: {
      padding: [draw.whole(0, 1), draw.whole(0, 2), draw.whole(0, 2), draw.whole(0, 1)],
      stride: [draw.whole(1, 2), draw.whole(1, 3)],
      dilation: draw.whole(1, 2),
      paddingMode: borders[draw.whole(0, 2)],
    },
    weights: { weight: matrix(draw, 3), bias: 0.1 },
  }),
  (draw) => ({
    op: 'convTranspose2d',
    params: { stride: [draw.whole(1, 3), draw.whole(1, 2)], padding: draw.whole(0, 1) },
    weights: { weight: matrix(draw, draw.whole(2, 4)) },
  }),
  (draw) => ({
    op: 'maxPool2d',
    params: { kernelSize: draw.whole(2, 3), stride: draw.whole(1, 3), ceilMode: draw.real() > 0.5 },
  }),
  (draw) => ({
    op: 'avgPool2d',
    params: { kernelSize: 3, stride: draw.whole(1, 2), padding: 1, ceilMode: draw.real() > 0.5 },
  }),
  () => ({ op: 'interpolate', params: { mode: 'bilinear', scaleFactor: 2 } }),
  () => ({ op: 'zeroInsert', params: { stride: [2, 1] } }),
  () => ({ op: 'sigmoid', params: {} }),
  () => ({ op: 'leakyRelu', params: {} }),
  () => ({ op: 'instanceNorm', params: {} }),
];

const valueIn = (scene: Scene, x: Tensor, [row, column]: readonly [number, number], channel: number | null): number => {
  const { shape, data } = runScene(scene, x).y;
  const [, channels = 1, h = 1, w = 1] = shape;
  let sum = 0;
  for (let c = 0; c < channels; c++) if (channel === null || c === channel) sum += data[(c * h + row) * w + column]!;
  return sum;
};
/** (f(x + h) − f(x − h)) / 2h, and how far the two one-sided slopes are apart. */
function difference(f: (x: Tensor) => number, x: Tensor, at: number): { readonly slope: number; readonly apart: number } {
  const h = 1e-6;
  const moved = (by: number) => f({ shape: x.shape, data: Float64Array.from(x.data, (v, k) => (k === at ? v + by : v)) });
  const [low, middle, high] = [moved(-h), f(x), moved(h)];
  return { slope: (high - low) / (2 * h), apart: Math.abs(high - 2 * middle + low) / h };
}

describe('magnitudes on the part behind a value are those on the whole picture, by differences', () => {
  it.each(Array.from({ length: 40 }, (_, k) => [500 + k]))('of a random chain, seed %i', (seed) => {
    const draw = drawn(seed);
    const x = pictureOf(draw, 2, draw.whole(15, 22), draw.whole(15, 24));
    let scene = sceneOf();
    for (let tries = 0; tries < 8 && scene.steps.length < 3; tries++) {
      const longer = sceneOf(...scene.steps, kinds[draw.whole(0, kinds.length - 1)]!(draw));
      try {
        const [, , h = 0, w = 0] = runScene(longer, x).y.shape;
        if (h >= 2 && w >= 2 && h * w < 6000) scene = longer;
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }
    const [, channels = 1, oh = 1, ow = 1] = runScene(scene, x).y.shape;
    for (const corner of [0, 1, 2]) {
      const at = [corner === 0 ? 0 : corner === 1 ? oh - 1 : draw.whole(0, oh - 1), draw.whole(0, ow - 1)] as const;
      const channel = corner === 2 ? null : draw.whole(0, channels - 1);
      const { area, place } = groundOf(scene, x, at);
      const found = finished(influence(scene, cropped(x, area), place, channel));

      expect(found.value).toBeCloseTo(valueIn(scene, x, at, channel), 9);
      for (let k = 0; k < 20; k++) {
        const [, , h = 1, w = 1] = x.shape;
        const [r, s] = [draw.whole(0, h - 1), draw.whole(0, w - 1)];
        const slopes = [0, 1].map((c) => difference((p) => valueIn(scene, p, at, channel), x, (c * h + r) * w + s));
        if (slopes.some(({ apart }) => apart > 1e-3)) continue;
        const expected = slopes.reduce((sum, { slope }) => sum + Math.abs(slope), 0);
        const inside = r >= area.top && r < area.top + area.height && s >= area.left && s < area.left + area.width;
        const got = inside ? found.sums[(r - area.top) * area.width + s - area.left]! : 0;
        expect(Math.abs(got - expected), `${JSON.stringify(scene.steps)} at ${at}, pixel ${r}, ${s}`).toBeLessThan(1e-5);
      }
    }
  });
});

interface Ground {
  readonly area: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  readonly place: readonly [number, number];
}
function groundOf(scene: Scene, x: Tensor, [row, column]: readonly [number, number]): Ground {
  const found = behind(scene, x.shape, { height: { from: row, to: row + 1 }, width: { from: column, to: column + 1 } });
  const [, , height = 1, width = 1] = x.shape;
  if (!found) return { area: { left: 0, top: 0, width, height }, place: [row, column] };
  const { part, values } = found;
  return {
    area: {
      left: part.width.from,
      top: part.height.from,
      width: part.width.to - part.width.from,
      height: part.height.to - part.height.from,
    },
    place: [values.height.from, values.width.from],
  };
}
function cropped(x: Tensor, { left, top, width, height }: Ground['area']): Tensor {
  const [, channels = 1, h = 1, w = 1] = x.shape;
  const values: number[] = [];
  for (let c = 0; c < channels; c++)
    for (let r = top; r < top + height; r++) for (let s = left; s < left + width; s++) values.push(x.data[(c * h + r) * w + s]!);
  return tensor([1, channels, height, width], values);
}

describe('the influence on a value', () => {
  it('of a blur of 3 × 3 is a ninth for each pixel, and of two of them 1 2 3 2 1 in each direction', () => {
    const blur: Step = { op: 'avgPool2d', params: { kernelSize: 3, stride: 1 } };
    const x = tensor([1, 1, 5, 5], new Array<number>(25).fill(1));
    const { sums, value } = finished(influence(sceneOf(blur, blur), x, [0, 0], 0));
    const row = [1, 2, 3, 2, 1];
    expect(value).toBeCloseTo(1, 12);
    sums.forEach((sum, k) => {
      expect(sum).toBeCloseTo((row[Math.floor(k / 5)]! * row[k % 5]!) / 81, 12);
    });
  });
  it('of a maximum is all of its winner', () => {
    const x = tensor([1, 1, 2, 2], [1, 7, 3, 2]);
    const { sums, value } = finished(influence(sceneOf({ op: 'maxPool2d', params: {} }), x, [0, 0], null));
    expect([value, ...sums]).toEqual([7, 0, 1, 0, 0]);
  });
  it('adds up magnitudes of channels, whatever their signs', () => {
    const mix: Step = { op: 'conv2d', params: {}, weights: { weight: [[[[2]], [[-3]]]] } };
    const { sums } = finished(influence(sceneOf(mix), tensor([1, 2, 1, 1], [1, 1]), [0, 0], 0));
    expect(Array.from(sums)).toEqual([5]);
  });
  it('of no step at all is the pixel itself', () => {
    const { sums, value } = finished(influence(sceneOf(), tensor([1, 1, 1, 3], [4, 5, 6]), [0, 1], null));
    expect([value, ...sums]).toEqual([5, 0, 1, 0]);
  });
});

describe('the share in the middle half of a box', () => {
  const axis = { size: 8, jump: 1, start: 0 };
  const box = { height: axis, width: axis };
  it('is a quarter of an even field', () => {
    expect(shareInHalf(new Float64Array(64).fill(2), { left: 0, top: 0, width: 8 }, box, [0, 0])).toBe(0.25);
  });
  it('follows the value: what lies in the middle of one lies at the edge of another', () => {
    const sums = new Float64Array(64);
    sums[3 * 8 + 3] = 1;
    expect(shareInHalf(sums, { left: 0, top: 0, width: 8 }, box, [0, 0])).toBe(1);
    expect(shareInHalf(sums, { left: 0, top: 0, width: 8 }, box, [3, 3])).toBe(0);
  });
  it('is 0 where nothing moves the value', () => {
    expect(shareInHalf(new Float64Array(64), { left: 0, top: 0, width: 8 }, box, [0, 0])).toBe(0);
  });
});
