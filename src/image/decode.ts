import type { Tensor } from '../core/tensor';
import { Breath } from './breath';
import { CannotOpen, reasonOf } from './cannotOpen';
import { canvasIsTrue, decodeByCanvas } from './canvasDecode';
import { type Header, HeaderError, nameOf, readHeader, shownSize } from './header';
import { jpegEnds } from './headers/jpeg';
import { overLimit, shrunk } from './limits';
import { type Hold, Planes } from './planes';
import { type PngChunks, readChunks } from './png/chunks';
import { frameOf, placeFrame } from './png/native';
import { readPng } from './png/read';

export interface DecodeOptions {
  /** A whole factor: cells of `shrink` x `shrink` pixels are averaged while reading. */
  readonly shrink?: number;
  /** The person agreed to more than 24 megapixels. */
  readonly large?: boolean;
  readonly signal?: AbortSignal;
  /** All of the blob, where it was read already. */
  readonly bytes?: ArrayBuffer | undefined;
  /** Where the values go; a plain array without it. Asked when the size is known and allowed. */
  readonly memory?: (() => Promise<Memory | null>) | undefined;
}

/** Memory of the caller's for decoded values. */
export interface Memory {
  /** Why a picture of that size does not fit, as a sentence for people, or null. */
  refusal(width: number, height: number): string | null;
  hold: Hold;
  release(tensor: Tensor): void;
  /** Puts RGBA8 pixels into [1, 3, H, W] from pixel `at` on, laid on white where they are transparent; answers whether any was. */
  place?(rgba: Uint8ClampedArray, into: Tensor, at: number): Promise<boolean>;
}
export interface Decoded {
  /** float32 [1, 3, H, W] (of an array of NumPy as many channels as that has), stored values 0..1, turned as EXIF says, transparent parts on white. */
  readonly tensor: Tensor<Float32Array>;
  /** What a person should know about it, as sentences. */
  readonly notes: readonly string[];
}

/**
 * Pixels as a tensor: PNG by the browser where it gives the very values that are stored, else by our own reader (exact for alpha and 16 bits);
 * never through a canvas. The rest by the browser.
 * @throws CannotOpen with a reason and a sentence; the signal's reason when aborted.
 */
export async function decode(blob: Blob, options: DecodeOptions = {}): Promise<Decoded> {
  const { shrink = 1, signal } = options;
  if (!Number.isInteger(shrink) || shrink < 1) {
    throw new CannotOpen('broken', `A picture is reduced by a whole factor of 1 or more, received ${shrink}.`);
  }
  const breath = new Breath(signal);
  const { header, data } = await headerOf(blob, options.bytes);
  const whole = async () => data ?? bytesOf(blob);
  const name = nameOf(header.kind);
  if (header.width <= 0 || header.height <= 0) {
    throw new CannotOpen('broken', `This ${name} is ${header.width} × ${header.height}; at least 1 × 1 is expected.`);
  }
  const size = shownSize(header);
  const over = overLimit(size.width, size.height, options);
  if (over !== null) throw new CannotOpen(over.reason, over.message, over);
  if (header.kind === 'svg')
    throw new CannotOpen('svg', 'This is an SVG drawing; pixels are expected. It is drawn by the page first.');
  if (header.kind === 'jpeg' && !jpegEnds(await whole())) {
    throw new CannotOpen(
      'broken',
      `This JPEG ends early: an end mark is expected after its pixels, received ${blob.size} bytes without one.`,
    );
  }
  signal?.throwIfAborted();
  if (header.kind === 'npy') {
    const { readNpy } = await import('./npy/read');
    return readNpy(await whole(), shrink, breath, (await options.memory?.()) ?? plain);
  }
  const png = header.kind === 'png' ? readChunks(await whole()) : null;
  const asStored = shrink === 1 && header.orientation === 1;
  // The browser decodes while memory is made.
  const frame = png && asStored && options.memory ? frameOf(png) : null;
  const [width, height] = [shrunk(size.width, shrink), shrunk(size.height, shrink)];
  try {
    const memory = (await options.memory?.()) ?? plain;
    const refusal = memory.refusal(width, height);
    if (refusal !== null) throw new CannotOpen('tooLarge', refusal);
    const { tensor, transparent } = png
      ? await decodePng(png, await frame, header, shrink, breath, memory)
      : await decodeByCanvas(blob, header, shrink, breath, memory);
    return { tensor, notes: notesOn(header, shrink, transparent) };
  } finally {
    void frame?.then((made) => made?.close());
  }
}

const plain: Memory = {
  refusal: () => null,
  hold: (shape) => ({ shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) }),
  release: () => undefined,
};

async function decodePng(
  png: PngChunks,
  frame: VideoFrame | null,
  header: Header,
  shrink: number,
  breath: Breath,
  memory: Memory,
): Promise<Decoded & { transparent: boolean }> {
  await breath.rest();
  const planes = new Planes(header.width, header.height, header.orientation, shrink, memory.hold);
  try {
    const placed = frame && memory.place ? await placeFrame(frame, png, memory.place, planes.into, breath) : null;
    const { transparent } = placed ?? (await readPng(png, (y, rgb, count, x0, dx) => planes.row(y, rgb, count, x0, dx), breath));
    return { tensor: planes.finish(), notes: [], transparent };
  } catch (error) {
    memory.release(planes.into);
    throw error;
  }
}

/** A larger file is not read whole before its header is known. */
const SMALL_FILE = 2 ** 24;
const FIRST = 2 ** 18;

/** Header from the first bytes, or from all of them where the file is small or its metadata long: then those are `data`. */
async function headerOf(blob: Blob, bytes?: ArrayBuffer): Promise<{ header: Header; data: Uint8Array<ArrayBuffer> | null }> {
  try {
    if (!bytes && blob.size > SMALL_FILE) {
      try {
        return { header: readHeader(await bytesOf(blob.slice(0, FIRST))), data: null };
      } catch (error) {
        if (!(error instanceof HeaderError) || error.problem !== 'short') throw error;
      }
    }
    const data = bytes ? new Uint8Array(bytes) : await bytesOf(blob);
    return { header: readHeader(data), data };
  } catch (error) {
    if (error instanceof HeaderError) throw new CannotOpen(reasonOf[error.problem], error.message);
    throw error;
  }
}

async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch {
    throw new CannotOpen('broken', `The file can no longer be read: ${blob.size} bytes are expected, received none.`);
  }
}

function notesOn(header: Header, shrink: number, transparent: boolean): string[] {
  const notes: string[] = [];
  if (header.animated === true) notes.push('Animated: this is the first frame.');
  if (transparent) notes.push('Transparent parts are laid on white.');
  if (header.bitDepth > 8) {
    notes.push(
      header.kind === 'png' ? `${header.bitDepth} bits per channel, kept.` : `${header.bitDepth} bits per channel, read as 8.`,
    );
  }
  if (shrink > 1) notes.push(`Reduced to 1/${shrink} of its size.`);
  if (header.kind !== 'png' && !canvasIsTrue())
    notes.push('This browser alters pixels to hinder tracking: values may be off by a level or two.');
  return notes;
}
