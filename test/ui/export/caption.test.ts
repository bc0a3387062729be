import { describe, expect, it } from 'vitest';
import { starterScene } from '../../../src/core/quick';
import { ops } from '../../../src/core/registry';
import type { Scene, Step } from '../../../src/core/scene';
import { fileStem } from '../../../src/ui/bench/save';
import { nodeTitle, panelOf, settingsOf, shapeWords } from '../../../src/ui/export/caption';
import type { Encoded } from '../../../src/worker/api';

const scene = (...steps: Step[]): Scene => ({ version: 1, input: 'unit', steps });
const pool: Step = { op: 'maxPool2d', params: { kernelSize: [2, 3], stride: 2, ceilMode: true } };
const conv: Step = {
  op: 'conv2d',
  params: { padding: 1 },
  weights: {
    weight: [
      [0, 1],
      [-1, 0.5],
    ],
    bias: [1, 2],
  },
};

describe('a caption', () => {
  it('tells what differs from the defaults, and nothing else', () => {
    expect(settingsOf(pool)).toBe('Kernel 2 × 3, Stride 2, Ceil mode on');
    expect(settingsOf({ op: 'maxPool2d', params: {} })).toBe('');
    expect(settingsOf(conv)).toBe('Padding 1, Kernel [0 1; −1 0.5], Bias (1, 2)');
  });
  it('names larger kernels and banks by their size', () => {
    const large = Array.from({ length: 6 }, () => new Array<number>(7).fill(1));
    const of = (weight: NonNullable<Step['weights']>[string]) => settingsOf({ op: 'conv2d', params: {}, weights: { weight } });
    expect(of(large)).toBe('Kernel 6 × 7');
    expect(of([[[[1, 2]], [[3, 4]], [[5, 6]]]])).toBe('Kernel 1 × 3 × 1 × 2');
  });
  it('has words for the settings of every op as it is first shown', () => {
    for (const name of Object.keys(ops)) {
      const [step] = starterScene(name).steps;
      expect(settingsOf(step!), name).not.toMatch(/undefined|null|\[object|NaN/);
    }
  });
  it('counts steps where there are several', () => {
    expect(nodeTitle(scene(pool), 0)).toBe('Max-pool');
    expect(nodeTitle(scene(conv, pool), 1)).toBe('2. Max-pool');
    expect(nodeTitle(scene(pool), -1)).toBe('Input');
  });
  it('leaves out a batch of one', () => {
    expect(shapeWords([1, 3, 1200, 4])).toBe('3 × 1\u202f200 × 4');
    expect(shapeWords([2, 3, 4, 5])).toBe('2 × 3 × 4 × 5');
  });
});

describe('the legend', () => {
  const made: Encoded = {
    ...{ blob: new Blob(), shape: [1, 3, 4, 6], min: -0.52381, max: 2.25 },
    ...{ mapping: 'symmetric', low: -1.5, high: 1.5 },
  };
  const size = { width: 6, height: 4 };
  const all = { mapping: 'auto', channel: 'all' } as const;
  it('of signed values has a plus and nine colours', () => {
    const { legend, lines } = panelOf(scene(pool), 0, all, made, size);
    expect([legend?.low, legend?.high, legend?.stops.length]).toEqual(['−1.50', '+1.50', 9]);
    expect(lines).toEqual(['Kernel 2 × 3, Stride 2, Ceil mode on', 'Shape 3 × 4 × 6', 'Values −0.524 to 2.25']);
  });
  it('is left out where a picture shows its own colours, and there where one channel is grey', () => {
    const plain: Encoded = { ...made, mapping: 'clamp', low: 0, high: 1 };
    expect(panelOf(scene(pool), -1, all, plain, size).legend).toBeNull();
    expect(panelOf(scene(pool), -1, { ...all, channel: 1 }, plain, size).legend).toMatchObject({ low: '0', high: '1' });
  });
});

it('files are named after the picture and the steps up to what they hold', () => {
  const chain = scene(conv, { op: 'sigmoid', params: {}, off: true }, pool);
  expect(fileStem('a cat?.jpeg', chain)).toBe('a-cat-conv2d-maxPool2d');
  expect(fileStem('cat.png', chain, 0)).toBe('cat-conv2d');
  expect(fileStem('cat.png', chain, -1)).toBe('cat');
  expect(fileStem('', chain, -1)).toBe('picture');
});
