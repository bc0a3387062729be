import { batch, computed, signal } from '@preact/signals';
import { starterScene } from '../../core/quick';
import type { Scene, Step } from '../../core/scene';
import type { Shape } from '../../core/tensor';
import type { Display } from '../../image/display';
import type { PictureMeta } from '../../image/picture';
import { rasteriseSvg } from '../../image/svg';
import type { Opened, Refused, View } from '../../worker/api';
import { t } from '../strings';
import { type Fit, fitOf } from './fit';
import { lookOf, watchTheme } from './look';
import type { Size } from './place';
import { Pointing } from './pointing';
import { Runner } from './runner';
import { WorkerLost } from './studio';
import { sentence } from './words';

export interface Busy {
  /** 0..1 */
  readonly done: number;
  /** `performance.now()` at the start. */
  readonly since: number;
}
/** What went wrong, as a sentence; the person may try again where that can help. */
export interface Failure {
  /** `run`: there is no result of this scene. `other`: the result stands. */
  readonly of: 'run' | 'other';
  readonly text: string;
  readonly retry: (() => void) | null;
}
/** A question about a large picture. */
export interface Ask {
  readonly text: string;
  readonly choices: readonly { readonly label: string; take(): void }[];
}
/** How the worker opens a picture: reduced, or large with the person's consent. */
export interface OpenOptions {
  readonly shrink?: number;
  readonly large?: boolean;
}
export type CompareMode = 'side' | 'split';

/** One picture, one scene, and the result: what panel, popup and Lab share. Pages read the signals and call the actions. */
export class Bench {
  readonly picture = signal<PictureMeta | null>(null);
  readonly opened = signal<Opened | null>(null);
  /** The name of the picture on its way. */
  readonly opening = signal<string | null>(null);
  readonly scene = signal<Scene>({ version: 1, input: 'unit', steps: [] });
  /** The step whose controls are shown. */
  readonly current = signal(0);
  readonly display = signal<Display>({ mapping: 'auto', channel: 'all' });
  /** No algorithm that trades accuracy for speed. */
  readonly exact = signal(false);
  readonly mode = signal<CompareMode>('side');
  readonly split = signal(0.5);

  readonly input = signal<View | null>(null);
  readonly output = signal<View | null>(null);
  readonly busy = signal<Busy | null>(null);
  readonly failure = signal<Failure | null>(null);
  readonly ask = signal<Ask | null>(null);

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
  /** There is a full result of this very scene: it can be saved and put on the page. */
  readonly finished = computed(() => {
    const view = this.output.value;
    return (
      view !== null &&
      view.reducedBy === 1 &&
      this.busy.value === null &&
      this.fit.value?.problem === null &&
      this.failure.value?.of !== 'run'
    );
  });
  readonly inputSize = computed<Size | null>(() => sizeOfShape(this.xShape.value));
  /** Of the result that is shown, at its full size: the page is laid out anew when it comes, not before. */
  readonly outputSize = signal<Size | null>(null);

