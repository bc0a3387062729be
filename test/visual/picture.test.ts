import { readdirSync } from 'node:fs';
import { encode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { computed, drawn, type Picture, pictureOf, unlike } from '../e2e/support/picture';

const grey = (width: number, height: number, value: number): Picture => ({
  width,
  height,
  data: new Uint8Array(width * height * 3).fill(value),
});
/** The first `count` pixels differ by `by` in one channel. */
function changed(picture: Picture, count: number, by: number): Picture {
  const data = Uint8Array.from(picture.data);
  for (let i = 0; i < count; i++) data[3 * i + (i % 3)]! += by;
  return { ...picture, data };
}
const x = grey(20, 10, 100);

describe('whether two pictures look the same', () => {
  test('a picture is alike itself', () => expect(unlike(x, x, { channel: 0, share: 0 })).toBeNull());

  test('one pixel that is further away than the tolerance is found, whichever channel it is in', () => {
    for (const sign of [1, -1]) {
      expect(unlike(changed(x, 1, 2 * sign), x, computed)).toBeNull();
      expect(unlike(changed(x, 1, 3 * sign), x, computed)).toBe(
        '1 of 200 pixels differ by more than 2, the most by 3; at most 0 may',
      );
    }
  });

  test('a share of the pixels may differ, and not one more', () => {
    expect(unlike(changed(x, 4, 100), x, drawn)).toBeNull();
    expect(unlike(changed(x, 5, 100), x, drawn)).toBe('5 of 200 pixels differ by more than 24, the most by 100; at most 4 may');
  });

  test('another size is another picture, however alike its pixels are', () =>
    expect(unlike(grey(10, 20, 100), x, drawn)).toBe('expected 20 x 10, received 10 x 20'));

  test('a picture that is shifted by two pixels or has another colour map is another picture', () => {
    const stripes = (shift: number, channel: number): Picture => ({
      ...x,
      data: x.data.map((_, i) => (i % 3 === channel && Math.floor(i / 3 + shift) % 4 < 2 ? 255 : 0)),
    });
    expect(unlike(stripes(2, 0), stripes(0, 0), drawn)).not.toBeNull();
    expect(unlike(stripes(0, 1), stripes(0, 0), drawn)).not.toBeNull();
  });

  test('what is transparent in a PNG lies on white', () => {
    const png = encode({ width: 2, height: 1, channels: 4, depth: 8, data: Uint8Array.of(10, 20, 30, 255, 10, 20, 30, 0) });
    expect([...pictureOf(png).data]).toEqual([10, 20, 30, 255, 255, 255]);
  });

  test('at least 20 pictures are kept, light and dark ones among them', () => {
    const kept = readdirSync(new URL('../e2e/visual', import.meta.url)).filter((name) => name.endsWith('.png'));
    expect(kept.length).toBeGreaterThanOrEqual(20);
    for (const scheme of ['light', 'dark']) expect(kept.filter((name) => name.includes(`-${scheme}`)).length).toBeGreaterThan(4);
  });
});
