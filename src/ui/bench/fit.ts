import type { Scene } from '../../core/scene';
import { fitting, trace } from '../../core/sequential';
import type { Shape } from '../../core/tensor';
import { sentence } from './words';

/** A change of one parameter that makes the scene fit again. */
export type Fix = NonNullable<ReturnType<typeof fitting>>;
/** The output shape of every step, or the sentence why there is none, with the step that does not fit. */
export type Fit =
  | { readonly shapes: readonly Shape[]; readonly problem: null }
  | { readonly shapes: null; readonly problem: { readonly text: string; readonly step: number; readonly fix: Fix | null } };

/** Whether a scene fits a picture of that shape. */
export function fitOf(scene: Scene, x: Shape): Fit {
  try {
    return { shapes: trace(scene, x), problem: null };
  } catch (error) {
    const step = scene.steps.findIndex((_, i) => !fits({ ...scene, steps: scene.steps.slice(0, i + 1) }, x));
    const text = sentence(error instanceof Error ? error.message : String(error));
    return { shapes: null, problem: { text, step: Math.max(0, step), fix: fitting(scene, x, Math.max(0, step)) } };
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
