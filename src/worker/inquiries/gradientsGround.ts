// What gradients are computed on: the part behind one value, the whole picture, or a smaller copy of it.

import { behind } from '../../core/behind';
import type { Scene } from '../../core/scene';
import { profile, totalCost, trace } from '../../core/sequential';
import { type Shape, sizeOf, type Tensor } from '../../core/tensor';
import { shrunk } from '../../image/limits';
import type { Area } from '../api';
import { cropOf } from '../drawings';
import type { InquiryDesk } from '.';

/** Values of all nodes together, and multiply-accumulates of one way forward, that are worked on at most. */
const MOST_VALUES = 6e6;
const MOST_MACS = 1e9;
/** Of a part that is computed in float64 in one go for each step. */
const MOST_EXACT_MACS = 3e7;
const MOST_EXACT_VALUES = 1e6;

/** Where a ground comes from. */
export interface Ground {
  readonly kind: 'whole' | 'part' | 'reduced';
  /** Of the picture; all of it but for a part. */
  readonly area: Area;
  /** How many pixels of the picture are one of the ground, each way. */
  readonly factor: number;
  /** In float64 by the formulas as they are written; else by the engines in float32. */
  readonly exact: boolean;
}
/** A ground with its values, and where a value of the last node of the whole lies in its own last node. */
export interface Prepared {
  readonly ground: Ground;
  readonly x: Tensor;
  place(row: number, column: number): readonly [row: number, column: number];
}

interface Size {
  readonly macs: number;
  readonly values: number;
}
function sizeOfWork(scene: Scene, shape: Shape): Size {
  const steps = profile(scene, shape);
  return { macs: totalCost(steps).macs, values: steps.reduce((sum, step) => sum + sizeOf(step.shape), sizeOf(shape)) };
}

/** The part behind one value of the scene's last node; null where none does or it is large. */
export async function partBehind(
  scene: Scene,
  [row, column]: readonly [number, number],
  desk: InquiryDesk,
): Promise<Prepared | null> {
  const [shape = []] = desk.shapes;
  const found = behind(scene, shape, { height: { from: row, to: row + 1 }, width: { from: column, to: column + 1 } });
  if (!found) return null;
  const { height, width } = found.part;
  const area = { left: width.from, top: height.from, width: width.to - width.from, height: height.to - height.from };
  const channels = shape[1] ?? 1;
  const { macs, values } = sizeOfWork(scene, [1, channels, area.height, area.width]);
  if (macs > MOST_EXACT_MACS || values > MOST_EXACT_VALUES) return null;
  const all = Array.from({ length: channels }, (_, c) => c);
  const x = await desk.during(-1, async (picture) => cropOf(picture, area, all));
  return {
    ground: { kind: 'part', area, factor: 1, exact: true },
    x: { shape: x.shape, data: Float64Array.from(x.data) },
    place: () => [found.values.height.from, found.values.width.from],
  };
}

/** The whole picture where that can be worked on, else the largest copy that can. @throws RangeError where the scene fits no such copy. */
export async function wholeOrReduced(scene: Scene, desk: InquiryDesk): Promise<Prepared> {
  const [shape = []] = desk.shapes;
  const [, channels = 1, height = 1, width = 1] = shape;
  const area = { left: 0, top: 0, width, height };
  const last = desk.shapes[scene.steps.length] ?? shape;
  for (let factor = 1; ; factor++) {
    const size: Shape = [1, channels, shrunk(height, factor), shrunk(width, factor)];
    const made = trace(scene, size).at(-1) ?? size;
    const { macs, values } = sizeOfWork(scene, size);
    // Plain loops go through a step in one go.
    const most = desk.workshop.memory ? MOST_MACS : MOST_EXACT_MACS;
    if (macs > most || values > MOST_VALUES) continue;
    const along = (at: number, from: number, to: number) => Math.min(to - 1, Math.floor((at * to) / from));
    return {
      ground: { kind: factor === 1 ? 'whole' : 'reduced', area, factor, exact: false },
      x: await copied(factor, desk),
      place: (row, column) =>
        factor === 1 ? [row, column] : [along(row, last[2] ?? 1, made[2] ?? 1), along(column, last[3] ?? 1, made[3] ?? 1)],
    };
  }
}

/** In memory of its own, so that nothing moves meanwhile. */
function copied(factor: number, { during, workshop, breath }: InquiryDesk): Promise<Tensor<Float32Array>> {
  return during(-1, async (picture) => {
    if (factor === 1) return { shape: picture.shape, data: picture.data.slice() };
    const small = await workshop.reduced(picture, factor, breath);
    const copy = { shape: small.shape, data: small.data.slice() };
    workshop.engines.release(small);
    return copy;
  });
}
