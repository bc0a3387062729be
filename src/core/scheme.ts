// A step at a size that can be drawn cell by cell: which output reads which input through which tap, from the enumeration that computes.

import { finished } from './finished';
import type { Explanation, Term } from './op';
import type { Reach } from './reach';
import type { AnyOp } from './registry';
import type { Step } from './scene';
import { type Shape, sizeOf, type Tensor, zeros } from './tensor';
import { inputsOf, nodesOf, type Placed, prepare } from './trace';
import { weightsOf } from './weights';

/** One tap of a window along one axis. `place` is where it lies on the input's grid, `input` what is read there: −1 on a constant border. */
export interface Link {
  readonly output: number;
  readonly input: number;
  readonly tap: number;
  readonly place: number;
}
export interface SchemeAxis {
  /** Positions of the input. */
  readonly length: number;
  readonly outputs: number;
  /** Taps of the longest window. */
  readonly taps: number;
  /** Positions of the border that is declared. */
  readonly before: number;
  readonly after: number;
  /** The first and the last place that is drawn: the input with its border, and what windows reach beyond. */
  readonly first: number;
  readonly last: number;
  readonly links: readonly Link[];
}
/** Over the plane a window is every pair of a link down and a link across. */
export interface Scheme {
  readonly x: Shape;
  readonly y: Shape;
  readonly height: SchemeAxis;
  readonly width: SchemeAxis;
}

/** Whether a step reads windows, or moves values to other places: what a scheme can show. */
export const hasScheme = (op: Pick<AnyOp, 'reach' | 'sizes'>): boolean => op.reach !== undefined && op.sizes !== undefined;

/**
 * @throws RangeError where the step does not fit a picture of that shape, or has nothing to draw. With the `source` that stored something for it
 * the shape is that of what the source reads.
 */
export function schemeOf(step: Step, picture: Shape, source?: Step): Scheme {
  const { op, params, shapes, x } = prepared(step, picture, source);
  const y = op.infer(shapes, params);
  const reach = op.reach?.(shapes, params);
  if (!reach || !op.sizes) throw new RangeError(`${op.name}: expected an op that reads windows`);
  const [, , h = 1, w = 1] = x;
  return { x, y, height: axisOf(reach.height, h), width: axisOf(reach.width, w) };
}

function axisOf(reach: Reach, length: number): SchemeAxis {
  const { outputs, each } = reach.reads();
  const links: Link[] = [];
  each((output, input, tap, place) => {
    if (!Number.isNaN(place)) links.push({ output, input, tap, place });
  });
  const border = { before: Math.max(0, reach.border?.before ?? 0), after: Math.max(0, reach.border?.after ?? 0) };
  const ends = links.reduce(({ first, last }, { place }) => ({ first: Math.min(first, place), last: Math.max(last, place) }), {
    first: -border.before,
    last: length - 1 + border.after,
  });
  return {
    ...{ length, outputs, links, ...border, ...ends },
    taps: links.reduce((most, { tap }) => Math.max(most, tap + 1), 1),
  };
}

/** A step alone, or behind the one that stored something for it; `x` is the shape of what the step itself reads. */
function prepared(step: Step, picture: Shape, source?: Step): Placed & { readonly x: Shape } {
  const before = source ? nodesOf([source], picture) : [picture];
  const placed = prepare(source ? [source, step] : [step], before.length - 1, before);
  return { ...placed, x: before.at(-1) ?? picture };
}

/** Positions of input or output along one axis, at most, when a size is looked for. */
const mostPositions = 96;
/** So many windows show how they go on. */
const enough = 3;

/**
 * The smallest input that shows how windows fall on a picture of that shape: as long, but for whole strides, so that what is left over at the
 * end is left over here too. Null where none is small.
 */
