import { describe, expect, it } from 'vitest';
import { floatingAt } from '../../../src/ui/parts/floating';

const window = { width: 1000, height: 800 };
const box = { width: 300, height: 400 };
const anchor = { left: 20, right: 220, top: 100, bottom: 130 };
const plain = { anchor, box, window, turned: false, beside: false };

describe('a box that floats', () => {
  it('hangs below what opened it, at its start', () => {
    expect(floatingAt(plain)).toMatchObject({ left: 20, top: 134 });
    expect(floatingAt({ ...plain, anchor: { ...anchor, left: 500, right: 700 }, turned: true })).toMatchObject({ left: 400 });
  });
  it('lies above where there is more room', () => {
    expect(floatingAt({ ...plain, anchor: { ...anchor, top: 700, bottom: 730 } })).toMatchObject({ top: 296 });
  });
  it('stays inside the window', () => {
    expect(floatingAt({ ...plain, anchor: { ...anchor, left: 900, right: 990 } }).left).toBe(692);
    expect(floatingAt({ ...plain, anchor: { ...anchor, left: -50, right: 10 } }).left).toBe(8);
  });
  it('is cut where neither side has room for all of it', () => {
    const { top, room } = floatingAt({
      ...plain,
      box: { width: 300, height: 900 },
      anchor: { ...anchor, top: 300, bottom: 330 },
    });
    expect(top).toBe(334);
    expect(top + room).toBeLessThanOrEqual(window.height - 8);
  });
  it('lies beside what opened it where that is wanted and fits, else below', () => {
    expect(floatingAt({ ...plain, beside: true })).toMatchObject({ left: 224, top: 100 });
    expect(floatingAt({ ...plain, beside: true, anchor: { ...anchor, top: 700, bottom: 730 } })).toMatchObject({
      left: 224,
      top: 392,
    });
    expect(floatingAt({ ...plain, beside: true, window: { width: 420, height: 800 } })).toMatchObject({ left: 20, top: 134 });
    const right = { ...anchor, left: 780, right: 980 };
    expect(floatingAt({ ...plain, beside: true, turned: true, anchor: right })).toMatchObject({ left: 476, top: 100 });
  });
});
