import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scene } from '../../../src/core/scene';
import { sizesOf, trace } from '../../../src/core/sequential';
import { beyondWords, possibleFor, possibleWords } from '../../../src/ui/controls/possible';
import { reachOf, stepsOnSlider } from '../../../src/ui/controls/ranges';
import { readsAll } from '../../../src/ui/controls/readsAll';

const reach = reachOf({ min: 1, max: 1024, step: 1, slider: [1, 16] });

describe('what fits now', () => {
  it('goes on beyond the slider as far as it fits', () => {
    const possible = possibleFor(reach, (v) => v <= 37);
    expect(possible).toEqual({ ends: [1, 37], gaps: [], few: null });
    expect(possibleWords(possible)).toBe('Fits now: 1 to 37.');
    expect(beyondWords('Dilation', 40, possible)).toBe('Dilation: 37 is the largest that fits.');
    expect(beyondWords('Dilation', 37, possible)).toBeNull();
  });
  it('ends within the slider, which shows it as a gap', () => {
    const { ends, gaps } = possibleFor(reach, (v) => v <= 4);
    expect(ends).toEqual([1, 4]);
    expect(gaps).toHaveLength(1);
    // Half way between 4 and 5 of 1 to 16.
    expect(gaps[0]?.[0]).toBeCloseTo((100 * 3.5) / 15, 9);
    expect(gaps[0]?.[1]).toBe(100);
  });
  it('may be few values that are not in a row', () => {
    const groups = possibleFor(reachOf({ min: 1, max: 65536, slider: [1, 6] }), (v) => 6 % v === 0);
    expect(groups.few).toEqual([1, 2, 3, 6]);
    expect(groups.gaps).toHaveLength(1);
    expect(possibleWords(groups)).toBe('Fits now: 1, 2, 3, 6.');
  });
  it('may be nothing', () => {
    const none = possibleFor(reach, () => false);
    expect(possibleWords(none)).toBe('Nothing fits now.');
    expect(none.gaps).toEqual([[0, 100]]);
    expect(beyondWords('Stride', 3, none)).toBeNull();
  });
  it('is everything that is accepted where nothing stops it', () =>
    expect(possibleFor(reach, () => true)).toEqual({ ends: [1, 1024], gaps: [], few: null }));
  it('has exact ends wherever they are (seed 23)', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 16 }), fc.integer({ min: 16, max: 1024 }), (low, high) => {
        expect(possibleFor(reach, (v) => v >= low && v <= high).ends).toEqual([low, high]);
      }),
      { seed: 23 },
    ));
  it('finds the ends of real numbers to a step (seed 29)', () => {
    const real = reachOf({ min: 0, max: 50, step: 0.1, slider: [0, 5], default: 1 });
    fc.assert(
      fc.property(fc.double({ min: 5, max: 49, noNaN: true }), (limit) => {
        const [, high] = possibleFor(real, (v) => v <= limit).ends ?? [0, 0];
        expect(high).toBeLessThanOrEqual(limit);
        expect(limit - high).toBeLessThan(0.2);
      }),
      { seed: 29 },
    );
  });
});

describe('the setting that leaves nothing unread', () => {
  const pool = (params: object): Scene => ({ version: 1, input: 'unit', steps: [{ op: 'maxPool2d', params: { ...params } }] });
  const x = [1, 3, 300, 451];
  it('is the nearest within the sliders, and really reads all', () => {
    const scene = pool({ kernelSize: [3, 3], stride: [4, 4] });
    const found = readsAll(scene, x, 0);
    expect(found).not.toBeNull();
    const mended = pool({ ...scene.steps[0]?.params, [found?.param ?? '']: found?.value });
    const sizes = sizesOf(mended, x, 0);
    expect([sizes?.height.unread, sizes?.width.unread]).toEqual([0, 0]);
    expect(trace(mended, x)).toHaveLength(1);
  });
  it('is none where all is read', () => expect(readsAll(pool({ kernelSize: [1, 1], stride: [1, 1] }), x, 0)).toBeNull());
  it('is none for an op that keeps the size', () =>
    expect(readsAll({ version: 1, input: 'unit', steps: [{ op: 'relu', params: {} }] }, x, 0)).toBeNull());
});

describe('keys of a slider', () => {
  const key = (name: string, shiftKey = false) => ({ key: name, shiftKey });
  it('go to the ends and by tens, and leave single steps to the browser', () => {
    expect(stepsOnSlider(key('Home'), false)).toBe(Number.NEGATIVE_INFINITY);
    expect(stepsOnSlider(key('End'), false)).toBe(Number.POSITIVE_INFINITY);
    expect(stepsOnSlider(key('PageUp'), false)).toBe(10);
    expect(stepsOnSlider(key('ArrowUp', true), false)).toBe(10);
    expect(stepsOnSlider(key('ArrowUp'), false)).toBeNull();
  });
  it('turn round with the language', () => {
    expect(stepsOnSlider(key('ArrowRight', true), false)).toBe(10);
    expect(stepsOnSlider(key('ArrowRight', true), true)).toBe(-10);
    expect(stepsOnSlider(key('ArrowLeft', true), true)).toBe(10);
  });
});
