// What is behind a drawing: exact values of some pixels with the colours in which they are drawn.

import type { Area } from '../../worker/api';
import type { Bench } from '../bench/state';
import type { Sight } from './sight';

/** Values of an area, [C, height, width], and RGBA of each of its pixels. */
export interface Closer {
  readonly area: Area;
  readonly channels: number;
  readonly values: Float32Array;
  readonly rgba: Uint8ClampedArray;
}

/** Null where there are no exact values (any more). */
export async function closerLook(bench: Bench, sight: Sight, area: Area): Promise<Closer | null> {
  const wanted = sight.wanted();
  const [cells, region] = await Promise.all([
    bench.query((studio) => studio.cells(wanted.node, area)),
    bench.query((studio) => studio.region(wanted, area, 1)),
  ]);
  return cells && region && { ...cells, rgba: region.drawing.rgba };
}

export const holds = (outer: Area, inner: Area): boolean =>
  outer.left <= inner.left &&
  outer.top <= inner.top &&
  outer.left + outer.width >= inner.left + inner.width &&
  outer.top + outer.height >= inner.top + inner.height;

/** Larger on every side by a share of its size, at least by a pixel, and cut to the plane. */
export function widened({ left, top, width, height }: Area, share: number, plane: { width: number; height: number }): Area {
  const [dx, dy] = [Math.ceil(width * share) + 1, Math.ceil(height * share) + 1];
  return cutTo({ left: left - dx, top: top - dy, width: width + 2 * dx, height: height + 2 * dy }, plane);
}
export function cutTo({ left, top, width, height }: Area, plane: { width: number; height: number }): Area {
  const [x, y] = [Math.max(0, left), Math.max(0, top)];
  return { left: x, top: y, width: Math.min(plane.width, left + width) - x, height: Math.min(plane.height, top + height) - y };
}

/** The value of a pixel in some of its channels; of several, their mean. */
export function valueAt({ area, values }: Closer, x: number, y: number, channels: readonly number[]): number {
  const plane = area.width * area.height;
  const at = (y - area.top) * area.width + (x - area.left);
  return channels.reduce((sum, c) => sum + values[c * plane + at]!, 0) / channels.length;
}

/** Black or white, whichever contrasts more with the colour of a pixel. */
export function inkOn({ area, rgba }: Closer, x: number, y: number): '#000' | '#fff' {
  const at = 4 * ((y - area.top) * area.width + (x - area.left));
  return luminance(rgba[at]!, rgba[at + 1]!, rgba[at + 2]!) > 0.179 ? '#000' : '#fff';
}
export function colourOf({ area, rgba }: Closer, x: number, y: number): string {
  const at = 4 * ((y - area.top) * area.width + (x - area.left));
  return `rgb(${rgba[at]} ${rgba[at + 1]} ${rgba[at + 2]})`;
}

/** Relative luminance after WCAG 2. */
export const luminance = (r: number, g: number, b: number): number =>
  0.2126 * linear[r]! + 0.7152 * linear[g]! + 0.0722 * linear[b]!;
const linear = Float64Array.from({ length: 256 }, (_, byte) => {
  const s = byte / 255;
  return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
});

/** A value in the room of a cell, four signs or little more: `.44`, `−.18`, `12.1`, `2e5`. */
export function cellNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  const sign = value < 0 ? '−' : '';
  const size = Math.abs(value);
  if (size === Number.POSITIVE_INFINITY) return `${sign}∞`;
  if (size === 0) return '0';
  if (size < 0.0005) return sign + brief(size);
  if (size < 0.9995) return sign + size.toFixed(size < 0.0095 ? 3 : 2).replace(/^0/, '');
  if (size < 9.995) return sign + size.toFixed(2);
  if (size < 99.95) return sign + size.toFixed(1);
  if (size < 9999.5) return sign + size.toFixed(0);
  return sign + brief(size);
}
const brief = (size: number): string => size.toExponential(0).replace('+', '').replace('-', '−');
