import type { Tensor, Values } from '../../core/tensor';
import type { Breath } from '../breath';
import { parseStops } from '../colourMap';
import type { Paint } from '../display';
import { type Brush, INFINITE, NOT_A_NUMBER } from '../draw';
import type { Samples } from '../png/write';

/** Red, green and blue of what a brush draws, or red alone where all three are the same. */
export function bytesOf(brush: Brush, colours: 1 | 3): Samples {
  return async (top, count) => {
    const rgba = await brush(top, count);
    const samples = new Uint8Array((rgba.length / 4) * colours);
    if (colours === 1) for (let i = 0; i < samples.length; i++) samples[i] = rgba[4 * i]!;
    else pack(rgba, samples);
    return samples;
  };
}

function pack(rgba: Uint8ClampedArray, samples: Uint8Array): void {
  for (let i = 0, p = 0; i < rgba.length; i += 4) {
    samples[p++] = rgba[i]!;
    samples[p++] = rgba[i + 1]!;
    samples[p++] = rgba[i + 2]!;
  }
}

/** One grey is enough: one channel, no colour map, and no value that has a colour of its own. */
export async function isGrey(x: Tensor, { channels, mapping }: Paint, breath: Breath): Promise<boolean> {
  if (channels.length !== 1 || mapping === 'symmetric') return false;
  const plane = (x.shape[2] ?? 1) * (x.shape[3] ?? 1);
  const [from, end] = [channels[0]! * plane, (channels[0]! + 1) * plane];
  for (let at = from; at < end; at += PIECE) {
    if (!finite(x, at, Math.min(at + PIECE, end))) return false;
    if (breath.due()) await breath.rest();
  }
  return true;
}

const PIECE = 2 ** 20;

function finite({ data }: Tensor, from: number, to: number): boolean {
  let sum = 0;
  for (let i = from; i < to; i++) sum += data[i]! * 0;
  return sum === 0;
}

const MOST = 65535;

/**
 * The first item of [N, C, H, W] in 16 bits: mapped as `draw` maps it, and rounded 257 times finer. The colour map is mixed anew for every value
 * rather than looked up.
 */
export function wordsOf(x: Tensor, paint: Paint, stops: readonly string[], colours: 1 | 3, breath: Breath): Samples {
  const [height, width] = [x.shape[2] ?? 1, x.shape[3] ?? 1];
  const { mapping, channels, low, high } = paint;
  const span = high - low;
  const scale = span > 0 ? 1 / span : 0;
  const offset = span > 0 ? -low / span : 0.5;
  const affine = { scale, offset, magnitude: mapping === 'abs' };
  const map = mapping === 'symmetric' ? mixing(stops) : null;
  const places = new Float64Array(width);
  const sums = new Float64Array(width);
  return async (top, count) => {
    const bytes = new Uint8Array(2 * colours * width * count);
    for (let y = 0; y < count; y++) {
      const at = 2 * colours * width * y;
      sums.fill(0);
      for (const [lane, c] of channels.entries()) {
        // Asked anew for every row: memory of the fast engine moves when it grows.
        placed(x.data, (c * height + top + y) * width, affine, places);
        if (map) for (let i = 0; i < width; i++) sums[i]! += places[i]!;
        else if (colours === 1) words(places, bytes, at, 2);
        else for (const l of channels.length === 3 ? [lane] : [0, 1, 2]) words(places, bytes, at + 2 * l, 6);
      }
      if (map) for (let i = 0; i < width; i++) map(sums[i]! / channels.length, bytes, at + 6 * i);
      if (colours === 3) strange(x, channels, (top + y) * width, bytes, at);
      if (breath.due()) await breath.rest();
    }
    return bytes;
  };
}

interface Affine {
  readonly scale: number;
  readonly offset: number;
  readonly magnitude: boolean;
}

/** Places of a row's values on the scale, 0 to 1. */
function placed(data: Values, from: number, { scale, offset, magnitude }: Affine, places: Float64Array): void {
  for (let i = 0; i < places.length; i++) {
    const v = data[from + i]!;
    places[i] = Math.min(1, Math.max(0, (magnitude ? Math.abs(v) : v) * scale + offset));
  }
}

/** Writes places as 16 bits, the high byte first, every `step` bytes. */
function words(places: Float64Array, bytes: Uint8Array, at: number, step: number): void {
  for (let i = 0; i < places.length; i++, at += step) {
    const word = (places[i]! * MOST + 0.5) | 0;
    bytes[at] = word >> 8;
    bytes[at + 1] = word;
  }
}

/** Gives pixels with a value that is none their own colour, as `draw` does. */
function strange({ shape, data }: Tensor, channels: readonly number[], row: number, bytes: Uint8Array, at: number): void {
  const [plane, width] = [(shape[2] ?? 1) * (shape[3] ?? 1), shape[3] ?? 1];
  for (let i = 0; i < width; i++) {
    let sum = 0;
    for (let n = 0; n < channels.length; n++) sum += data[channels[n]! * plane + row + i]! * 0;
    if (sum === 0) continue;
    const colour = channels.some((c) => Number.isNaN(data[c * plane + row + i])) ? NOT_A_NUMBER : INFINITE;
    for (let l = 0; l < 3; l++) bytes.fill(colour[l]!, at + 6 * i + 2 * l, at + 6 * i + 2 * l + 2);
  }
}

/** Writes the colour at 0..1 between the stops, mixed linearly in stored sRGB. */
function mixing(stops: readonly string[]): (t: number, bytes: Uint8Array, at: number) => void {
  const colours = parseStops(stops);
  return (t, bytes, at) => {
    const place = t * (colours.length - 1);
    // What is no number gets its own colour afterwards.
    const left = Math.min(Math.floor(place) || 0, colours.length - 2);
    const part = place - left;
    const [a, b] = [colours[left]!, colours[left + 1]!];
    for (let l = 0; l < 3; l++) {
      const word = (257 * (a[l]! + (b[l]! - a[l]!) * part) + 0.5) | 0;
      bytes[at + 2 * l] = word >> 8;
      bytes[at + 2 * l + 1] = word;
    }
  };
}
