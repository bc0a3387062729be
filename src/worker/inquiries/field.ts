// How much each pixel moves one value behind some steps.

import { behind } from '../../core/behind';
import { influence, shareInHalf } from '../../core/influence';
import type { Scene } from '../../core/scene';
import { profile, totalCost } from '../../core/sequential';
import { type Shape, sizeOf, type Tensor } from '../../core/tensor';
import type { Area, Node } from '../api';
import { cropOf } from '../drawings';
import type { Inquiry, InquiryDesk } from '.';

export interface FieldAsked {
  /** Pixels are those of `from`; the value is one of `node`. */
  readonly from: Node;
  readonly node: Node;
  readonly row: number;
  readonly column: number;
  /** Null: the sum of all channels. */
  readonly channel: number | null;
}
export interface Field {
  readonly kind: 'field';
  /** The pixels that were taken into account; the value depends on no other. */
  readonly area: Area;
  /** Pixels of a side that one number stands for: their largest. */
  readonly factor: number;
  /** |gradient|, added up over the channels, row by row. */
  readonly sums: Float32Array<ArrayBuffer>;
  readonly total: number;
  readonly largest: number;
  /** Part of the total in the middle half of the theoretical box; null where the chain left the picture's axes. */
  readonly half: number | null;
}
/** There is no answer within a second: the value depends on too much, or on all of the picture. */
export interface TooMuch {
  readonly kind: 'tooMuch';
  readonly whole: boolean;
}

/** Multiply-accumulates and values of one way forward, in float64. */
const mostWork = 2e8;
/** Numbers of an answer. */
const mostSums = 1 << 18;
/** Engines round every value to float32. */
const sameValue = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-3 * Math.max(1, Math.abs(a)) || Number.isNaN(a - b);

export const field: Inquiry<'field'> = async ({ from, node, row, column, channel }, desk) => {
  const scene = { ...desk.scene, steps: desk.scene.steps.slice(from + 1, node + 1) };
  const shape = desk.shapes[from + 1] ?? [];
  const [, , height = 1, width = 1] = shape;
  const whole = { left: 0, top: 0, width, height };
  const found = behind(scene, shape, { height: { from: row, to: row + 1 }, width: { from: column, to: column + 1 } });
  const part = found && {
    area: {
      left: found.part.width.from,
      top: found.part.height.from,
      width: found.part.width.to - found.part.width.from,
      height: found.part.height.to - found.part.height.from,
    },
    at: [found.values.height.from, found.values.width.from] as const,
  };
  // A step that goes by its place in the picture does something else on a part: the value shows it.
  const value = await desk.during(node, async (y) => valueIn(y, row, column, channel));
  for (const { area, at } of [...(part ? [part] : []), { area: whole, at: [row, column] as const }]) {
    if (workOf(scene, [1, shape[1] ?? 1, area.height, area.width]) > mostWork) continue;
    const got = await computed(scene, from, area, at, channel, desk);
    if (!sameValue(got.value, value)) continue;
    const box = profile(scene, shape).at(-1)?.field ?? null;
    return {
      kind: 'field',
      area,
      ...reduced(got.sums, area),
      total: got.sums.reduce((sum, v) => sum + v, 0),
      largest: got.sums.reduce((most, v) => Math.max(most, v), 0),
      half: box && shareInHalf(got.sums, area, box, [row, column]),
    };
  }
  return { kind: 'tooMuch', whole: part === null || part.area.width * part.area.height === width * height };
};

function workOf(scene: Scene, shape: Shape): number {
  const steps = profile(scene, shape);
  return totalCost(steps).macs + steps.reduce((sum, step) => sum + sizeOf(step.shape), sizeOf(shape));
}

const valueIn = ({ shape, data }: Tensor, row: number, column: number, channel: number | null): number => {
  const [, channels = 1, h = 1, w = 1] = shape;
  let sum = 0;
  for (let c = 0; c < channels; c++) if (channel === null || channel === c) sum += data[(c * h + row) * w + column] ?? Number.NaN;
  return sum;
};

async function computed(
  scene: Scene,
  from: Node,
  area: Area,
  at: readonly [number, number],
  channel: number | null,
  { breath, report, during }: InquiryDesk,
) {
  const x = await during(from, async (values) => {
    const { shape, data } = cropOf(values, area, [...Array(values.shape[1] ?? 1).keys()]);
    return { shape, data: Float64Array.from(data) };
  });
  const work = influence(scene, x, at, channel);
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
    report(next.value);
    if (breath.due()) await breath.rest();
  }
}

/** The largest of every cell of factor × factor pixels, so that an answer stays small and no peak is lost. */
function reduced(all: Float64Array, { width, height }: Area): Pick<Field, 'factor' | 'sums'> {
  const factor = Math.max(1, Math.ceil(Math.sqrt((width * height) / mostSums)));
  const columns = Math.ceil(width / factor);
  const sums = new Float32Array(columns * Math.ceil(height / factor));
  all.forEach((sum, at) => {
    const cell = Math.floor(Math.floor(at / width) / factor) * columns + Math.floor((at % width) / factor);
    sums[cell] = Math.max(sums[cell]!, sum);
  });
  return { factor, sums };
}
