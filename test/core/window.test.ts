import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clippedLengths, extent, type PaddingMode, type Slide, slideSize, slideSizes, slideTaps } from '../../src/core/window';

const seed = 7;
const slide = (of: Partial<Slide>): Slide => ({ length: 7, kernel: 3, stride: 1, dilation: 1, before: 0, after: 0, ...of });
const anySlide: fc.Arbitrary<Slide> = fc
  .record({
    length: fc.integer({ min: 1, max: 30 }),
    kernel: fc.integer({ min: 1, max: 7 }),
    stride: fc.integer({ min: 1, max: 6 }),
    dilation: fc.integer({ min: 1, max: 4 }),
    share: fc.double({ min: 0, max: 0.5, noNaN: true }),
    ceil: fc.boolean(),
  })
  .map(({ share, ...of }) => {
    const padding = Math.floor(share * ((of.kernel - 1) * of.dilation + 1));
    return { ...of, before: padding, after: padding };
  });

/** Counts windows one by one; knows no formula. */
function countWindows({ length, kernel, stride, dilation, before, after, ceil }: Slide): number {
  const span = (kernel - 1) * dilation + 1;
  const padded = length + before + after;
  let count = 0;
  for (let start = 0; ; start += stride) {
    const overhang = start + span - padded;
    const fits = overhang <= 0 || (ceil && overhang < stride && start < length + before);
    if (!fits) return count;
    count += 1;
  }
}

/** `⌊(451 + 0 − 6) / 6⌋ + 1` as a number. */
function calculate(arithmetic: string): number {
  const [, open, inside, , rest] = /^([⌊⌈])(.+)([⌋⌉])(.*)$/.exec(arithmetic) ?? [];
  const [, a, b, c, d] = (/^\((\d+) \+ (\d+) − (\d+)\) \/ (\d+)$/.exec(inside ?? '') ?? []).map(Number);
  const divided = (a! + b! - c!) / d!;
  return (open === '⌊' ? Math.floor(divided) : Math.ceil(divided)) + (rest === ' + 1' ? 1 : rest === ' + 1 − 1' ? 0 : Number.NaN);
}

describe('sizes', () => {
  it('a dilated kernel of 3 spans 5 pixels', () => {
    expect(extent(3, 2)).toBe(5);
  });
  it('a window of 6 with stride 6 fits 75 times into 451 and leaves one column unread', () => {
    expect(slideSize(slide({ length: 451, kernel: 6, stride: 6 }))).toEqual({
      output: 75,
      arithmetic: '⌊(451 + 0 − 6) / 6⌋ + 1',
      unread: 1,
      invented: 0,
    });
  });
  it('ceil mode adds a window and says how many positions it invents', () => {
    expect(slideSize(slide({ length: 7, kernel: 2, stride: 3, ceil: true }))).toEqual({
      output: 3,
      arithmetic: '⌈(7 + 0 − 2) / 3⌉ + 1',
      unread: 0,
      invented: 1,
    });
  });
  it('a window that would start in the padding after the input is dropped in ceil mode', () => {
    const size = slideSize(slide({ length: 3, kernel: 2, stride: 4, before: 1, after: 1, ceil: true }));
    expect(size).toMatchObject({ output: 1, arithmetic: '⌈(3 + 2 − 2) / 4⌉ + 1 − 1' });
  });
  it(`are those of windows counted one by one, and the arithmetic shown gives them, seed ${seed}`, () => {
    fc.assert(
      fc.property(anySlide, (s) => {
        const { output, arithmetic } = slideSize(s);
        expect(Math.max(0, output)).toBe(countWindows(s));
        expect(calculate(arithmetic)).toBe(output);
      }),
      { seed, numRuns: 2000 },
    );
  });
  it(`tell what no window reads and what the last one invents, seed ${seed}`, () => {
    fc.assert(
      fc.property(anySlide, (s) => {
        const { output, unread, invented } = slideSize(s);
        if (output < 1) return;
        const end = (output - 1) * s.stride + (s.kernel - 1) * s.dilation + 1 - s.before;
        const after = Array.from({ length: s.length }, (_, at) => at).filter((at) => at >= end);
        expect(unread).toBe(after.length);
        expect(invented).toBe(Math.max(0, end - s.length - s.after));
      }),
      { seed, numRuns: 1000 },
    );
  });
  it('say window, dilation, span and padded input when nothing fits', () => {
    const nine = { kernel: 9, dilation: 40 };
    expect(() => slideSizes('maxPool2d', slide({ ...nine, length: 300 }), slide({ ...nine, length: 451 }))).toThrow(
      new RangeError('maxPool2d: a 9 × 9 window with dilation 40 spans 321 pixels, but the padded input is 451 × 300'),
    );
    expect(() => slideSizes('conv2d', slide({ length: 2 }), slide({ length: 5 }))).toThrow(
      new RangeError('conv2d: a 3 × 3 window does not fit, the input is 5 × 2'),
    );
  });
});

describe('taps', () => {
  const read = (mode: PaddingMode) => Array.from(slideTaps(slide({ length: 4, kernel: 1, before: 2, after: 2 }), mode));
  it('lie on nothing in padding of zeros', () => expect(read('zeros')).toEqual([-1, -1, 0, 1, 2, 3, -1, -1]));
  it('mirror without the border pixel in reflect', () => expect(read('reflect')).toEqual([2, 1, 0, 1, 2, 3, 2, 1]));
  it('repeat the border pixel in replicate', () => expect(read('replicate')).toEqual([0, 0, 0, 1, 2, 3, 3, 3]));
  it('come from the other side in circular', () => expect(read('circular')).toEqual([2, 3, 0, 1, 2, 3, 0, 1]));
  it('are listed tap by tap: a dilated kernel of 3 reads every second pixel', () => {
    expect(Array.from(slideTaps(slide({ length: 7, dilation: 2, stride: 2 })))).toEqual([0, 2, 2, 4, 4, 6]);
  });
  it(`never point outside the input, seed ${seed}`, () => {
    fc.assert(
      fc.property(anySlide, (s) => {
        if (slideSize(s).output < 1) return;
        expect(slideTaps(s).every((at) => at >= -1 && at < s.length)).toBe(true);
      }),
      { seed, numRuns: 1000 },
    );
  });
});

describe('clipped lengths', () => {
  it('count padding but not the overhang of ceil mode', () => {
    expect(Array.from(clippedLengths(slide({ length: 7, kernel: 2, stride: 3, ceil: true })))).toEqual([2, 2, 1]);
    expect(Array.from(clippedLengths(slide({ length: 4, kernel: 3, stride: 2, before: 1, after: 1, ceil: true })))).toEqual([
      3, 3, 2,
    ]);
  });
});
