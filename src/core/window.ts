// Window arithmetic: which input positions lie under which tap of which window. What is drawn and what is computed read it here.

import type { AxisSize } from './op';
import type { Pair } from './schema';

export type PaddingMode = 'zeros' | 'reflect' | 'replicate' | 'circular';

/** How windows slide along one axis. */
export interface Slide {
  /** Input positions. */
  readonly length: number;
  /** Taps of a window. */
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
  /** Also count a last window that only partly fits. */
  readonly ceil?: boolean;
}

/** Positions that a window covers, first tap to last. */
export const extent = (kernel: number, dilation: number): number => (kernel - 1) * dilation + 1;

/**
 * Length of the output along one axis; below 1 where no window fits.
 * In ceil mode a window that would start in the padding after the input is dropped (ATen `Pool.h`, ONNX).
 */
export function slideSize({ length, kernel, stride, dilation, before, after, ceil = false }: Slide): AxisSize {
  const span = extent(kernel, dilation);
  const room = length + before + after - span;
  const fitting = (ceil ? Math.ceil(room / stride) : Math.floor(room / stride)) + 1;
  const dropped = ceil && (fitting - 1) * stride >= length + before;
  const output = fitting - (dropped ? 1 : 0);
  const end = (output - 1) * stride + span;
  const [open, close] = ceil ? ['⌈', '⌉'] : ['⌊', '⌋'];
  return {
    output,
    arithmetic: `${open}(${length} + ${before + after} − ${span}) / ${stride}${close} + 1${dropped ? ' − 1' : ''}`,
    unread: Math.max(0, length - Math.max(0, end - before)),
    invented: Math.max(0, end - (length + before + after)),
  };
}

/** Sizes of both image axes. @throws RangeError when no window fits, with the window and the padded input as width × height. */
export function slideSizes(op: string, height: Slide, width: Slide): { readonly height: AxisSize; readonly width: AxisSize } {
  const sizes = { height: slideSize(height), width: slideSize(width) };
  if (sizes.height.output < 1 || sizes.width.output < 1) throw new RangeError(`${op}: ${misfit(height, width)}`);
  return sizes;
}

/** As width × height, like the size of a picture. */
function misfit(height: Slide, width: Slide): string {
  const along = ({ length, kernel, dilation, before, after }: Slide) => ({
    span: extent(kernel, dilation),
    padded: length + before + after,
    changed: before + after > 0 || dilation > 1,
  });
  const [high, wide] = [along(height), along(width)];
  const input = `the ${high.changed || wide.changed ? 'padded ' : ''}input is ${wide.padded} × ${high.padded}`;
  const window = `a ${width.kernel} × ${height.kernel} window`;
  if (height.dilation === 1 && width.dilation === 1) return `${window} does not fit, ${input}`;
  const both = (w: number, h: number) => (w === h ? `${w}` : `${w} × ${h}`);
  return `${window} with dilation ${both(width.dilation, height.dilation)} spans ${both(wide.span, high.span)} pixels, but ${input}`;
}

/** Where a tap of the window at a position lies on the input's grid: below 0 or beyond the length on the border. */
export const tapPlace = ({ stride, dilation, before }: Slide, tap: number, position: number): number =>
  position * stride + tap * dilation - before;

/**
 * The enumeration: `taps[tap * output + position]` is the input index under a tap of the window at a position, after padding;
 * −1 where it lies on a constant border or beyond the padded input.
 */
export function slideTaps(slide: Slide, mode: PaddingMode = 'zeros'): Int32Array {
  const { length, kernel } = slide;
  const { output } = slideSize(slide);
  const taps = new Int32Array(kernel * output);
  for (let tap = 0; tap < kernel; tap++) {
    for (let position = 0; position < output; position++) {
      taps[tap * output + position] = padded(tapPlace(slide, tap, position), length, mode);
    }
  }
  return taps;
}

function padded(index: number, length: number, mode: PaddingMode): number {
  if (index >= 0 && index < length) return index;
  switch (mode) {
    case 'zeros':
      return -1;
    case 'reflect':
      return index < 0 ? -index : 2 * (length - 1) - index;
    case 'replicate':
      return index < 0 ? 0 : length - 1;
    case 'circular':
      return index < 0 ? index + length : index - length;
  }
}

/**
 * The windows of an adaptive pool along one axis, laid out as `slideTaps`: position i reads ⌊i·L/out⌋ up to ⌈(i+1)·L/out⌉;
 * shorter windows end in −1.
 */
export function adaptiveTaps(length: number, output: number): Int32Array {
  const starts = Array.from({ length: output }, (_, i) => Math.floor((i * length) / output));
  const lengths = starts.map((start, i) => Math.ceil(((i + 1) * length) / output) - start);
  const longest = lengths.reduce((a, b) => Math.max(a, b), 1);
  const taps = new Int32Array(longest * output).fill(-1);
  for (let position = 0; position < output; position++) {
    for (let tap = 0; tap < lengths[position]!; tap++) taps[tap * output + position] = starts[position]! + tap;
  }
  return taps;
}

/** The largest padding that a mode can make of `length` positions: a reflection leaves the border out, a wrap goes round once. */
export function paddingLimit(length: number, mode: PaddingMode): number {
  if (mode === 'reflect') return length - 1;
  return mode === 'circular' ? length : Number.POSITIVE_INFINITY;
}

/** Per window, its length clipped to the padded input: overhang of ceil mode does not count (undilated windows). */
export function clippedLengths(slide: Slide): Int32Array {
  const { length, kernel, stride, before, after } = slide;
  return Int32Array.from({ length: slideSize(slide).output }, (_, position) => {
    const start = position * stride - before;
    return Math.min(start + kernel, length + after) - start;
  });
}

/** Per window, how many of its taps lie on real input. */
export function realLengths(taps: Int32Array, kernel: number): Int32Array {
  const output = taps.length / kernel;
  const counts = new Int32Array(output);
  taps.forEach((at, k) => {
    if (at >= 0) counts[k % output]! += 1;
  });
  return counts;
}

/** Slides of both axes of a pooling op: same padding on both sides. */
export function poolSlides(
  [h, w]: Pair,
  p: { kernelSize: Pair; stride: Pair | null; padding: Pair; dilation?: Pair; ceilMode: boolean },
): readonly [height: Slide, width: Slide] {
  const along = (axis: 0 | 1, length: number): Slide => ({
    length,
    kernel: p.kernelSize[axis],
    stride: (p.stride ?? p.kernelSize)[axis],
    dilation: p.dilation?.[axis] ?? 1,
    before: p.padding[axis],
    after: p.padding[axis],
    ceil: p.ceilMode,
  });
  return [along(0, h), along(1, w)];
}

/** @throws RangeError when padding is more than half of the kernel, which torch refuses. */
export function checkPoolPadding(op: string, height: Slide, width: Slide): void {
  for (const [axis, { kernel, before }] of [
    ['high', height],
    ['wide', width],
  ] as const) {
    const half = Math.floor(kernel / 2);
    if (before > half) {
      throw new RangeError(
        `${op}: padding may be at most half of the kernel, ${half} for one ${kernel} ${axis}, received ${before}`,
      );
    }
  }
}
