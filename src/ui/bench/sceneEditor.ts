import { batch, computed, signal } from '@preact/signals';
import { starterScene } from '../../core/quick';
import type { Scene, Step } from '../../core/scene';
import { fitted, startingStep } from '../../core/starting';
import type { Shape } from '../../core/tensor';
import type { Display } from '../../image/display';
import type { Node, Opened } from '../../worker/api';
import { changeOf, type Edited, inserted, lastOf } from './chain';
import { type Fit, fitOf } from './fit';
import { Undo } from './undo';

/** How values are shown. */
export interface Looks {
  readonly display: Display;
  readonly inputDisplay: Display;
}
/** What can be taken back: the scene, the step that is selected, and how values are shown. */
type Remembered = Edited & Looks;

/** The scene under work: its steps, the one that is selected, whether it fits the picture, and the way back. */
export abstract class SceneEditor {
  readonly opened = signal<Opened | null>(null);
  readonly scene = signal<Scene>({ version: 1, input: 'unit', steps: [] });
  /** The step whose controls are shown. */
  readonly current = signal(0);
  readonly undos = new Undo<Remembered>();

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
  protected abstract looks(): Looks;
  protected abstract enterLooks(looks: Looks): void;

  /** The shape of a node's values, where the scene fits. */
  shapeAt(node: Node): Shape | null {
    return node < 0 ? this.xShape.value : (this.fit.value?.shapes?.[node] ?? null);
  }

  /** Puts another scene in place; the person can take it back once there is a picture. Of another chain the last step is selected. */
  setScene(scene: Scene, current = lastOf(this.scene.peek(), scene) ?? this.current.peek()): void {
    this.remember(changeOf(this.scene.peek(), scene));
    this.#enterScene({ scene, current });
  }
  /** Takes an edit of the list of steps. */
  edit({ scene, current }: Edited): void {
    this.setScene(scene, current);
  }
  /** Before a change: so that it can be taken back. Changes of the same `what` in quick succession are taken back together. */
  protected remember(what: string | null): void {
    if (this.opened.peek()) this.undos.record(this.#now(), what);
  }
  undo(): void {
    const before = this.undos.undo(this.#now());
    if (before) this.#goTo(before);
  }
  redo(): void {
    const after = this.undos.redo(this.#now());
    if (after) this.#goTo(after);
  }
  #now = (): Remembered => ({ scene: this.scene.peek(), current: this.current.peek(), ...this.looks() });
  #goTo(state: Remembered): void {
    batch(() => {
      this.enterLooks(state);
      this.#enterScene(state);
    });
  }
  #enterScene({ scene, current }: Edited): void {
    const before = this.scene.peek();
    // The worker is asked before the page hears of the change.
    batch(() => {
      this.scene.value = scene;
      this.current.value = Math.min(current, Math.max(0, scene.steps.length - 1));
      this.entered(before);
    });
  }

  setStep(step: Step): void {
    const scene = this.scene.peek();
    this.setScene({ ...scene, steps: scene.steps.map((old, i) => (i === this.current.peek() ? step : old)) });
  }

  /** Puts another op in the current step, as it was last set, or as it is first shown. */
  setOp(op: string): void {
    const scene = this.scene.peek();
    const at = this.current.peek();
    const old = scene.steps[at];
    if (!old) this.add(op);
    if (!old || old.op === op) return;
    this.#kept.set(old.op, { step: old, input: scene.input });
    const kept = this.#kept.get(op);
    const x = this.stepInput.peek();
    const fresh = kept ? (x ? fitted(kept.step, x) : kept.step) : startingStep(op, x);
    const { off: _, ...on } = fresh;
    this.swapped();
    // The range of a longer chain is a matter of all its steps.
    const input = scene.steps.length > 1 ? scene.input : (kept?.input ?? starterScene(op).input);
    this.setScene({ ...scene, input, steps: scene.steps.map((other, i) => (i === at ? on : other)) }, at);
  }
  /** Puts a step of that op behind the selected one, with settings that fit what reaches it. */
  add(op: string): void {
    const scene = this.scene.peek();
    const at = scene.steps.length === 0 ? 0 : this.current.peek() + 1;
    const step = startingStep(op, this.shapeAt(at - 1));
    const input = scene.steps.length === 0 ? starterScene(op).input : scene.input;
    this.edit(inserted({ ...scene, input }, at, [step]));
  }
  /** The current step as it is first shown. */
  resetStep(): void {
    const op = this.op.peek();
    if (op === null) return;
    const scene = this.scene.peek();
    const at = this.current.peek();
    const step = startingStep(op, this.stepInput.peek());
    const input = scene.steps.length > 1 ? scene.input : starterScene(op).input;
    this.setScene({ ...scene, input, steps: scene.steps.map((other, i) => (i === at ? step : other)) });
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
