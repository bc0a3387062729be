import { describe, expect, it } from 'vitest';
import { losses, lossGradients, lossOf } from '../../src/core/losses';
import { migrated } from '../../src/core/migrate';
import type { Scene } from '../../src/core/scene';
import { backward, layersOf, type Origin, parseScene, runScene } from '../../src/core/sequential';
import { type Tensor, tensor } from '../../src/core/tensor';
import { distinct } from '../contract/arbitrary';
import { counting, numbers, row } from './run';

const scene = (...steps: Scene['steps']): Scene => ({ version: 1, input: 'unit', steps });
const pool = { op: 'maxPool2d', params: { kernelSize: 2 } };
const relu = { op: 'relu', params: {} };
const sharpen = {
  op: 'conv2d',
  params: { padding: 1, groups: 2 },
  weights: {
    weight: [
      [0, -1, 0.5],
      [-1, 5, -1.25],
      [0.25, -1, 0],
    ],
  },
};
const chain = scene(sharpen, { op: 'batchNorm', params: { training: true } }, { op: 'leakyRelu', params: {} }, pool, {
  op: 'sigmoid',
  params: {},
});

describe('a chain forwards', () => {
  it('keeps every intermediate on request, and only then', () => {
    const x = counting(4, 4);
    const kept = runScene(scene(pool, relu, pool), x, { keep: true });
    expect(kept.outputs.map((y) => y && numbers(y))).toEqual([[5, 7, 13, 15], [5, 7, 13, 15], [15]]);
    const ends = runScene(scene(pool, relu, pool), x);
    expect(ends.outputs.map((y) => y && numbers(y))).toEqual([null, null, [15]]);
    expect(numbers(ends.y)).toEqual([15]);
  });
  it('of no steps is the picture', () => {
    const x = row(1, 2);
    expect(runScene(scene(), x).y).toBe(x);
  });
  it('says which step does not fit', () => {
    expect(() => runScene(scene(pool, pool), row(1, 2))).toThrow(/^step 1: maxPool2d: a 2 × 2 window does not fit/);
  });
});

describe('a chain backwards', () => {
  const x = distinct([1, 2, 6, 5], 4);
  const pass = runScene(chain, x, { keep: true });
  const slope = (at: number, of: (y: Tensor) => number): number => {
    const moved = (step: number): number => {
      const data = Float64Array.from(x.data);
      data[at]! += step;
      return of(runScene(chain, { shape: x.shape, data }).y);
    };
    return (moved(1e-5) - moved(-1e-5)) / 2e-5;
  };
  it.each<[string, Origin, (y: Tensor) => number]>([
    ['one value', { of: 'value', at: 7 }, (y) => y.data[7]!],
    [
      'the mean of a channel',
      { of: 'mean', channel: 1 },
      (y) =>
        numbers(y)
          .slice(y.data.length / 2)
          .reduce((a, b) => a + b, 0) /
        (y.data.length / 2),
    ],
    ...Object.entries(losses).map(([name, loss]): [string, Origin, (y: Tensor) => number] => {
      const target = (y: Tensor) => tensor(y.shape, new Array<number>(y.data.length).fill(0.25));
      return [
        name,
        { of: 'loss', gradient: (y) => lossGradients(loss, y, target(y)).x },
        (y) => lossOf(loss, y, target(y)).data[0]!,
      ];
    }),
    [
      'a loss of one’s own',
      {
        of: 'loss',
        gradient: (y) =>
          tensor(
            y.shape,
            numbers(y).map((v) => 2 * (v - 0.25)),
          ),
      },
      (y) => numbers(y).reduce((sum, v) => sum + (v - 0.25) ** 2, 0),
    ],
  ])('from %s gives the slopes of central differences at the picture', (_, origin, of) => {
    const { x: dx } = backward(pass, origin);
    for (let at = 0; at < x.data.length; at += 3) expect(dx.data[at]).toBeCloseTo(slope(at, of), 7);
  });
  it('gives gradients of every step’s input and weights', () => {
    const { steps, x: dx } = backward(pass, { of: 'mean', channel: 0 });
    expect(steps.map((grads) => Object.keys(grads).sort())).toEqual([
      ['bias', 'weight', 'x'],
      ['bias', 'weight', 'x'],
      ['x'],
      ['x'],
      ['x'],
    ]);
    expect(steps[0]?.x).toBe(dx);
    expect(steps[0]?.weight?.shape).toEqual([2, 1, 3, 3]);
  });
  it('from a step in the middle stops there', () => {
    const { steps, x: dx } = backward(pass, { step: 0, of: 'value', at: 0 });
    expect(steps).toHaveLength(1);
    expect(numbers(dx).filter((v) => v !== 0)).toEqual([5, -1.25, -1]);
  });
  it('of a max-pool goes to the winner alone', () => {
    const small = runScene(scene(pool), counting(2, 2), { keep: true });
    expect(numbers(backward(small, { of: 'value', at: 0 }).x)).toEqual([0, 0, 0, 1]);
  });
  it('of no steps is the origin itself', () => {
    expect(numbers(backward(runScene(scene(), row(1, 2)), { of: 'value', at: 1 }).x)).toEqual([0, 1]);
  });
  it.each<[Origin, string]>([
    [{ of: 'value', at: 999 }, 'backward value: expected an index from 0 to 11, received 999'],
    [{ of: 'mean', channel: 2 }, 'backward channel: expected 0 to 1, received 2'],
    [{ step: 5, of: 'mean', channel: 0 }, 'backward step: expected 0 to 4, received 5'],
    [{ of: 'loss', gradient: () => row(1) }, 'backward loss: expected a gradient [1, 2, 3, 2], received [1, 1, 1, 1]'],
  ])('refuses %j in words', (origin, sentence) => {
    expect(() => backward(pass, origin)).toThrow(new RangeError(sentence));
  });
  it('needs the outputs on its way', () => {
    expect(() => backward(runScene(chain, x), { of: 'value', at: 0 })).toThrow(/expected a pass that kept every output/);
  });
});

describe('layers', () => {
  it('hold whole tensors', () => {
    const [layer] = layersOf(scene(sharpen), [1, 2, 4, 4]);
    expect(layer?.weights.weight?.shape).toEqual([2, 1, 3, 3]);
  });
});

describe('an older scene', () => {
  const ways = {
    1: ({ picture, ...scene }: Readonly<Record<string, unknown>>) => ({ ...scene, input: picture }),
    2: (scene: Readonly<Record<string, unknown>>) => ({ ...scene, steps: [] }),
  };
  it('is brought to the newest version step by step', () => {
    expect(migrated({ version: 1, picture: 'unit' }, ways, 3)).toEqual({ version: 3, input: 'unit', steps: [] });
    expect(migrated({ version: 2, input: 'unit' }, ways, 3)).toEqual({ version: 3, input: 'unit', steps: [] });
  });
  it('stays as it is when it is new, newer or of no known version, and is then refused in words', () => {
    for (const version of [3, 4, 0, 'toString', undefined]) expect(migrated({ version }, ways, 3)).toEqual({ version });
    expect(() => parseScene({ version: 0, input: 'unit', steps: [] })).toThrow(
      new RangeError('scene version: expected 1, received 0'),
    );
  });
});
