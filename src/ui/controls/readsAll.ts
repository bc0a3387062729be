// The nearest setting under which no pixel at the end is left unread.

import { parse, readField } from '../../core/parse';
import { opOf } from '../../core/registry';
import type { Scene } from '../../core/scene';
import type { Field } from '../../core/schema';
import { sizesOf, trace } from '../../core/sequential';
import type { Shape } from '../../core/tensor';

export interface Change {
  readonly param: string;
  readonly value: number | readonly number[];
}

/** One number, or one for both axes, of one step changed; null where none within the sliders helps, or nothing is left unread. */
export function readsAll(scene: Scene, x: Shape, index: number): Change | null {
  const step = scene.steps[index];
  if (!step) return null;
  const op = opOf(step.op);
  const unread = (params: Readonly<Record<string, unknown>>): number => {
    const steps = scene.steps.map((old, i) => (i === index ? { ...step, params } : old));
    try {
      trace({ ...scene, steps }, x);
      const sizes = sizesOf({ ...scene, steps }, x, index);
      return sizes ? sizes.height.unread + sizes.width.unread : 0;
    } catch (error) {
      if (error instanceof RangeError) return Number.POSITIVE_INFINITY;
      throw error;
    }
  };
  const params = parse(op.params, step.params, op.name);
  if (!(unread(params) > 0)) return null;
  let best: (Change & { readonly distance: number }) | null = null;
  for (const [param, field] of Object.entries(op.params)) {
    for (const one of candidates(field, readField(field, params[param]))) {
      if (best && one.distance >= best.distance) break;
      if (unread({ ...params, [param]: one.value }) === 0) {
        best = { param, ...one };
        break;
      }
    }
  }
  return best && { param: best.param, value: best.value };
}

/** Whole numbers of the slider, nearest first. */
function candidates(field: Field, now: unknown): { readonly value: number | readonly number[]; readonly distance: number }[] {
  const whole = field.kind === 'maybe' ? field.of : field;
  if (whole.kind !== 'int' && (whole.kind !== 'pair' || whole.step !== 1)) return [];
  const values = (Array.isArray(now) ? now : [now]).map(Number);
  const [low, high] = whole.slider ?? [whole.min, Math.min(whole.max, whole.min + 64)];
  return Array.from({ length: high - low + 1 }, (_, i) => low + i)
    .filter((value) => values.some((v) => v !== value))
    .map((value) => ({
      value: values.length > 1 ? values.map(() => value) : value,
      distance: Math.max(...values.map((v) => Math.abs(value - v) / Math.max(1, v))),
    }))
    .sort((a, b) => a.distance - b.distance);
}
