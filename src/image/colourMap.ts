/** Bytes R, G, B of `steps` colours from the first stop to the last, evenly spaced, mixed linearly in stored sRGB. */
export interface ColourMap {
  readonly steps: number;
  readonly rgb: Uint8Array;
}

/** Odd, so that zero of a symmetric scale is exactly the middle stop. */
const STEPS = 511;

/** @throws RangeError unless there are at least two stops, each `#rrggbb`. */
export function colourMap(stops: readonly string[]): ColourMap {
  const colours = parseStops(stops);
  const rgb = new Uint8Array(3 * STEPS);
  for (let i = 0; i < STEPS; i++) {
    const at = (i / (STEPS - 1)) * (colours.length - 1);
    const left = Math.min(Math.floor(at), colours.length - 2);
    for (let c = 0; c < 3; c++) {
      const [a, b] = [colours[left]![c]!, colours[left + 1]![c]!];
      rgb[3 * i + c] = Math.round(a + (b - a) * (at - left));
    }
  }
  return { steps: STEPS, rgb };
}

/** Red, green and blue of every stop, 0 to 255. @throws RangeError as `colourMap` does. */
export function parseStops(stops: readonly string[]): readonly (readonly [number, number, number])[] {
  if (stops.length < 2) throw new RangeError(`A colour map needs at least 2 colours, received ${stops.length}.`);
  return stops.map(parseHex);
}

function parseHex(stop: string): [number, number, number] {
  const hex = /^\s*#([0-9a-f]{6})\s*$/i.exec(stop)?.[1];
  if (hex === undefined) throw new RangeError(`A colour is written #rrggbb, received ${JSON.stringify(stop)}.`);
  const n = Number.parseInt(hex, 16);
  return [n >> 16, (n >> 8) & 255, n & 255];
}
