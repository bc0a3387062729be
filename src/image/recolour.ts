import type { ColourMap } from './colourMap';
import type { Drawing } from './draw';

/** The same drawing under another map: each colour of `from` becomes the one at its place in `to`, any other stays. */
export function recoloured({ width, height, rgba }: Drawing, from: ColourMap, to: ColourMap): Drawing {
  const places = new Map<number, number>();
  for (let i = 0; i < from.steps; i++) {
    const colour = packed(from.rgb, 3 * i);
    if (!places.has(colour)) places.set(colour, 3 * Math.round((i / (from.steps - 1)) * (to.steps - 1)));
  }
  const other = rgba.slice();
  for (let p = 0; p < other.length; p += 4) {
    const at = places.get(packed(rgba, p));
    if (at !== undefined) other.set(to.rgb.subarray(at, at + 3), p);
  }
  return { width, height, rgba: other };
}

const packed = (bytes: ArrayLike<number>, at: number): number =>
  ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
