// How the positions of an op's output read those of its input along one image axis: for receptive fields and coverage.

import type { ResampleTaps } from './resample';
import { extent, type PaddingMode, type Slide, slideSize, slideTaps, tapPlace } from './window';

/**
 * Output position `i` reads input positions from `start + i · jump` on, `size` of them, first to last.
 * Fractions come from resampling: there the positions that are really read are those around.
 */
export interface Reach {
  readonly size: number;
  readonly jump: number;
  readonly start: number;
  /** Positions that are added to the input before windows slide. */
  readonly border?: { readonly before: number; readonly after: number };
  /** The table that the forward pass reads: the input position behind every tap of every output position, −1 where there is none. */
  reads(): Reads;
}
export interface Reads {
  /** Positions of the output. */
  readonly outputs: number;
  /** Calls `visit` for every tap of every output position. */
  each(visit: Visit): void;
}
/**
 * `input` is the position that is read, −1 where there is none; `tap` counts the taps of a window; `place` is where it lies on the input's grid,
 * which differs from `input` on the border; NaN where there is no such tap.
 */
export type Visit = (output: number, input: number, tap: number, place: number) => void;
export interface Reaches {
  readonly height: Reach;
  readonly width: Reach;
}

/** Of windows that slide. */
export function slideReach(slide: Slide, mode: PaddingMode = 'zeros'): Reach {
  return {
    size: extent(slide.kernel, slide.dilation),
    jump: slide.stride,
    start: -slide.before,
    border: { before: slide.before, after: slide.after },
    reads: () => slideReads(slide, slideTaps(slide, mode)),
  };
}

/** Of the table of windows that slide. */
export function slideReads(slide: Slide, taps: Int32Array): Reads {
  const { output } = slideSize(slide);
  return {
    outputs: output,
    each(visit) {
      taps.forEach((input, k) => {
        const [tap, position] = [Math.floor(k / output), k % output];
        visit(position, input, tap, tapPlace(slide, tap, position));
      });
    },
  };
}

/** Of a table `taps[tap * outputs + position]`, −1 where there is no tap. */
export function tapReads(taps: Int32Array, outputs: number): Reads {
  return {
    outputs,
    each(visit) {
      taps.forEach((input, k) => {
        visit(k % outputs, input, Math.floor(k / outputs), input < 0 ? Number.NaN : input);
      });
    },
  };
}

/** Of a table with the taps of one output position side by side. */
export function resampleReads({ count, index, weight }: ResampleTaps, outputs: number): Reads {
  return {
    outputs,
    each(visit) {
      index.forEach((input, k) => {
        if (weight[k] !== 0) visit(Math.floor(k / count), input, k % count, input);
      });
    },
  };
}

/** Of an op that takes every value from the same place. */
export const sameReach = (length: number): Reach => scaledReach(length, length, 1);

/** Of an op whose output position `i` reads position `⌊i · jump⌋` alone: repeats where `jump` is below 1, skips above. */
export const scaledReach = (length: number, outputs: number, jump: number): Reach => ({
  size: 1,
  jump,
  start: 0,
  reads: () => ({
    outputs,
    each(visit) {
      for (let i = 0; i < outputs; i++) {
        const at = Math.min(Math.floor(i * jump), length - 1);
        visit(i, at, 0, at);
      }
    },
  }),
});

/** Of an op whose every output depends on the whole axis: a global pool, statistics of the picture. */
export const wholeReach = (length: number, outputs: number): Reach => ({
  size: length,
  jump: 0,
  start: 0,
  reads: () => ({
    outputs,
    each(visit) {
      for (let i = 0; i < outputs; i++) for (let at = 0; at < length; at++) visit(i, at, at, at);
    },
  }),
});
