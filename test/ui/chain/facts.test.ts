import { describe, expect, it } from 'vitest';
import { starterScene } from '../../../src/core/quick';
import type { Scene } from '../../../src/core/scene';
import { profiles, rangeWords, ranOf, readsWords, shapeWords, timeWords, totalsOf } from '../../../src/ui/chain/facts';

const x = [1, 3, 300, 451];
const steps = [...starterScene('conv2d').steps, ...starterScene('maxPool2d').steps];
const scene: Scene = { version: 1, input: 'unit', steps };
const ran = (engine: string, ms: number) => ({ op: 'relu', engine, how: '', ms });

describe('what the chain says', () => {
  it('of every step: shape without the batch, and what one value reads', () => {
    const all = profiles(scene, x, null);
    expect(all.map(({ shape }) => shapeWords(shape))).toEqual(['3 × 300 × 451', '3 × 150 × 225']);
    // Dumoulin and Visin: 3, then 3 + (2 − 1) · 1.
    expect(all.map(readsWords)).toEqual(['3 × 3 px', '4 × 4 px']);
  });
  it('only of the steps before one that does not fit, and of none without a picture', () => {
    expect(profiles(scene, x, 1)).toHaveLength(1);
    expect(profiles(scene, null, null)).toEqual([]);
  });
  it('of the whole: sums, and the time with every engine once', () => {
    const total = totalsOf(profiles(scene, x, null), [ran('simd', 12), ran('reference', 30), ran('simd', 8)]);
    // Three kernels of nine weights, three biases; nine products for every value.
    expect(total.weights).toBe('30');
    expect(total.macs).toBe('3.65\u00a0M');
    expect(total.reads).toBe('4 × 4 px');
    expect(total.time).toBe('50 ms, simd, reference');
  });
  it('of no steps: every pixel reads itself, and nothing took time', () => {
    expect(totalsOf([], [])).toEqual({ reads: '1 × 1 px', weights: '0', macs: '0', time: null });
  });
  it('nothing of the time while a step that is on has not run', () => {
    const report = { node: 0, thumbnail: { width: 1, height: 1, rgba: new Uint8ClampedArray(4) }, shape: x, min: 0, max: 1 };
    const small = (node: number) => [node, { report: { ...report, node, ran: ran('simd', 1) }, fresh: true }] as const;
    expect(ranOf(scene, new Map([small(0)]))).toEqual([]);
    expect(ranOf(scene, new Map([small(0), small(1)]))).toHaveLength(2);
    const off: Scene = { ...scene, steps: steps.map((step, i) => (i === 1 ? { ...step, off: true } : step)) };
    expect(ranOf(off, new Map([small(0)]))).toHaveLength(1);
  });
  it.each([
    [0.01, '< 0.1 ms'],
    [1.234, '1.2 ms'],
    [123.4, '123 ms'],
  ])('%f ms in words is %s', (ms, words) => expect(timeWords(ms)).toBe(words));
  it('ranges with three digits that count, and a true minus', () => expect(rangeWords(-1.0512, 12.345)).toBe('−1.05 to 12.3'));
});
