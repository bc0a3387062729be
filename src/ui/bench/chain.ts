// Edits of a scene's list of steps. Each answers with another scene and the step that is selected then.

import type { Scene, Step } from '../../core/scene';

export interface Edited {
  readonly scene: Scene;
  readonly current: number;
}

const edited = (scene: Scene, steps: readonly Step[], current: number): Edited => ({
  scene: { ...scene, steps },
  current: Math.min(Math.max(0, current), Math.max(0, steps.length - 1)),
});

/** Steps put in before position `at`; the last of them is selected. */
export const inserted = (scene: Scene, at: number, added: readonly Step[]): Edited =>
  edited(scene, [...scene.steps.slice(0, at), ...added, ...scene.steps.slice(at)], at + added.length - 1);

/** Without step `at`; the one before it is selected. */
export const removed = (scene: Scene, at: number): Edited =>
  edited(
    scene,
    scene.steps.filter((_, i) => i !== at),
    at === 0 ? 0 : at - 1,
  );

/** Step `from` moved to position `to`, and selected. */
export function moved(scene: Scene, from: number, to: number): Edited {
  const step = scene.steps[from];
  const rest = scene.steps.filter((_, i) => i !== from);
  const at = Math.min(Math.max(0, to), rest.length);
  return step ? edited(scene, [...rest.slice(0, at), step, ...rest.slice(at)], at) : edited(scene, scene.steps, from);
}

/** A copy of step `at` behind it, selected. */
export function duplicated(scene: Scene, at: number): Edited {
  const step = scene.steps[at];
  return step ? inserted(scene, at + 1, [{ ...step }]) : edited(scene, scene.steps, at);
}

/** Step `at` switched off, or on again. */
export const toggled = (scene: Scene, at: number): Edited =>
  edited(
    scene,
    scene.steps.map((step, i) => {
      if (i !== at) return step;
      const { off, ...on } = step;
      return off ? on : { ...step, off: true };
    }),
    at,
  );

/** Where the step of a place of one scene is in another: the same step, or what stands in its place. */
export function followed(before: Scene, after: Scene, at: number): number {
  const step = before.steps[at];
  const found = step ? after.steps.indexOf(step) : -1;
  return found >= 0 ? found : Math.min(at, after.steps.length - 1);
}

/** The last step of another chain; null of a chain that is changed in places. */
export function lastOf(before: Scene, after: Scene): number | null {
  const { length } = after.steps;
  const changed = length === before.steps.length && (length < 2 || after.steps.some((step) => before.steps.includes(step)));
  return changed ? null : Math.max(0, length - 1);
}

/** What differs between two scenes, as a name; null when more than the settings of one step does. */
export function changeOf(before: Scene, after: Scene): string | null {
  if (before.steps.length !== after.steps.length || before.input !== after.input) return null;
  const [at, ...more] = [...after.steps.keys()].filter((i) => before.steps[i] !== after.steps[i]);
  const [old, next] = [before.steps[at ?? -1], after.steps[at ?? -1]];
  if (!old || !next || more.length > 0 || old.op !== next.op || old.off !== next.off) return null;
  const changed = (one: Readonly<Record<string, unknown>> = {}, other: Readonly<Record<string, unknown>> = {}) =>
    [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(
      (key) => one[key] !== other[key] && JSON.stringify(one[key]) !== JSON.stringify(other[key]),
    );
  return [at, next.op, ...changed(old.params, next.params), ...changed(old.weights, next.weights)].join(' ');
}
