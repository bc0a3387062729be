import type { Scene } from '../../core/scene';
import { fitting, trace } from '../../core/sequential';
import type { Shape } from '../../core/tensor';
import { reasonOf } from './words';

/** A change of one parameter that makes the scene fit again. */
export type Fix = NonNullable<ReturnType<typeof fitting>>;
/** The output shape of every step; where one does not fit, of those before it, with the sentence why. */
export interface Fit {
  readonly shapes: readonly Shape[];
  readonly problem: { readonly text: string; readonly step: number; readonly fix: Fix | null } | null;
}

/** Whether a scene fits a picture of that shape. */
export function fitOf(scene: Scene, x: Shape): Fit {
  try {
    return { shapes: trace(scene, x), problem: null };
  } catch (error) {
    const upTo = (step: number): Scene => ({ ...scene, steps: scene.steps.slice(0, step) });
    const step = Math.max(
      0,
      scene.steps.findIndex((_, i) => !fits(upTo(i + 1), x)),
    );
    const text = reasonOf(error);
    return { shapes: step > 0 ? trace(upTo(step), x) : [], problem: { text, step, fix: fitting(scene, x, step) } };
  }
}

function fits(scene: Scene, x: Shape): boolean {
  try {
    trace(scene, x);
    return true;
  } catch {
    return false;
  }
}
