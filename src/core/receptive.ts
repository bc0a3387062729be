// What every step of a scene costs and sees, worked out before anything runs.

import type { Cost } from './op';
import type { Reach } from './reach';
import type { AnyOp } from './registry';
import type { Scene } from './scene';
import type { Params, Schema } from './schema';
import type { Shape } from './tensor';
import { atStep, prepare, refuseTooLarge } from './trace';

/**
 * The pixels of the picture that one value depends on, along one axis: the value at position `i` sees `size` of them
 * from `start + i · jump` on. Those outside the picture are padding,
 * whatever it holds.
 */
export interface ReceptiveAxis {
  readonly size: number;
  readonly jump: number;
  readonly start: number;
}
export interface ReceptiveField {
  readonly height: ReceptiveAxis;
  readonly width: ReceptiveAxis;
}

export interface StepProfile extends Cost {
  readonly shape: Shape;
  /** Null once a step has left the picture's axes behind, and for a picture without pixels. */
  readonly field: ReceptiveField | null;
}

const pixel: ReceptiveAxis = { size: 1, jump: 1, start: 0 };
/** Of the picture itself. */
export const onePixel: ReceptiveField = { height: pixel, width: pixel };

/** The field of a step behind others: `size += (k − 1) · jump`, `start += s₀ · jump`, `jump *= s` (Dumoulin and Visin, 2016). */
export const widen = (field: ReceptiveAxis, { size, jump, start }: Omit<Reach, 'reads'>): ReceptiveAxis => ({
  size: field.size + (size - 1) * field.jump,
  jump: field.jump * jump,
  start: field.start + start * field.jump,
});

/** The pixels behind position `at`, first and last, clipped to a picture of that length; null where it sees padding alone. */
export function pixelsBehind({ size, jump, start }: ReceptiveAxis, at: number, length: number): readonly [number, number] | null {
  const first = Math.max(0, Math.floor(start + at * jump));
  const last = Math.min(length - 1, Math.ceil(start + at * jump + size - 1));
  return first > last ? null : [first, last];
}

/** Shape, receptive field, parameters, multiply-accumulates and bytes of every step. @throws RangeError as `trace` does. */
export function profile(scene: Scene, xShape: Shape): StepProfile[] {
  const profiles: StepProfile[] = [];
  const nodes = [xShape];
  let field: ReceptiveField | null = xShape.length === 4 ? onePixel : null;
  scene.steps.forEach((step, i) => {
    atStep(scene.steps, i, () => {
      if (step.off) {
        const shape = nodes[i]!;
        nodes.push(shape);
        return void profiles.push({ shape, field, macs: 0, parameters: 0, bytes: 0 });
      }
      const { op, params, shapes } = prepare(scene.steps, i, nodes);
      const shape = refuseTooLarge(op.name, op.infer(shapes, params));
      nodes.push(shape);
      field = field && fieldAfter(field, op, params, shapes, shape);
      profiles.push({ shape, field, ...op.cost(shapes, params) });
    });
  });
  return profiles;
}

/** What a whole scene costs. */
export const totalCost = (profiles: readonly Cost[]): Cost => ({
  macs: profiles.reduce((sum, { macs }) => sum + macs, 0),
  parameters: profiles.reduce((sum, { parameters }) => sum + parameters, 0),
  bytes: profiles.reduce((sum, { bytes }) => sum + bytes, 0),
});

function fieldAfter(
  field: ReceptiveField,
  op: AnyOp,
  params: Params<Schema>,
  shapes: Readonly<Record<string, Shape>>,
  y: Shape,
): ReceptiveField | null {
  if (y.length !== 4 || shapes.x?.slice(1).includes(0)) return null;
  const reach = op.reach?.(shapes, params);
  if (!reach) return field;
  return { height: widen(field.height, reach.height), width: widen(field.width, reach.width) };
}
