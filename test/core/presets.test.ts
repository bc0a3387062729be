import { readFileSync } from 'node:fs';
import { decode } from 'fast-png';
import { beforeAll, describe, expect, it } from 'vitest';
import { presets } from '../../src/core/presets';
import { opOf } from '../../src/core/registry';
import { parseScene, runScene, trace } from '../../src/core/sequential';
import { type Tensor, tensor } from '../../src/core/tensor';

/** A part of the photograph of a cat, values 0..1: [1, 3, 48, 60]. */
function photo(): Tensor<Float64Array> {
  const { width, channels, data } = decode(readFileSync('assets/photos/chelsea.png'));
  const [top, left, h, w] = [90, 130, 48, 60];
  const at = (c: number, i: number, j: number) => data[((top + i) * width + left + j) * channels + c]! / 255;
  const values = [0, 1, 2].flatMap((c) => Array.from({ length: h * w }, (_, k) => at(c, Math.floor(k / w), k % w)));
  return tensor([1, 3, h, w], values);
}
let x: Tensor<Float64Array>;
beforeAll(() => {
  x = photo();
});
const sceneOf = (id: (typeof presets)[number]['id']) => presets.find((preset) => preset.id === id)!.scene();
const entering = (id: (typeof presets)[number]['id']) =>
  sceneOf(id).input === 'signed'
    ? tensor(
        x.shape,
        x.data.map((v) => 2 * v - 1),
      )
    : x;

describe.each(presets)('the preset $id', ({ id, scene }) => {
  it('has several steps, and survives the way through a link', () => {
    expect(scene().steps.length).toBeGreaterThan(1);
    expect(parseScene(JSON.parse(JSON.stringify(scene())))).toEqual(scene());
  });
  it('is the same every time', () => expect(scene()).toEqual(scene()));
  it('is short enough for a link', () => expect(JSON.stringify(scene()).length).toBeLessThan(20_000));
  it('fits every photograph of the gallery', () => {
    for (const [width, height] of [
      [451, 300],
      [600, 400],
      [512, 512],
      [640, 427],
    ])
      expect(trace(scene(), [1, 3, height!, width!])).toHaveLength(scene().steps.length);
  });
  it('runs on a photograph, and every step shows something', () => {
    const { outputs } = runScene(scene(), entering(id), { keep: true });
    for (const [i, output] of outputs.entries()) {
      const values = output!.data;
      expect(values.every(Number.isFinite), `step ${i + 1}`).toBe(true);
      expect(Math.max(...values) - Math.min(...values), `step ${i + 1}`).toBeGreaterThan(0.01);
    }
  });
});

it('every channel of the drawn layers is alive: none is 0 all over after its ReLU', () => {
  for (const id of ['vgg', 'generator'] as const) {
    const { y } = runScene(sceneOf(id), entering(id));
    const [, channels = 0, h = 0, w = 0] = y.shape;
    const dead = Array.from({ length: channels }, (_, c) => c).filter((c) =>
      y.data.subarray(c * h * w, (c + 1) * h * w).every((v) => v === 0),
    );
    expect(dead, id).toEqual([]);
  }
});

it('the edge detector is |∂x| + |∂y| of the blurred grey picture', () => {
  const { y } = runScene(sceneOf('edges'), x);
  const [, , h = 0, w = 0] = x.shape;
  const grey = Float64Array.from(
    { length: h * w },
    (_, k) => 0.299 * x.data[k]! + 0.587 * x.data[h * w + k]! + 0.114 * x.data[2 * h * w + k]!,
  );
  const inside = (v: number, n: number) => Math.min(n - 1, Math.max(0, v));
  const slid = (from: Float64Array, kernel: readonly (readonly number[])[]) => {
    const half = (kernel.length - 1) / 2;
    return Float64Array.from({ length: h * w }, (_, k) => {
      const [i, j] = [Math.floor(k / w), k % w];
      let sum = 0;
      kernel.forEach((row, u) => {
        row.forEach((weight, v) => {
          sum += weight * from[inside(i + u - half, h) * w + inside(j + v - half, w)]!;
        });
      });
      return sum;
    });
  };
  const bell = [-2, -1, 0, 1, 2].map((d) => Math.exp(-(d * d) / (2 * 1.1 * 1.1)));
  const line = bell.map((v) => v / bell.reduce((a, b) => a + b));
  const soft = slid(
    grey,
    line.map((a) => line.map((b) => a * b)),
  );
  const across = slid(soft, [
    [-1, 0, 1],
    [-2, 0, 2],
    [-1, 0, 1],
  ]);
  const down = slid(soft, [
    [-1, -2, -1],
    [0, 0, 0],
    [1, 2, 1],
  ]);
  expect(y.shape).toEqual([1, 1, h, w]);
  y.data.forEach((value, k) => {
    expect(value).toBeCloseTo(Math.abs(across[k]!) + Math.abs(down[k]!), 9);
  });
});

it('sharper upscaling gives steeper slopes than the bicubic enlargement alone, at twice the size', () => {
  const { outputs, y } = runScene(sceneOf('upscaling'), x, { keep: true });
  expect(y.shape).toEqual([1, 3, 96, 120]);
  const steepness = ({ data }: Tensor) => [...data].reduce((sum, v, k) => sum + Math.abs(v - (data[k - 1] ?? v)), 0);
  expect(steepness(y)).toBeGreaterThan(1.2 * steepness(outputs[0]!));
});

it('what pooling destroys: of every window the largest value stays, where it was', () => {
  const { y } = runScene(sceneOf('unpooling'), x);
  expect(y.shape).toEqual([1, 3, 48, 60]);
  y.data.forEach((value, k) => {
    const [c, i, j] = [Math.floor(k / 2880), Math.floor(k / 60) % 48, k % 60];
    const window = [0, 1, 2, 3].map((n) => c * 2880 + (2 * Math.floor(i / 2) + (n >> 1)) * 60 + 2 * Math.floor(j / 2) + (n & 1));
    const largest = window.reduce((best, at) => (x.data[at]! > x.data[best]! ? at : best));
    expect(value).toBe(k === largest ? x.data[k] : 0);
  });
});

it('the discriminator ends in one number from 0 to 1 for every patch, a quarter as many each way', () => {
  const { y } = runScene(sceneOf('discriminator'), entering('discriminator'));
  expect(y.shape).toEqual([1, 1, 11, 14]);
  expect(y.data.every((v) => v > 0 && v < 1)).toBe(true);
});

it('presets name ops that exist', () => {
  for (const { scene } of presets) for (const { op } of scene().steps) expect(opOf(op).name).toBe(op);
});
