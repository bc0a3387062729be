import { batch, computed, signal } from '@preact/signals';
import { starterScene } from '../../core/quick';
import type { Scene, Step } from '../../core/scene';
import type { Shape } from '../../core/tensor';
import type { Node, Opened } from '../../worker/api';
import { changeOf, type Edited, inserted } from './chain';
import { type Fit, fitOf } from './fit';
import { Undo } from './undo';

/** The scene under work: its steps, the one that is selected, whether it fits the picture, and the way back. */
export abstract class SceneEditor {
  readonly opened = signal<Opened | null>(null);
  readonly scene = signal<Scene>({ version: 1, input: 'unit', steps: [] });
  /** The step whose controls are shown. */
  readonly current = signal(0);
  readonly undos = new Undo<Edited>();

  readonly step = computed<Step | null>(() => this.scene.value.steps[this.current.value] ?? null);
  readonly op = computed(() => this.step.value?.op ?? null);
  readonly xShape = computed<Shape | null>(() => {
    const opened = this.opened.value;
    return opened && [1, opened.channels, opened.height, opened.width];
  });
  readonly fit = computed<Fit | null>(() => {
    const x = this.xShape.value;
    return x && fitOf(this.scene.value, x);
  });
  /** What the current step reads. */
  readonly stepInput = computed<Shape | null>(() => {
    const at = this.current.value;
    if (at === 0) return this.xShape.value;
    return this.fit.value?.shapes?.[at - 1] ?? null;
  });
  readonly #kept = new Map<string, { readonly step: Step; readonly input: Scene['input'] }>();

  /** Another scene is in place. */
  protected abstract entered(before: Scene): void;
  /** Another op is about to be in the current step. */
  protected abstract swapped(): void;

  /** The shape of a node's values, where the scene fits. */
  shapeAt(node: Node): Shape | null {
    return node < 0 ? this.xShape.value : (this.fit.value?.shapes?.[node] ?? null);
  }

  /** Puts another scene in place; the person can take it back once there is a picture. */
  setScene(scene: Scene, current = this.current.peek()): void {
    const before = { scene: this.scene.peek(), current: this.current.peek() };
    if (this.opened.peek()) this.undos.record(before, changeOf(before.scene, scene));
    this.#enterScene({ scene, current });
  }
  /** Takes an edit of the list of steps. */
  edit({ scene, current }: Edited): void {
    this.setScene(scene, current);
  }
  undo(): void {
    const before = this.undos.undo({ scene: this.scene.peek(), current: this.current.peek() });
    if (before) this.#enterScene(before);
  }
  redo(): void {
    const after = this.undos.redo({ scene: this.scene.peek(), current: this.current.peek() });
    if (after) this.#enterScene(after);
  }
  #enterScene({ scene, current }: Edited): void {
    const before = this.scene.peek();
    batch(() => {
      this.scene.value = scene;
      this.current.value = Math.min(current, Math.max(0, scene.steps.length - 1));
    });
    this.entered(before);
  }

  setStep(step: Step): void {
    const scene = this.scene.peek();
    this.setScene({ ...scene, steps: scene.steps.map((old, i) => (i === this.current.peek() ? step : old)) });
  }

  /** Puts another op in the current step, as it was last set, or as it is first shown. */
  setOp(op: string): void {
    const scene = this.scene.peek();
    const old = this.step.peek();
    if (old?.op === op) return;
    if (old) this.#kept.set(old.op, { step: old, input: scene.input });
    const starter = starterScene(op);
    const { step, input } = this.#kept.get(op) ?? { step: starter.steps[0], input: starter.input };
    if (!step) return;
    this.swapped();
    if (!old) {
      this.edit(inserted({ ...scene, input }, 0, [step]));
      return;
    }
    // The range of a longer chain is a matter of all its steps.
    const range = scene.steps.length > 1 ? scene.input : input;
    this.setScene({ ...scene, input: range, steps: scene.steps.map((other) => (other === old ? step : other)) });
  }

  /** Takes the change that makes the scene fit. */
  takeFix(): void {
    const problem = this.fit.peek()?.problem;
    const { steps } = this.scene.peek();
    const step = problem && steps[problem.step];
    if (!step || !problem.fix) return;
    const mended = { ...step, params: { ...step.params, [problem.fix.param]: problem.fix.value } };
    this.setScene({ ...this.scene.peek(), steps: steps.map((other, i) => (i === problem.step ? mended : other)) });
  }
}
