// The gradient of the input of a convolution: dy by the kernel turned round, one convolution for each phase of the stride.

import type { Slide } from '../../../core/window';
import type { Call, Job, Place, Stage } from '../plan';
import { denseStages } from './dense';
import { type Axis, sourceOf } from './frame';
import { type Dense, type Placed, type Tiling, tilingOf } from './tiling';
import { winogradLoses, winogradStages, winogradTiling } from './winograd';

/** A convolution that makes every step-th row or column of the gradient. */
interface Phase {
  readonly axis: Axis;
  readonly placed: Placed;
}

/** More phases than these would cost more to plan than to run. */
export const mostPhases = 1024;

/**
 * Along one axis, the phases that some tap reaches: position p of the input, in the padded picture p + before, is read by the outputs
 * i = (p + before − tap · dilation) / stride.
 */
function phasesOf({ length, kernel, stride, dilation, before }: Slide, outputs: number): Phase[] {
  const phases: Phase[] = [];
  for (let first = 0; first < Math.min(stride, length); first++) {
    const taps = Array.from({ length: kernel }, (_, index) => ({ index, shift: (first + before - index * dilation) / stride }))
      .filter(({ shift }) => Number.isInteger(shift))
      .reverse();
    if (taps.length === 0) continue;
    const axis: Axis = {
      outputs: Math.ceil((length - first) / stride),
      step: 1,
      length: outputs,
      taps,
      border: () => -1,
    };
    phases.push({ axis, placed: { length, first, step: stride } });
  }
  return phases;
}

export interface InputGradient {
  readonly parts: readonly (
    | { readonly dense: Dense; readonly tiling: Tiling; readonly winograd: false }
    | { readonly dense: Dense; readonly tiling: ReturnType<typeof winogradTiling>; readonly winograd: true }
  )[];
  /** Some positions are reached by no tap. */
  readonly gaps: boolean;
  /** The padded picture, where its border is not zeros: its gradient is folded into that of the picture. */
  readonly padded: readonly [height: number, width: number] | undefined;
  readonly scratch: number;
}

/** `forward` is the convolution itself, `down` and `across` how its windows slide. */
export function inputGradientOf(forward: Dense, down: Slide, across: Slide, zeros: boolean, exact: boolean): InputGradient {
  const [height, width] = [forward.down.outputs, forward.across.outputs];
  const folds = !zeros && down.before + down.after + across.before + across.after > 0;
  const whole = (slide: Slide): Slide =>
    folds ? { ...slide, length: slide.length + slide.before + slide.after, before: 0, after: 0 } : slide;
  const rows = phasesOf(whole(down), height);
  const columns = phasesOf(whole(across), width);
  const { perGroup, perOutput, perChannel, at } = forward.kernel;
  const parts = rows.flatMap((row) =>
    columns.map((column) => {
      const dense: Dense = {
        images: forward.images,
        groups: forward.groups,
        channels: forward.outputs,
        outputs: forward.channels,
        down: row.axis,
        across: column.axis,
        kernel: { perGroup, perOutput: perChannel, perChannel: perOutput, at },
        result: { down: row.placed, across: column.placed },
      };
      return !exact && down.stride * across.stride === 1 && winogradLoses(dense) === undefined
        ? ({ dense, tiling: winogradTiling(dense), winograd: true } as const)
        : ({ dense, tiling: tilingOf(dense), winograd: false } as const);
    }),
  );
  const [h, w] = [whole(down), whole(across)];
  return {
    parts,
    gaps: rows.length < Math.min(h.stride, h.length) || columns.length < Math.min(w.stride, w.length),
    padded: folds ? [h.length, w.length] : undefined,
    scratch: Math.max(8 * across.length, ...parts.map(({ tiling }) => tiling.scratch)),
  };
}

/** Jobs that make `dx`. */
export function inputGradient(
  place: Place,
  { parts, gaps, padded }: InputGradient,
  forward: Dense,
  at: { readonly dy: number; readonly weight: number; readonly dx: number },
): Stage[] {
  const planes = forward.images * forward.groups * forward.channels;
  const { down, across } = forward;
  const [height, width] = padded ?? [down.length, across.length];
  const y = padded ? place.take(4 * planes * height * width) : at.dx;
  const stages: Stage[] = [];
  if (gaps || parts.length === 0)
    stages.push(
      Array.from({ length: planes }, (_, p) => ({ calls: [['clearFloats', y + 4 * p * height * width, height * width]] })),
    );
  for (const part of parts) {
    const addresses = { x: at.dy, y, weight: at.weight, bias: null };
    if (part.winograd) stages.push(...winogradStages(place, part.dense, part.tiling, addresses));
    else stages.push(...denseStages(place, part.dense, part.tiling, addresses));
  }
  if (padded) stages.push(folding(place, forward, padded, planes, y, at.dx));
  return stages;
}

/** Rows of the padded picture that repeat each row of the picture, one after the other. */
function repeats(axis: Axis, before: number, padded: number): { readonly starts: Int32Array; readonly sources: Int32Array } {
  const lists = Array.from({ length: axis.length }, (): number[] => []);
  for (let p = 0; p < padded; p++) lists[sourceOf(axis, p - before)]!.push(p);
  const starts = new Int32Array(axis.length + 1);
  for (const [i, list] of lists.entries()) starts[i + 1] = starts[i]! + list.length;
  return { starts, sources: Int32Array.from(lists.flat()) };
}

const rowsOfJob = 64;

function folding(
  place: Place,
  { down, across }: Dense,
  padded: readonly [number, number],
  planes: number,
  from: number,
  to: number,
): Job[] {
  const [tall, wide] = padded;
  const top = -(down.taps[0]?.shift ?? 0);
  const left = -(across.taps[0]?.shift ?? 0);
  const { starts, sources } = repeats(down, top, tall);
  const tables = [place.put(starts), place.put(sources)];
  const columns = place.put(Int32Array.from({ length: wide }, (_, c) => sourceOf(across, c - left)));
  const jobs: Job[] = [];
  for (let plane = 0; plane < planes; plane++)
    for (let row = 0; row < down.length; row += rowsOfJob) {
      const end = Math.min(down.length, row + rowsOfJob);
      const call: Call = [
        ...(['foldRows', from + 4 * plane * tall * wide, 4 * wide, wide] as const),
        ...[to + 4 * plane * down.length * across.length, across.length, row, end, ...tables, columns],
      ];
      jobs.push({ calls: [call] });
    }
  return jobs;
}
