import { type Bytes, HeaderError } from './bytes';
import type { Header } from './header';

/** What a .npy file says of its values (NEP 1). */
export interface NpyHeader {
  /** `<f4`: order of bytes, kind and bytes of one value. */
  readonly descr: string;
  /** The first axis is the fastest. */
  readonly fortran: boolean;
  readonly shape: readonly number[];
  /** Where values start. */
  readonly offset: number;
}

export const npyMagic = '\x93NUMPY';
/** A header says three things; more is no header. */
const longest = 2 ** 16;

/** @throws HeaderError */
export function readNpyHeader(bytes: Bytes): NpyHeader {
  const major = bytes.u8(6);
  if (major < 1 || major > 3) throw broken(`version 1, 2 or 3 is expected, received ${major}`);
  const [start, length] = major === 1 ? [10, bytes.le16(8)] : [12, bytes.le32(8)];
  if (length > longest) throw broken(`a header of at most ${longest} bytes is expected, received ${length}`);
  bytes.u8(start + length - 1);
  const words = bytes.text(start, length);
  const [, descr] = /'descr'\s*:\s*'([^']{1,40})'/.exec(words) ?? [];
  const [, fortran] = /'fortran_order'\s*:\s*(True|False)/.exec(words) ?? [];
  const [, shape] = /'shape'\s*:\s*\(([\d,\sL]*)\)/.exec(words) ?? [];
  if (descr === undefined || fortran === undefined || shape === undefined)
    throw broken(`one kind of numbers, fortran_order and shape are expected, received ${words.trim().slice(0, 80)}`);
  const axes = shape.split(',').map((axis) => axis.replace('L', '').trim());
  return {
    descr,
    fortran: fortran === 'True',
    shape: axes.filter((axis) => axis !== '').map(Number),
    offset: start + length,
  };
}

/** How the axes of an array are read as a picture. */
export interface NpyAxes {
  /** Pictures of a batch, of which the first is taken. */
  readonly items: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly last: boolean;
}

/** Two axes are rows and columns; of three, the first or the last is the channels; of four, the first is the batch. @throws HeaderError */
export function npyAxes(shape: readonly number[]): NpyAxes {
  const extra = shape.slice(0, -4);
  const inner = shape.slice(-4);
  if (inner.length < 2 || extra.some((axis) => axis !== 1))
    throw new HeaderError('broken', `This NPY has the shape (${shape.join(', ')}); a picture of 2 to 4 axes is expected.`);
  const [a = 1, b = 1, c = 1] = inner.slice(-3);
  if (inner.length === 2) return { items: 1, channels: 1, height: a, width: b, last: false };
  const colours = (axis: number): boolean => axis === 1 || axis === 3 || axis === 4;
  const last = colours(a) ? c === 3 && a !== 3 : colours(c) || c < a;
  const [channels, height, width] = last ? [c, a, b] : [a, b, c];
  return { items: inner.length === 4 ? inner[0]! : 1, channels, height, width, last };
}

export function npyHeader(bytes: Bytes): Header {
  const { descr, shape } = readNpyHeader(bytes);
  const { width, height } = npyAxes(shape);
  const size = Number(/\d+$/.exec(descr)?.[0] ?? 1);
  return { kind: 'npy', width, height, orientation: 1, bitDepth: 8 * size, alpha: false, animated: false };
}

const broken = (what: string): HeaderError => new HeaderError('broken', `This NPY is broken: ${what}.`);
