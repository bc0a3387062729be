import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centred, cut } from '../../src/image/cut';

const seed = 11;
/** Every value says where it is: channel, row, column. */
const counted = (height: number, width: number) => ({
  shape: [1, 3, height, width],
  data: Float32Array.from({ length: 3 * height * width }, (_, i) => i),
});

describe('cut', () => {
  it(`gives every value of the box from its own place (seed ${seed})`, () => {
    const cases = fc
      .record({ w: fc.integer({ min: 1, max: 20 }), h: fc.integer({ min: 1, max: 20 }) })
      .chain(({ w, h }) =>
        fc.record({
          w: fc.constant(w),
          h: fc.constant(h),
          x: fc.integer({ min: 0, max: w - 1 }),
          y: fc.integer({ min: 0, max: h - 1 }),
        }),
      )
      .chain(({ w, h, x, y }) =>
        fc.record({
          w: fc.constant(w),
          h: fc.constant(h),
          box: fc.record({
            x: fc.constant(x),
            y: fc.constant(y),
            width: fc.integer({ min: 1, max: w - x }),
            height: fc.integer({ min: 1, max: h - y }),
          }),
        }),
      );
    fc.assert(
      fc.property(cases, ({ w, h, box }) => {
        const part = cut(counted(h, w), box);
        expect(part.shape).toEqual([1, 3, box.height, box.width]);
        for (let c = 0; c < 3; c++) {
          for (let i = 0; i < box.height; i++) {
            for (let j = 0; j < box.width; j++) {
              expect(part.data[(c * box.height + i) * box.width + j]).toBe((c * h + box.y + i) * w + box.x + j);
            }
          }
        }
      }),
      { seed, numRuns: 100 },
    );
  });

  it.each([
    { x: 5, y: 0, width: 6, height: 1 },
    { x: -1, y: 0, width: 2, height: 2 },
    { x: 0, y: 0, width: 0, height: 2 },
    { x: 0.5, y: 0, width: 2, height: 2 },
  ])('refuses a box that is not within the picture, with the numbers: %o', (box) => {
    expect(() => cut(counted(8, 10), box)).toThrow(`within 10 × 8 is expected, received ${box.width} × ${box.height}`);
  });
});

describe('centred', () => {
  it.each([
    [600, 400, 1, { x: 100, y: 0, width: 400, height: 400 }],
    [451, 300, 1, { x: 75, y: 0, width: 300, height: 300 }],
    [300, 600, 2, { x: 0, y: 225, width: 300, height: 150 }],
    [1, 9, 1, { x: 0, y: 4, width: 1, height: 1 }],
  ] as const)('%d × %d in ratio %d is the largest box in the middle', (width, height, ratio, box) =>
    expect(centred(width, height, ratio)).toEqual(box),
  );
});
