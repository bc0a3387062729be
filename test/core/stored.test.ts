import { describe, expect, it } from 'vitest';
import { parse } from '../../src/core/parse';
import { opOf } from '../../src/core/registry';
import type { Scene, Step } from '../../src/core/scene';
import { backward, layersOf, profile, runScene, trace } from '../../src/core/sequential';
import type { Tensor } from '../../src/core/tensor';
import { distinct } from '../contract/arbitrary';
import { numbers, row } from './run';

const scene = (...steps: readonly Step[]): Scene => ({ version: 1, input: 'unit', steps });
const pool = (kernelSize: unknown, more = {}): Step => ({ op: 'maxPool2d', params: { kernelSize, ...more } });
const unpool = (kernelSize: unknown, more = {}): Step => ({ op: 'maxUnpool2d', params: { kernelSize, ...more } });
const off = (step: Step): Step => ({ ...step, off: true });
const double: Step = { op: 'mix1x1', params: {}, weights: { weight: [[2]] } };

/** Values put where the largest of each window of k pixels was, in plain loops: windows in one row of pixels. */
function putBack(values: readonly number[], from: readonly number[], k: number, stride: number): number[] {
  const y = from.map(() => 0);
  values.forEach((value, i) => {
    let at = i * stride;
    for (let v = 0; v < k; v++) if (from[i * stride + v]! > from[at]!) at = i * stride + v;
    y[at] = value;
  });
  return y;
}

describe('a max-unpool behind a max-pool with the same windows', () => {
  it('puts what comes in where the maxima were, though it has changed on the way', () => {
    const x = row(3, 1, 4, 1, 5, 9, 2);
    const { y } = runScene(scene(pool([1, 2]), double, unpool([1, 2])), x);
    expect(numbers(y)).toEqual(putBack([6, 8, 18], numbers(x), 2, 2));
  });
  it('has the size of what was pooled, also where that leaves a border unread', () => {
    const steps = [pool(2), unpool(2)];
    expect(trace(scene(...steps), [1, 1, 7, 5])).toEqual([
      [1, 1, 3, 2],
      [1, 1, 7, 5],
    ]);
    expect(trace(scene(pool(2, { ceilMode: true }), unpool(2)), [1, 1, 7, 5]).at(-1)).toEqual([1, 1, 7, 5]);
  });
  it('takes the nearest that fits, as an encoder and its decoder do', () => {
    const x = distinct([1, 1, 8, 8], 3);
    const steps = [pool(2), pool(2), unpool(2), unpool(2)];
    const { layers, y } = runScene(scene(...steps), x);
    expect(layers.slice(2).map(({ weights }) => weights.indices?.shape)).toEqual([
      [1, 1, 2, 2],
      [1, 1, 4, 4],
    ]);
    expect(y.shape).toEqual([1, 1, 8, 8]);
    const kept = numbers(y).filter((v) => v !== 0);
    expect(kept).toHaveLength(4);
    numbers(y).forEach((v, i) => {
      if (v !== 0) expect(v).toBe(x.data[i]);
    });
  });
  it('of overlapping windows puts a maximum of several back once', () => {
    const x = row(1, 5, 2, 3);
    const windows = { stride: 1 };
    expect(numbers(runScene(scene(pool([1, 2], windows), unpool([1, 2], windows)), x).y)).toEqual(
      putBack([5, 5, 3], numbers(x), 2, 1),
    );
  });
  it.each<[string, Step[]]>([
    ['is off', [off(pool([1, 2])), unpool([1, 2])]],
    ['has another kernel', [pool([1, 3]), unpool([1, 2])]],
    ['has another stride', [pool([1, 2], { stride: 1 }), unpool([1, 2])]],
    ['is dilated', [pool([1, 2], { dilation: 2 }), unpool([1, 2])]],
    ['has another size behind it', [pool([1, 2]), { op: 'interpolate', params: { scaleFactor: 2 } }, unpool([1, 2])]],
    ['is none', [unpool([1, 2])]],
  ])('pools by itself where the one before %s', (_, steps) => {
    const layers = layersOf(scene(...steps), [1, 1, 1, 12]);
    expect(layers.at(-1)?.takes).toBeUndefined();
    expect(layers.at(-1)?.weights.indices?.shape).toEqual([0]);
  });
  it('looks past a step that is off', () => {
    const steps = [pool([1, 2]), off(double), off(pool([1, 2])), unpool([1, 2])];
    const layers = layersOf(scene(...steps), [1, 1, 1, 12]);
    expect(layers.at(-1)?.takes?.from).toBe(layers[0]);
  });
  it('reads the pixels of the windows that cover it', () => {
    const [, behind] = profile(scene(pool(2), unpool(2)), [1, 1, 8, 8]);
    expect(behind?.field?.width).toMatchObject({ size: 2, jump: 1 });
  });
});

describe('gradients through pool and unpool', () => {
  const x = distinct([1, 2, 6, 7], 11);
  const steps = [pool(2), { op: 'sigmoid', params: {} }, unpool(2)];
  const pass = runScene(scene(...steps), x, { keep: true });
  const sum = (y: Tensor): number => numbers(y).reduce((total, v, i) => total + v * (1 + (i % 5)), 0);
  const { x: slopes } = backward(pass, {
    of: 'loss',
    gradient: (y) => ({ shape: y.shape, data: Float64Array.from(y.data, (_, i) => 1 + (i % 5)) }),
  });
  it.each([0, 5, 17, 40, 83])('agree with differences of the sum at pixel %i', (at) => {
    const moved = (by: number): number => {
      const data = Float64Array.from(x.data);
      data[at]! += by;
      return sum(runScene(scene(...steps), { shape: x.shape, data }).y);
    };
    expect(slopes.data[at]).toBeCloseTo((moved(1e-6) - moved(-1e-6)) / 2e-6, 5);
  });
  it('are 0 for every pixel that is no maximum', () => {
    const peaks = numbers(pass.y).map((v) => v !== 0);
    expect(numbers(slopes).map((v) => v !== 0)).toEqual(peaks);
  });
});

it('in PyTorch’s words the indices have a name and the size is said', () => {
  const { weights, params } = opOf('maxUnpool2d');
  const field = weights.indices!;
  const parsed = parse(params, { kernelSize: [2, 3], padding: 1, outputSize: [4, 6] }, 'maxUnpool2d');
  expect(field.kind === 'stored' && field.torch(parsed, 'indices_2')).toBe(
    'F.max_unpool2d(x, indices_2, kernel_size=(2, 3), padding=1, output_size=(4, 6))',
  );
});
