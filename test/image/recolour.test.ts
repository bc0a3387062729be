import { expect, it } from 'vitest';
import { colourMap } from '../../src/image/colourMap';
import { recoloured } from '../../src/image/recolour';

it('colours of a map become those at their places in another one, others stay', () => {
  const [from, to] = [colourMap(['#ff0000', '#00ff00', '#0000ff']), colourMap(['#202020', '#808080', '#ffffff'])];
  const rgba = Uint8ClampedArray.of(255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 0, 255, 255);
  const { width, height, rgba: other } = recoloured({ width: 2, height: 2, rgba }, from, to);
  expect([width, height]).toEqual([2, 2]);
  expect([...other]).toEqual([32, 32, 32, 255, 128, 128, 128, 255, 255, 255, 255, 255, 255, 0, 255, 255]);
  expect(rgba[0]).toBe(255);
});
