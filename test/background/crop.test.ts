import { describe, expect, it } from 'vitest';
import { cropBox } from '../../src/background/crop';

const viewport = { width: 1000, height: 500 };

describe('the part of a screenshot under an element', () => {
  it('is its own rectangle at one pixel per CSS pixel', () =>
    expect(cropBox({ x: 10, y: 20, width: 30, height: 40 }, viewport, viewport)).toEqual({
      x: 10,
      y: 20,
      width: 30,
      height: 40,
    }));
  it('scales with the screenshot, whatever zoom and pixel ratio made it larger', () =>
    expect(cropBox({ x: 10, y: 20, width: 30, height: 40 }, viewport, { width: 1500, height: 750 })).toEqual({
      x: 15,
      y: 30,
      width: 45,
      height: 60,
    }));
  it('ends where the screenshot ends', () =>
    expect(cropBox({ x: -5, y: 480, width: 20, height: 40 }, viewport, viewport)).toEqual({
      x: 0,
      y: 480,
      width: 15,
      height: 20,
    }));
  it('is nothing for an element outside', () =>
    expect(cropBox({ x: 1200, y: 0, width: 20, height: 40 }, viewport, viewport)).toBeNull());
});
