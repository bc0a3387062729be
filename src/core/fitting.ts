import { readField } from './parse';
import { opOf } from './registry';
import type { Scene } from './scene';
import type { Field, ParamValue } from './schema';
import type { Shape } from './tensor';
import { trace } from './trace';

/** A change of one parameter: `{ param: 'dilation', title: 'Dilation', value: [37, 37] }`. */
export interface Fit {
  readonly param: string;
  readonly title: string;
  readonly value: ParamValue;
}
interface Candidate {
  readonly value: ParamValue;
  /** How far from the value now, relative to it. */
  readonly distance: number;
}

/**
 * The nearest change of a single parameter of one step that makes the whole scene fit a picture of that shape;
 * null when there is none, or when the scene fits already.
 */
export function fitting(scene: Scene, xShape: Shape, stepIndex: number): Fit | null {
  const step = scene.steps[stepIndex];
  if (!step || fits(scene, xShape)) return null;
  const { params } = opOf(step.op);
  let best: (Fit & { readonly distance: number }) | null = null;
  for (const [param, field] of Object.entries(params)) {
    const now = readField(field, step.params[param] ?? field.default);
    if (now === undefined) continue;
    for (const { value, distance } of candidates(field, now)) {
      if (best && distance >= best.distance) break;
      const changed = { ...step, params: { ...step.params, [param]: value } };
      if (!fits({ ...scene, steps: scene.steps.map((s) => (s === step ? changed : s)) }, xShape)) continue;
      best = { param, title: field.title, value, distance };
      break;
    }
  }
  return best && { param: best.param, title: best.title, value: best.value };
}

/** Whether every step fits what comes to it. */
export function fits(scene: Scene, xShape: Shape): boolean {
  try {
    trace(scene, xShape);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Other values of a field, nearest first. */
function candidates(field: Field, now: ParamValue): Candidate[] {
  switch (field.kind) {
    case 'bool':
      return [{ value: !now, distance: !now === field.default ? 0.5 : 1 }];
    case 'choice':
      return nearestFirst(
        field.options.filter((option) => option !== now).map((value) => ({ value, distance: value === field.default ? 0.5 : 1 })),
      );
    case 'maybe':
      return now === null ? [] : nearestFirst([...candidates(field.of, now), { value: null, distance: 1 }]);
    case 'int':
      return nearestFirst(steps(Number(now), field.min, field.max, 1));
    case 'real':
      return nearestFirst(steps(Number(now), field.min, field.max, field.step));
    case 'pair':
      return lists(now, field.min, field.max, field.step);
    case 'sides':
      return lists(now, field.min, field.max, 1);
  }
}

/** Values on both sides of `now`, a step apart and farther. */
function steps(now: number, min: number, max: number, step: number): { value: number; distance: number }[] {
  const scale = Math.max(Math.abs(now), step);
  const found = [];
  for (let k = 1; k <= 4096; k++) {
    for (const value of [now - k * step, now + k * step]) {
      const tidy = Number(value.toFixed(6));
      if (tidy >= min && tidy <= max) found.push({ value: tidy, distance: Math.abs(tidy - now) / scale });
    }
  }
  return found;
}

/** Lists that are lowered to a ceiling, or raised to a floor, as a whole. */
function lists(now: ParamValue, min: number, max: number, step: number): Candidate[] {
  const values = Array.isArray(now) ? now.map(Number) : [];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const lowered = steps(high, min, max, step)
    .filter(({ value }) => value < high)
    .map(({ value, distance }) => ({ value: values.map((v) => Math.min(v, value)), distance }));
  const raised = steps(low, min, max, step)
    .filter(({ value }) => value > low)
    .map(({ value, distance }) => ({ value: values.map((v) => Math.max(v, value)), distance }));
  return nearestFirst([...lowered, ...raised]);
}

const nearestFirst = (found: readonly Candidate[]): Candidate[] => [...found].sort((a, b) => a.distance - b.distance);
