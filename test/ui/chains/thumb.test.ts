import { expect, it } from 'vitest';
import { shrunk } from '../../../src/ui/chains/thumb';

/** A drawing whose red is the column and whose green is the row, scaled to 255. */
function ramp(width: number, height: number) {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    rgba.set([((i % width) * 255) / (width - 1), (Math.floor(i / width) * 255) / (height - 1), 7, 255], i * 4);
  }
  return { rgba, width, height };
}

it('a small copy keeps the shape and what lies where', () => {
  const small = shrunk(ramp(400, 200), 20);
  expect([small.width, small.height]).toEqual([20, 10]);
  const pixel = (x: number, y: number) => [...small.rgba.slice((y * 20 + x) * 4, (y * 20 + x) * 4 + 4)];
  // The middle of the pixel in the ramp.
  for (const [x, y] of [
    [0, 0],
    [19, 0],
    [7, 9],
    [12, 4],
  ] as const) {
    const [red = 0, green = 0, blue, alpha] = pixel(x, y);
    expect(Math.abs(red - ((x + 0.5) / 20) * 255)).toBeLessThan(3);
    expect(Math.abs(green - ((y + 0.5) / 10) * 255)).toBeLessThan(3);
    expect([blue, alpha]).toEqual([7, 255]);
  }
});
it('what is small already stays as it is', () => {
  const drawing = ramp(5, 3);
  expect(shrunk(drawing, 20)).toEqual(drawing);
});
it('a line of pixels keeps at least one', () => expect(shrunk(ramp(2000, 2), 20)).toMatchObject({ width: 20, height: 1 }));