  readonly #runner = new Runner({
    view: (view) => this.#show(view),
    progress: (done) => {
      const busy = this.busy.peek();
      if (busy) this.busy.value = { ...busy, done };
    },
    facts: (facts) => {
      const view = this.output.peek();
      if (view) this.output.value = { ...view, facts };
    },
    done: () => {
      this.busy.value = null;
    },
    failed: (error) => this.#fail('run', error),
    lost: () => this.#heal(),
  });
  readonly pointing = new Pointing({
    input: this.inputSize,
    output: computed(() => (this.finished.value ? this.outputSize.value : null)),
    values: (at) => this.#runner.values(at),
  });
  readonly #kept = new Map<string, { readonly step: Step; readonly input: Scene['input'] }>();
  readonly #unwatch = watchTheme(() => void this.#redraw());
  #opens = 0;
  #healed = Number.NEGATIVE_INFINITY;

  /** Shows another picture; true when it is shown. What was shown stays until it is decoded, and stays when it cannot be. */
  async open(blob: Blob, picture: PictureMeta, options: OpenOptions = {}): Promise<boolean> {
    const id = ++this.#opens;
    const interrupted = this.busy.peek() !== null;
    batch(() => {
      this.opening.value = picture.name;
      this.ask.value = null;
      this.failure.value = null;
      this.busy.value = null;
    });
    try {
      let opened = await this.#runner.open(blob, options);
      if (opened.kind === 'refused' && opened.reason === 'svg' && id === this.#opens) {
        opened = await this.#runner.open(await rasteriseSvg(blob), options);
      }
      if (id !== this.#opens) return false;
      if (opened.kind === 'opened') {
        await this.#enter(opened, picture);
        return true;
      }
      if (interrupted) this.run();
      this.#refused(opened, blob, picture);
    } catch (error) {
      if (id !== this.#opens) return false;
      if (interrupted) this.run();
      this.#fail('other', error, () => void this.open(blob, picture, options));
    }
    return false;
  }

  /** Of the first picture the result is asked for at once, and the page is laid out while the worker draws; a later one replaces all in one go. */
  async #enter(opened: Opened, picture: PictureMeta): Promise<void> {
    const first = this.opened.peek() === null;
    const asked = this.#runner.input(this.scene.peek());
    const enter = () =>
      batch(() => {
        this.#replace(this.output, null);
        this.outputSize.value = null;
        this.picture.value = picture;
        this.opened.value = opened;
        this.opening.value = null;
        this.failure.value = null;
        this.pointing.reset();
        this.run();
      });
    if (first) enter();
    const input = await asked;
    batch(() => {
      this.#replace(this.input, input);
      if (!first) enter();
    });
  }

  #refused({ reason, message, shrink, action }: Refused, blob: Blob, picture: PictureMeta): void {
    if (reason === 'superseded') return;
    const choices: Ask['choices'][number][] = [];
    if (reason === 'ask') choices.push({ label: t('useFullSize'), take: () => void this.open(blob, picture, { large: true }) });
    if (shrink && action) choices.push({ label: action, take: () => void this.open(blob, picture, { shrink }) });
    batch(() => {
      this.opening.value = null;
      if (choices.length) this.ask.value = { text: message, choices };
      else this.failure.value = { of: 'other', text: message, retry: null };
    });
  }

  /** Runs the scene, unless it does not fit; then the last result stays. */
  run(): void {
    if (!this.opened.peek()) return;
    if (this.fit.peek()?.problem || this.scene.peek().steps.length === 0) {
      this.#runner.stop();
      this.busy.value = null;
      return;
    }
    batch(() => {
      this.failure.value = null;
      this.busy.value = { done: 0, since: performance.now() };
    });
    this.#runner.run({ scene: this.scene.peek(), look: lookOf(this.display.peek()), exact: this.exact.peek() });
  }

  cancel(): void {
    this.#runner.stop();
    this.busy.value = null;
  }

  setScene(scene: Scene): void {
    const before = this.scene.peek();
    batch(() => {
      this.scene.value = scene;
      this.current.value = Math.min(this.current.peek(), Math.max(0, scene.steps.length - 1));
    });
    if (scene.input !== before.input && this.opened.peek()) void this.#reenter();
    this.run();
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
    const steps = old ? scene.steps.map((other) => (other === old ? step : other)) : [step];
    this.display.value = { ...this.display.peek(), channel: 'all' };
    this.setScene({ ...scene, input, steps });
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

  setDisplay(display: Display): void {
    this.display.value = display;
    void this.#redraw();
  }

  setExact(exact: boolean): void {
    this.exact.value = exact;
    this.run();
  }

  /** The result under its present display, at its true size, as PNG. */
  png = (): Promise<Blob> => this.#runner.png(lookOf(this.display.peek()));

  close(): void {
    this.#unwatch();
    this.pointing.stop();
    this.#runner.close();
    this.input.value = null;
    this.output.value = null;
  }

  /** Swaps a view and gives the memory of the old one back. */
  #replace(at: { value: View | null; peek(): View | null }, view: View | null): void {
    const old = at.peek();
    at.value = view;
    if (old && old !== view) this.#runner.giveBack(old);
  }

  /** What the same op told of the result before stands until it tells anew, which comes after the picture. */
  #show(view: View): void {
    const old = this.output.peek();
    const same = old?.steps.at(-1)?.op === view.steps.at(-1)?.op;
    const size = sizeOfShape((view.reducedBy > 1 ? this.fit.peek()?.shapes?.at(-1) : undefined) ?? view.shape);
    const known = this.outputSize.peek();
    if (size?.width !== known?.width || size?.height !== known?.height) this.outputSize.value = size;
    this.#replace(this.output, same && old?.facts && !view.facts ? { ...view, facts: old.facts } : view);
  }

  async #redraw(): Promise<void> {
    if (!this.output.peek()) return;
    if (!this.finished.peek()) return this.run();
    try {
      const view = await this.#runner.redraw(lookOf(this.display.peek()));
      if (this.finished.peek()) this.#replace(this.output, view);
      else this.#runner.giveBack(view);
    } catch (error) {
      this.#fail('run', error);
    }
  }

  async #reenter(): Promise<void> {
    try {
      this.#replace(this.input, await this.#runner.input(this.scene.peek()));
    } catch {
      // The run that follows meets the same failure and tells it.
    }
  }

  /** Says what an action outside the bench ran into. */
  complain(text: string, retry: (() => void) | null = null): void {
    this.failure.value = { of: 'other', text, retry };
  }

  /** A worker that went away at rest (the system was short of memory) is replaced without a word, unless that happens again and again. */
  #heal(): void {
    const again = performance.now() - this.#healed < 30_000;
    this.#healed = performance.now();
    if (again) this.#fail('run', new WorkerLost());
    else this.run();
  }

  #fail(of: Failure['of'], error: unknown, retry: (() => void) | null = of === 'run' ? () => this.run() : null): void {
    const lost = error instanceof Error && error.name === 'WorkerLost';
    const text = lost ? t('workerLost') : sentence(error instanceof Error ? error.message : String(error));
    batch(() => {
      this.failure.value = { of, text, retry: of === 'run' || lost ? retry : null };
      if (of === 'run') this.busy.value = null;
      this.opening.value = null;
    });
  }
}

const sizeOfShape = (shape: Shape | null): Size | null =>
  shape && { width: shape[3] ?? shape.at(-1) ?? 1, height: shape[2] ?? 1 };