export function smallest(step: Step, x: Shape, source?: Step): Shape | null {
  const { op, params, shapes } = prepared(step, x, source);
  const reach = op.reach?.(shapes, params);
  if (!reach) return null;
  const [, channels = 1, h = 1, w = 1] = x;
  const lengths = [h, w] as const;
  const reaches = [reach.height, reach.width] as const;
  const shorter = reachOfShorter(step, x, source);
  const periods = [periodOf(reach.height, shorter?.height), periodOf(reach.width, shorter?.width)] as const;
  const real = op.infer(shapes, params).slice(2);
  const alike = (axis: 0 | 1, least: number) => {
    const [length, period] = [lengths[axis], periods[axis]];
    return least >= length ? length : least + ((((length - least) % period) + period) % period);
  };
  const shows = (rows: number, columns: number): boolean => {
    try {
      const small = prepared(step, [1, channels, rows, columns], source);
      const y = op.infer(small.shapes, small.params);
      return ([0, 1] as const).every((axis) => {
        const [n, outputs] = [[rows, columns][axis]!, y[axis + 2] ?? 0];
        const [length, made] = [lengths[axis], real[axis] ?? 1];
        const least = Math.max(
          Math.min(enough, length),
          Math.min(aroundOf(reaches[axis]), length),
          ratioOf(reaches[axis], length, made) * outputs,
        );
        return n >= least && outputs >= Math.min(enough, made) && outputs <= mostPositions;
      });
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  };
  for (let n = 1; n <= mostPositions; n++) {
    let [rows, columns] = [alike(0, n), alike(1, n)];
    if (Math.max(rows, columns) > mostPositions) return null;
    if (!shows(rows, columns)) continue;
    while (rows > periods[0] && shows(rows - periods[0], columns)) rows -= periods[0];
    while (columns > periods[1] && shows(rows, columns - periods[1])) columns -= periods[1];
    return [1, channels, rows, columns];
  }
  return null;
}

/** After so many positions of the input the pattern begins anew; not where windows grow with the picture. */
const periodOf = ({ jump }: Reach, shorter: Reach | undefined): number =>
  Number.isInteger(jump) && jump > 1 && (!shorter || shorter.jump === jump) ? jump : 1;

/** On a picture that is one row and column smaller, where the step takes it. */
function reachOfShorter(step: Step, [n = 1, c = 1, h = 1, w = 1]: Shape, source?: Step) {
  try {
    const { op, params, shapes } = prepared(step, [n, c, Math.max(1, h - 1), Math.max(1, w - 1)], source);
    return op.reach?.(shapes, params);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** So many pixels hold two of the windows that decide over a place from all around it. */
const aroundOf = ({ jump, size, border }: Reach): number => (border || jump !== 1 || size < 2 ? 1 : 2 * size);
/** Where outputs are given by their number, windows become the longer the longer the input is: two pixels to an output show that. */
const ratioOf = ({ border }: Reach, length: number, outputs: number): number =>
  border || length <= outputs ? 0 : Math.min(2, length / outputs);

/** Multiply-accumulates and values that a drawing may take. */
const mostWork = 1e6;

/** Numbers in the cells of a scheme: digits in the input, what the step makes of them, and the terms behind every output. */
export interface SchemeNumbers {
  readonly x: Tensor;
  readonly y: Tensor;
  readonly weights: Readonly<Record<string, Tensor>>;
  explain(output: number): Told;
}
/** An explanation with all its terms in a list. */
export interface Told extends Omit<Explanation, 'terms'> {
  readonly terms: readonly Term[];
}

/** Null where they would take long. `x` gives the digits, if the step does not make them itself. */
export function numbersOf(step: Step, shape: Shape, given?: Tensor, source?: Step): SchemeNumbers | null {
  const { op, params, shapes, taken } = prepared(step, shape, source);
  if (op.cost(shapes, params).macs + sizeOf(shape) + sizeOf(op.infer(shapes, params)) > mostWork) return null;
  const first = given ?? digits(shape);
  const x = source ? (numbersOf(source, shape, first)?.y ?? first) : first;
  const weights = { ...weightsOf(op, step, params, x.shape), ...(taken && source && storedFor(taken.weight, source, first)) };
  if (!given) oneOf(x, op.explain(params, shapes, 0, { ...weights, x }));
  const y = zeros(op.infer(shapes, params));
  for (const _ of op.forward({ ...weights, x }, params, y));
  const known = new Map<number, Told>();
  const explain = (output: number): Told => {
    const found = known.get(output) ?? told(op.explain(params, shapes, output, { ...weights, x }));
    known.set(output, found);
    return found;
  };
  return { x, y, weights, explain };
}

/** What a step stores for another. */
function storedFor(name: string, source: Step, x: Tensor): Record<string, Tensor> {
  const { op, params } = prepared(source, x.shape);
  const work = op.stores?.[name]?.forward(inputsOf(op, source, x), params);
  return work ? { [name]: finished(work) } : {};
}

const told = (explanation: Explanation): Told => ({ ...explanation, terms: [...explanation.terms] });

/** Where an output adds up several channels, all but the first hold zeros: then the numbers of one channel add up. */
function oneOf({ shape, data }: Tensor, { terms }: Explanation): void {
  const plane = sizeOf(shape.slice(2));
  const read = new Set([...terms].flatMap(({ x }) => (x === null ? [] : [Math.floor(x / plane)])));
  const [first, ...others] = [...read].sort((a, b) => a - b);
  if (first === undefined) return;
  for (const channel of others) data.fill(0, channel * plane, (channel + 1) * plane);
}

/** Whole numbers from 0 to 9 without a pattern that a window could hit. */
function digits(shape: Shape): Tensor {
  const x = zeros(shape);
  const [, channels = 1, h = 1, w = 1] = shape;
  x.data.forEach((_, at) => {
    const [c, i, j] = [Math.floor(at / (h * w)) % channels, Math.floor(at / w) % h, at % w];
    x.data[at] = (3 + 7 * i + 3 * j + 5 * i * j + i * i + 4 * c) % 10;
  });
  return x;
}

/**
 * How uneven an even picture comes out, away from the borders: the span of the results over the largest. Null where a picture so small does not
 * fit, or nothing comes out.
 */
export function rippleOf(step: Step, [, channels = 1]: Shape): number | null {
  const shape = [1, channels, 12, 12];
  try {
    const numbers = numbersOf(step, shape, { shape, data: new Float64Array(sizeOf(shape)).fill(1) });
    const [, , oh = 1, ow = 1] = numbers?.y.shape ?? [];
    const middle: number[] = [];
    for (let i = Math.floor(oh / 3); i < oh - Math.floor(oh / 3); i++)
      for (let j = Math.floor(ow / 3); j < ow - Math.floor(ow / 3); j++) middle.push(numbers?.y.data[i * ow + j] ?? 0);
    const largest = middle.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
    return largest > 0 ? (Math.max(...middle) - Math.min(...middle)) / largest : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The simpler steps that make the same, and what the last of them reads: null for an op that does without. */
export function unfolded(step: Step, x: Shape): { readonly before: readonly Step[]; readonly last: Step } | null {
  const { op, params, shapes } = prepared(step, x);
  const steps = op.unfolded?.(shapes, params, step.weights);
  const last = steps?.at(-1);
  return steps && last ? { before: steps.slice(0, -1), last } : null;
}
