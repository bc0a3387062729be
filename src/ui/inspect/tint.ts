// Colours of cells: pixels as the pictures show them, weights and products on the signed map, each with the ink that is read on it.

import { type ColourMap, colourMap } from '../../image/colourMap';
import { divergingStops } from '../bench/look';
import type { Bench } from '../bench/state';
import { luminance } from '../view/closer';
import type { Side } from '../view/sight';

/** From which value to which colours go; `signed`: zero is in the middle. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly signed: boolean;
}
export interface Tint {
  readonly background: string;
  readonly color: '#000' | '#fff';
}

export const symmetric = (peak: number): Scale => ({ low: -(peak || 1), high: peak || 1, signed: true });

/** The scale of a node: as its picture shows it, or by what is known of its values, or by those that are seen. */
export function scaleOf(bench: Bench, node: number, side: Side, seen: Iterable<number>): Scale {
  const view = (side === 'input' ? bench.input : bench.output).value;
  if (view?.node === node && view.reducedBy === 1) {
    if (view.mapping === 'abs') return symmetric(Math.max(Math.abs(view.min), Math.abs(view.max)));
    return { low: view.low, high: view.high, signed: view.mapping === 'symmetric' };
  }
  if (node < 0) return { low: bench.scene.value.input === 'signed' ? -1 : 0, high: 1, signed: false };
  const report = bench.reports.value.get(node);
  const values = [...seen].filter(Number.isFinite);
  const [low, high] = report ? [report.min, report.max] : [Math.min(0, ...values), Math.max(0, ...values)];
  return low < 0 ? symmetric(Math.max(-low, high)) : { low: Math.min(0, low), high: high || 1, signed: false };
}

/** The largest value of a node that is known of, for the digits of its numbers. */
export function largestOf(bench: Bench, node: number, value: number): number {
  const view = bench.output.value;
  const range = view?.node === node ? view : bench.reports.value.get(node);
  const largest = range ? Math.max(Math.abs(range.min), Math.abs(range.max)) : 0;
  return largest || Math.abs(value);
}

let map: { readonly stops: readonly string[]; readonly colours: ColourMap } | null = null;
function signedMap(): ColourMap {
  const stops = divergingStops();
  if (map?.stops !== stops) map = { stops, colours: colourMap(stops) };
  return map.colours;
}

export function tint(value: number, { low, high, signed }: Scale): Tint | undefined {
  if (Number.isNaN(value)) return undefined;
  const share = Math.max(0, Math.min(1, (value - low) / (high - low || 1)));
  if (!signed) {
    const grey = Math.round(255 * share);
    return inked(grey, grey, grey);
  }
  const { steps, rgb } = signedMap();
  const at = 3 * Math.round(share * (steps - 1));
  return inked(rgb[at]!, rgb[at + 1]!, rgb[at + 2]!);
}

const inked = (r: number, g: number, b: number): Tint => ({
  background: `rgb(${r} ${g} ${b})`,
  color: luminance(r, g, b) > 0.179 ? '#000' : '#fff',
});
