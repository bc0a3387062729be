// All that is to be seen around one output value: the pixels under its window, the kernel, its neighbours, and which of them belong together.

import { type AxisReads, axisReads } from './axisReads';
import { lately } from './lately';
import { kernelOf, type Link, linksOf } from './links';
import { sameReach } from './reach';
import type { AnyOp } from './registry';
import type { Params, Schema } from './schema';
import { type Block, type Grid, type Inputs, type Pixels, type Place, pixelsOf, planeOf, type Span, spanOf } from './seen';
import { type Shape, sizeOf, type Tensor } from './tensor';
import { type Told, told } from './told';

/** A value of an image tensor's first item. */
export interface Spot {
  readonly channel: number;
  readonly row: number;
  readonly column: number;
}
export interface InspectionAsked {
  readonly output: Spot;
  /** Outputs that are shown together. */
  readonly outputs: Block;
  /** The input channel that is shown; null: any that is read. */
  readonly channel: number | null;
  /** At most so many rows and columns of pixels are shown. */
  readonly most: readonly [rows: number, columns: number];
  /** Also of the other outputs which pixel meets which weight. */
  readonly linked: boolean;
}

export interface LinkedOutput {
  readonly row: number;
  readonly column: number;
  readonly links: readonly Link[];
}
export interface Inspection {
  readonly output: Spot;
  /** As the engine computed it. */
  readonly value: number;
  readonly shapes: { readonly x: Shape; readonly y: Shape };
  readonly told: Told;
  /** The input channel that is shown. */
  readonly channel: number;
  readonly x: Pixels;
  /** Positions of the window on the padded input; of one that is the whole axis only its ends. */
  readonly window: {
    readonly rows: readonly number[];
    readonly columns: readonly number[];
    readonly whole: readonly [boolean, boolean];
  };
  /** The kernel in the shown channel, or the coefficients as they lie on the window; null where values count as they are. */
  readonly kernel: Grid | null;
  readonly y: Grid & { readonly top: number; readonly left: number };
  /** The output first; others where they were asked for and are not too many. */
  readonly linked: readonly LinkedOutput[];
  /** For each row and column of `x` the output rows and columns that read it. */
  readonly feeds: { readonly rows: readonly (readonly number[])[]; readonly columns: readonly (readonly number[])[] };
}

/** Terms of all outputs that are linked. */
const mostLinked = 1 << 15;
/** Positions that are listed one by one. */
const mostListed = 256;

export interface Inspected {
  readonly op: AnyOp;
  readonly params: Params<Schema>;
  /** The same object as long as nothing changes: tables are kept for it. */
  readonly shapes: Readonly<Record<string, Shape>>;
}
/** Asks for what takes long once. */
export type Remember = (key: string, make: () => Generator<void, number>) => Generator<void, number>;

const axesOf = lately(({ op, params, shapes }: Inspected): readonly [height: AxisReads, width: AxisReads] => {
  const [, , h = 1, w = 1] = shapes.x ?? [];
  const [, , oh = 1, ow = 1] = op.infer(shapes, params);
  const reach = op.reach?.(shapes, params) ?? { height: sameReach(h), width: sameReach(w) };
  return [axisReads(reach.height, h, oh), axisReads(reach.width, w, ow)];
});

/** Pauses where it takes long. @throws RangeError for an output that does not exist. */
export function* inspect(
  of: Inspected,
  inputs: Inputs,
  y: Tensor,
  asked: InspectionAsked,
  remember: Remember,
): Generator<void, Inspection> {
  const [height, width] = axesOf(of);
  const { output, outputs, most } = asked;
  const [, channels = 1, rows = 1, columns = 1] = y.shape;
  const inside = (at: number, length: number) => Number.isInteger(at) && at >= 0 && at < length;
  if (!inside(output.channel, channels) || !inside(output.row, rows) || !inside(output.column, columns))
    throw new RangeError(
      `An output of [${y.shape.join(', ')}] is expected, received channel ${output.channel}, row ${output.row}, column ${output.column}.`,
    );
  const explain = (row: number, column: number) =>
    of.op.explain(of.params, of.shapes, (output.channel * rows + row) * columns + column, inputs);
  const explanation = explain(output.row, output.column);
  const numbers = yield* told(explanation, inputs, remember);
  const channel = shownChannel(asked, numbers, inputs.x.shape);
  const seen = {
    top: spanOf(height, output.row, outputs.top, outputs.height, most[0], numbers.ranked && winnerOf(numbers, 'row')),
    left: spanOf(width, output.column, outputs.left, outputs.width, most[1], numbers.ranked && winnerOf(numbers, 'column')),
  };
  const at: Place = { height, width, seen, channel, channels: numbers.channels, inputs };
  const kernel = kernelOf(explanation, numbers.count, at, output);
  const linked: LinkedOutput[] = [{ row: output.row, column: output.column, links: linksOf(explanation, kernel, at, output) }];
  if (asked.linked && numbers.count * outputs.height * outputs.width <= mostLinked) {
    for (let row = outputs.top; row < outputs.top + outputs.height; row++) {
      for (let column = outputs.left; column < outputs.left + outputs.width; column++) {
        if (row !== output.row || column !== output.column)
          linked.push({ row, column, links: linksOf(explain(row, column), kernel, at, { row, column }) });
      }
      yield;
    }
  }
  const listed = (positions: readonly number[]) =>
    positions.length <= mostListed ? positions : [positions[0]!, positions.at(-1)!];
  const value = y.data[(output.channel * rows + output.row) * columns + output.column]!;
  return {
    ...{ output, value, told: numbers, channel, linked },
    kernel: kernel?.grid ?? null,
    shapes: { x: inputs.x.shape, y: y.shape },
    x: pixelsOf(at, outputs),
    window: {
      rows: listed(height.window(output.row)),
      columns: listed(width.window(output.column)),
      whole: [height.whole, width.whole],
    },
    y: {
      rows: outputs.height,
      columns: outputs.width,
      top: outputs.top,
      left: outputs.left,
      values: planeOf(y, output.channel, outputs),
    },
    feeds: { rows: feedsOf(height, seen.top), columns: feedsOf(width, seen.left) },
  };
}

function shownChannel({ channel, output }: InspectionAsked, { channels }: Told, [, count = 1]: Shape): number {
  if (channel !== null && channels.includes(channel)) return channel;
  if (channels.includes(output.channel)) return output.channel;
  return channels[0] ?? Math.min(output.channel, count - 1);
}

/** Where the winner lies, if on the picture. */
function winnerOf({ ranked }: Told, axis: 'row' | 'column'): number | null {
  const found = ranked?.terms.find(({ value }) => Object.is(value, ranked.winner));
  return found && found[axis] >= 0 ? found[axis] : null;
}

const feedsOf = (axis: AxisReads, { from, length }: Span): (readonly number[])[] =>
  Array.from({ length }, (_, k) => (from + k < 0 || from + k >= axis.length ? [] : axis.feeds(from + k)));

/** Memory for what takes long: as long as `of` stays the same. */
export function remembering(): Remember {
  const known = new Map<string, number>();
  return function* (key, make) {
    const value = known.get(key) ?? (yield* make());
    known.set(key, value);
    return value;
  };
}

/** How many values the output has in one channel. */
export const planeSize = (shape: Shape): number => sizeOf(shape.slice(2));
