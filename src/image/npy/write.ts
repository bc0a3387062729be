import type { Tensor } from '../../core/tensor';
import type { Breath } from '../breath';

/** Values of a piece; a piece is copied at once. */
const PIECE = 2 ** 18;

/**
 * A tensor as NumPy stores it (NEP 1, version 1.0): float32, least byte first, the last axis fastest. Every bit of every value is kept.
 * `progress` hears how much is written, 0 to 1.
 */
export async function writeNpy(x: Tensor<Float32Array>, breath: Breath, progress?: (done: number) => void): Promise<Blob> {
  const size = x.data.length;
  // Blobs of pieces: the browser may keep them outside of this process's memory.
  const parts: Blob[] = [new Blob([npyHeader(x.shape)])];
  for (let at = 0; at < size; at += PIECE) {
    parts.push(new Blob([littleEndian(x.data.slice(at, at + PIECE))]));
    progress?.(Math.min(1, (at + PIECE) / size));
    await breath.rest();
  }
  return new Blob(parts, { type: 'application/octet-stream' });
}

/** Magic, version 1.0, length, and a Python dictionary padded with spaces so that values start at a multiple of 64 bytes. */
export function npyHeader(shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const words = `{'descr': '<f4', 'fortran_order': False, 'shape': (${tuple}), }`;
  const length = 64 * Math.ceil((10 + words.length + 1) / 64);
  const text = `\x93NUMPY\x01\x00\0\0${words.padEnd(length - 11)}\n`;
  const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  new DataView(bytes.buffer).setUint16(8, length - 10, true);
  return bytes;
}

/** Bytes that the file takes. */
export const npyBytes = (shape: readonly number[]): number => npyHeader(shape).length + 4 * shape.reduce((n, d) => n * d, 1);

/** The values of a copy as they lie in a file. */
function littleEndian(values: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> | DataView<ArrayBuffer> {
  if (new Uint8Array(Uint16Array.of(1).buffer)[0] === 1) return values;
  const view = new DataView(new ArrayBuffer(values.byteLength));
  values.forEach((v, i) => void view.setFloat32(4 * i, v, true));
  return view;
}
