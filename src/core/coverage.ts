// How a step's output covers its input: which positions are read, how often, and which windows lie on one another.

import type { AxisSize } from './op';
import { type Reach, sameReach } from './reach';
import type { Step } from './scene';
import type { Shape } from './tensor';
import { prepare } from './trace';

/** Along one image axis. Over the plane the counts multiply: a pixel is read `height.reads[i] · width.reads[j]` times. */
export interface AxisCoverage {
  /** How many taps read each input position. */
  readonly reads: Int32Array;
  /** How many taps of each output position lie on the input; below the others at a border, uneven where a transposed convolution overlaps. */
  readonly feeds: Int32Array;
  /** Input positions that nothing reads: left over by rounding down, or between the taps. */
  readonly unread: readonly number[];
  /** Positions beyond the padded input that ceil mode makes up for the last window. */
  readonly invented: number;
}
export interface Coverage {
  readonly height: AxisCoverage;
  readonly width: AxisCoverage;
}

/** Coverage of the picture by one step, in one plane of channels that it connects. @throws RangeError where the step does not fit. */
export const coverageOf = (step: Step, xShape: Shape): Coverage => coverageIn([step], 0, [xShape]);

/** Of step `i` of a chain, given the shapes of the nodes before it. @throws RangeError where it does not fit. */
export function coverageIn(steps: readonly Step[], i: number, before: readonly Shape[]): Coverage {
  const { op, params, shapes } = prepare(steps, i, before);
  op.infer(shapes, params);
  const [, , h = 1, w = 1] = before[i] ?? [];
  const reach = op.reach?.(shapes, params) ?? { height: sameReach(h), width: sameReach(w) };
  const sizes = op.sizes?.(shapes, params);
  return { height: covered(reach.height, h, sizes?.height), width: covered(reach.width, w, sizes?.width) };
}

/** How often each pixel of the plane is read, row by row. */
export function readsOfPlane({ height, width }: Coverage): Int32Array {
  const across = width.reads.length;
  return Int32Array.from(
    { length: height.reads.length * across },
    (_, at) => height.reads[Math.floor(at / across)]! * width.reads[at % across]!,
  );
}

function covered(reach: Reach, length: number, size: AxisSize | undefined): AxisCoverage {
  const { outputs, each } = reach.reads();
  const [reads, feeds] = [new Int32Array(length), new Int32Array(outputs)];
  each((output, input) => {
    if (input < 0) return;
    reads[input]! += 1;
    feeds[output]! += 1;
  });
  const unread = Array.from(reads.keys()).filter((at) => reads[at] === 0);
  return { reads, feeds, unread, invented: size?.invented ?? 0 };
}
