// The part of a picture that suffices for some values of a chain, cut so that every step does there what it does on the whole; and what a part can reach.

import { type Reach, sameReach } from './reach';
import { type Scene, stepsOn } from './scene';
import type { Shape } from './tensor';
import { prepare, trace } from './trace';

/** From the first position up to, not including, the last. */
export interface Span {
  readonly from: number;
  readonly to: number;
}
export interface Plane<T> {
  readonly height: T;
  readonly width: T;
}
/** A part of the picture, and where the values that it was cut for lie in what the chain makes of it. */
export interface Behind {
  readonly part: Plane<Span>;
  readonly values: Plane<Span>;
}

/**
 * What the chain's values in a rectangle of its result are computed from. Null where no part does: an axis left the picture, or steps do not lie
 * on whole pixels. Steps that depend on where in the picture they are (noise, sizes that are given) do something else on a part; whoever
 * computes on it compares a value.
 */
export function behind(scene: Scene, xShape: Shape, wanted: Plane<Span>): Behind | null {
  const steps = stepsOn(scene);
  const reaches = reachesOf(steps, xShape);
  if (!reaches) return null;
  const [, , rows = 1, columns = 1] = xShape;
  for (const margin of margins) {
    const height = cutAlong(
      reaches.map((reach) => reach.height),
      wanted.height,
      rows,
      margin,
    );
    const width = cutAlong(
      reaches.map((reach) => reach.width),
      wanted.width,
      columns,
      margin,
    );
    if (!height || !width) return null;
    if (holds({ ...scene, steps }, xShape, height, width))
      return { part: { height: height.part, width: width.part }, values: { height: height.values, width: width.values } };
  }
  return null;
}

/**
 * Where in the chain's result values may change with those of a rectangle of the picture. `nowhere` where none does; null where nobody can say: an
 * axis left the picture.
 */
export function ahead(scene: Scene, xShape: Shape, changed: Plane<Span>): Plane<Span> | 'nowhere' | null {
  let { height, width } = changed;
  for (const reach of reachesOf(stepsOn(scene), xShape) ?? [null]) {
    if (!reach) return null;
    const [down, across] = [fedBy(reach.height, height), fedBy(reach.width, width)];
    if (!down || !across) return 'nowhere';
    [height, width] = [down, across];
  }
  return { height, width };
}

/** How every step reads; null where an axis leaves the picture. */
function reachesOf(steps: Scene['steps'], xShape: Shape): Plane<Reach>[] | null {
  const reaches: Plane<Reach>[] = [];
  const nodes = [xShape];
  for (const i of steps.keys()) {
    const { op, params, shapes } = prepare(steps, i, nodes);
    const [, , h = 1, w = 1] = nodes[i]!;
    reaches.push(op.reach?.(shapes, params) ?? { height: sameReach(h), width: sameReach(w) });
    const shape = op.infer(shapes, params);
    if (shape.length !== 4) return null;
    nodes.push(shape);
  }
  return reaches;
}

/** Pixels around what is read: a step may refuse a part that is too small for its border. */
const margins = [0, 8, 64];

interface Cut {
  readonly part: Span;
  readonly values: Span;
  /** How long the result of every step must be, so that it holds what the next one needs. */
  readonly lengths: readonly number[];
}

/** Whether the chain takes a part of that size, and every step makes what is needed of it: one that cuts off at the end may not. */
function holds(scene: Scene, [n = 1, c = 1]: Shape, height: Cut, width: Cut): boolean {
  const cut = [n, c, height.part.to - height.part.from, width.part.to - width.part.from];
  try {
    return [cut, ...trace(scene, cut)].every(
      (made, i) => (made[2] ?? 0) >= (height.lengths[i] ?? 0) && (made[3] ?? 0) >= (width.lengths[i] ?? 0),
    );
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function cutAlong(reaches: readonly Reach[], wanted: Span, length: number, margin: number): Cut | null {
  const needed = [wanted];
  for (const reach of [...reaches].reverse()) {
    const read = readBy(reach, needed[0]!);
    if (!read) return null;
    needed.unshift(read);
  }
  const to = Math.min(length, needed[0]!.to + margin);
  for (let from = Math.max(0, needed[0]!.from - margin); from >= 0; from--) {
    const starts = startsOf(reaches, from);
    if (!starts?.every((start, i) => start <= needed[i]!.from)) continue;
    const start = starts.at(-1)!;
    const lengths = starts.map((first, i) => needed[i]!.to - first);
    return { part: { from, to }, values: { from: wanted.from - start, to: wanted.to - start }, lengths };
  }
  return null;
}

/** From the first to the last input position that any tap of these outputs reads; null for outputs on padding alone. */
const readBy = (reach: Reach, { from, to }: Span): Span | null =>
  spanOf(reach, (output, input) => (output >= from && output < to ? input : -1));

/** From the first to the last output position with a tap on these inputs; null where there is none. */
const fedBy = (reach: Reach, { from, to }: Span): Span | null =>
  spanOf(reach, (output, input) => (input >= from && input < to ? output : -1));

/** Around the positions that are picked from all taps; −1 picks none. */
function spanOf(reach: Reach, pick: (output: number, input: number) => number): Span | null {
  let [first, last] = [Number.POSITIVE_INFINITY, -1];
  reach.reads().each((output, input) => {
    const at = pick(output, input);
    if (at < 0) return;
    first = Math.min(first, at);
    last = Math.max(last, at);
  });
  return last < 0 ? null : { from: first, to: last + 1 };
}

/** Where position `from` of the picture comes to lie in every result; null where that is between two positions. */
function startsOf(reaches: readonly Reach[], from: number): number[] | null {
  const starts = [from];
  for (const { jump } of reaches) {
    const last = starts.at(-1)!;
    const next = last === 0 ? 0 : last / jump;
    if (!Number.isFinite(next) || Math.abs(next - Math.round(next)) > 1e-9) return null;
    starts.push(Math.round(next));
  }
  return starts;
}
