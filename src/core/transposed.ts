// Where the stamps of a transposed convolution fall: the tables of the convolution that it turns round.

import { shown } from './parse';
import type { Pair } from './schema';
import { imageAxes, type Shape, sizeOf } from './tensor';
import { extent, type Slide, slideTaps } from './window';

/** Parameters of a transposed convolution. */
export interface Transposing {
  readonly stride: Pair;
  readonly padding: Pair;
  readonly outputPadding: Pair;
  readonly dilation: Pair;
  readonly groups: number;
}
export interface TransposedShapes {
  readonly x: Shape;
  readonly weight: Shape;
  readonly bias: Shape;
}

/** Every number of its shape. @throws RangeError when input, kernel and parameters do not fit together. */
export function transposedFrame({ x, weight, bias }: TransposedShapes, p: Transposing) {
  const [n, c, h, w] = imageAxes('convTranspose2d', x);
  if (c % p.groups !== 0)
    throw new RangeError(`convTranspose2d: groups must divide the ${c} channels of the input, received ${p.groups}`);
  const [wc, perOutput = 0, kh = 0, kw = 0] = weight;
  if (weight.length !== 4 || sizeOf(weight) === 0)
    throw new RangeError(`convTranspose2d: expected weights [C, O/groups, kH, kW], received [${weight.join(', ')}]`);
  if (wc !== c) throw new RangeError(`convTranspose2d: expected a kernel for each of ${c} channels, received ${wc}`);
  const o = perOutput * p.groups;
  if (bias.length !== 1 || bias[0] !== o)
    throw new RangeError(`convTranspose2d: expected one bias for each of ${o} outputs, received [${bias.join(', ')}]`);
  const along = (axis: 0 | 1, length: number, kernel: number): number => {
    const most = Math.max(p.stride[axis], p.dilation[axis]);
    if (p.outputPadding[axis] >= most) {
      throw new RangeError(
        `convTranspose2d: output padding must be smaller than stride or dilation, at most ${most - 1}, received ${p.outputPadding[axis]}`,
      );
    }
    const span = extent(kernel, p.dilation[axis]);
    return (length - 1) * p.stride[axis] - 2 * p.padding[axis] + span + p.outputPadding[axis];
  };
  const [oh, ow] = [along(0, h, kh), along(1, w, kw)];
  if (oh < 1 || ow < 1)
    throw new RangeError(
      `convTranspose2d: the result must be at least 1 × 1, but padding cuts it to ${shown(ow)} × ${shown(oh)}`,
    );
  return { n, c, h, w, o, oh, ow, kh, kw, perGroup: c / p.groups, perOutput };
}

/** Along one axis, the convolution that reads the output and makes the input. */
export const stampSlide = (p: Transposing, axis: 0 | 1, kernel: number, output: number): Slide => ({
  ...{ length: output, kernel, stride: p.stride[axis], dilation: p.dilation[axis] },
  ...{ before: p.padding[axis], after: p.padding[axis] - p.outputPadding[axis] },
});

/**
 * `stamps[tap * length + r]` is the output position under a tap of the stamp of input position r, −1 where it is cut off:
 * the table of the convolution that reads this output and makes this input.
 */
export function stampsOf(p: Transposing, axis: 0 | 1, length: number, kernel: number, output: number): Int32Array {
  const taps = slideTaps(stampSlide(p, axis, kernel, output));
  if (taps.length !== kernel * length)
    throw new RangeError(`convTranspose2d: expected ${length} stamps, received another number`);
  return taps;
}

interface Stamp {
  readonly u: number;
  readonly r: number;
}
/** For every output position the taps and input positions that reach it. */
export function readersOf(stamps: Int32Array, length: number, kernel: number, outputs: number): Stamp[][] {
  const readers: Stamp[][] = Array.from({ length: outputs }, () => []);
  for (let u = 0; u < kernel; u++) {
    for (let r = 0; r < length; r++) {
      const at = stamps[u * length + r]!;
      if (at >= 0) readers[at]!.push({ u, r });
    }
  }
  return readers;
}

/** The same table seen from the output: `taps[tap * outputs + position]` is the input position. */
export function turned(stamps: Int32Array, length: number, kernel: number, outputs: number): Int32Array {
  const taps = new Int32Array(kernel * outputs).fill(-1);
  stamps.forEach((at, k) => {
    if (at >= 0) taps[Math.floor(k / length) * outputs + at] = k % length;
  });
  return taps;
}

/** The frame with its tables, and the rows of the output in order. */
export function transposing(shapes: TransposedShapes, p: Transposing) {
  const f = transposedFrame(shapes, p);
  const down = stampsOf(p, 0, f.h, f.kh, f.oh);
  const across = stampsOf(p, 1, f.w, f.kw, f.ow);
  const readers = readersOf(down, f.h, f.kh, f.oh);
  function* rows() {
    const total = f.n * f.o * f.oh;
    for (let row = 0; row < total; row++) {
      const plane = Math.floor(row / f.oh);
      yield {
        ...{ start: row * f.ow, b: Math.floor(plane / f.o), f: plane % f.o, stamps: readers[row % f.oh]! },
        done: (part: number) => (row + part) / total,
      };
    }
  }
  return { ...f, down, across, rows };
}
