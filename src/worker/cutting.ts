import { Breath } from '../image/breath';
import { type Box, cut } from '../image/cut';
import { decode } from '../image/decode';
import { readHeader, shownSize } from '../image/header';
import { shrunk } from '../image/limits';
import { depthOf, exactPng } from '../image/png/exact';
import { type Method, resampled } from '../image/resample';

/** What to make of a picture. */
export interface Cutting {
  /** The size at which it is open, so that a picture opened reduced is cut reduced. */
  readonly shown: { readonly width: number; readonly height: number };
  readonly box: Box;
  /** Null: the pixels stay as they are. */
  readonly size: { readonly width: number; readonly height: number; readonly method: Method } | null;
}

/** Cuts a part out of a picture and brings it to a size: a PNG with the stored values where only cut, rounded to the picture's own depth where resized. */
export async function cutting(blob: Blob, { shown, box, size }: Cutting): Promise<Blob> {
  const { tensor } = await decode(blob, { large: true, shrink: await factorOf(blob, shown) });
  const channels = tensor.shape[1] ?? 1;
  if (channels !== 3) throw new RangeError(`A picture of 3 channels is expected to be cut, received ${channels}.`);
  const part = cut(tensor, box);
  const depth = depthOf(part);
  const breath = new Breath();
  if (size === null || (size.width === box.width && size.height === box.height)) return exactPng(part, depth, breath);
  return exactPng(await resampled(part, size.width, size.height, size.method, breath), depth, breath);
}

/** The whole factor at which a picture is shown: 1, or what the person chose for a large one. */
async function factorOf(blob: Blob, { width, height }: Cutting['shown']): Promise<number> {
  const own = shownSize(readHeader(new Uint8Array(await blob.arrayBuffer())));
  for (let k = 1; shrunk(own.width, k) >= width; k++) {
    if (shrunk(own.width, k) === width && shrunk(own.height, k) === height) return k;
  }
  throw new RangeError(`A picture of ${width} × ${height} is expected, received ${own.width} × ${own.height}.`);
}
