import { batch, computed, signal } from '@preact/signals';
import type { View } from '../../worker/api';
import { t } from '../strings';
import { letGo } from '../view/sheet';
import { Asking } from './asking';
import { watchTheme } from './look';
import type { Size } from './place';
import { Pointing } from './pointing';
import { type Job, Runner } from './runner';
import { type Failure, sizeOfShape } from './shown';
import { atRest, resultShown, sliding } from './slides';
import { WorkerLost } from './studio';
import { reasonOf } from './words';

/** The scene is run as it changes, and what the worker reports of it is shown: coarsely while a slider moves, in full when it rests. */
export abstract class Running extends Asking {
  protected override readonly runner = new Runner({
    view: (view, at) => this.#show(view, at),
    progress: (done) => {
      const busy = this.busy.peek();
      if (busy) this.busy.value = { ...busy, done };
    },
    facts: (node, facts) => {
      const view = this.output.peek();
      if (view?.node === node) this.output.value = { ...view, facts };
    },
    step: (step) => {
      this.reports.value = new Map(this.reports.peek()).set(step.node, step);
    },
    done: () => {
      this.busy.value = null;
      this.#rest();
    },
    failed: (error) => this.fail('run', error),
    lost: () => this.#heal(),
  });
  readonly pointing = new Pointing({
    input: this.inputSize,
    output: computed(() => (this.finished.value ? this.outputSize.value : null)),
    values: async ({ input, output }) => {
      const nodes = this.nodes.peek();
      const asked = [{ node: nodes.input, ...input }, ...(output ? [{ node: nodes.output, ...output }] : [])];
      const [first = null, second = null] = await this.query((studio) => studio.values(asked));
      return { input: first, output: second };
    },
  });
  readonly #unwatch = watchTheme(() => void this.redraw());
  #asked: Job | null = null;
  /** The run whose result is shown, where that is drawn no finer than is seen: while a slider is dragged, and until it rests. */
  readonly coarse = signal<Job | null>(null);
  /** A preview stands for the full result, which does not come by itself. */
  readonly partial = computed(() => {
    const view = this.output.value;
    const waits = this.busy.value !== null || this.coarse.value !== null;
    const fails = this.misfit.value !== null || this.failure.value !== null;
    return this.opened.value !== null && !waits && !fails && view?.reducedBy !== 1;
  });
  #forgetSharp = (): void => undefined;
  #healed = Number.NEGATIVE_INFINITY;

  /** `detailed`: every step is shown in small. */
  constructor(readonly detailed = false) {
    super();
  }

  /** Runs the scene as far as it fits; where that is not as far as the views want, the last result stays, or the last one that fits is shown. */
  run(): void {
    const { opened, misfit, output } = this;
    if (!opened.peek()) return;
    const scene = this.fitting();
    const end = scene.steps.length;
    const short = misfit.peek() !== null;
    if (short && (end === 0 || output.peek())) {
      this.#halt();
      this.#rest();
      return;
    }
    batch(() => {
      this.failure.value = null;
      this.busy.value = { done: 0, since: performance.now() };
    });
    const wanted = this.nodes.peek().input < 0 ? [this.wantedOutput()] : [this.wantedInput(), this.wantedOutput()];
    const coarse = sliding() && this.seen() !== null;
    this.#forgetSharp();
    const looked = short ? [{ ...this.wantedOutput(), node: end - 1 }] : wanted;
    this.#ask({
      scene,
      wanted: coarse ? looked.map((one) => ({ ...one, look: { ...one.look, coarse } })) : looked,
      choice: { exact: this.exact.peek(), details: this.detailed },
    });
  }

  #ask(job: Job): void {
    this.#asked = job;
    this.runner.run(job);
  }

  /** What is shown stays, as it is. */
  cancel(): void {
    this.#forgetSharp();
    this.#halt();
    this.coarse.value = null;
  }

  #halt(): void {
    this.runner.stop();
    this.busy.value = null;
  }

  close(): void {
    this.#unwatch();
    this.#forgetSharp();
    this.pointing.stop();
    this.runner.close();
    this.input.value = null;
    this.output.value = null;
  }

  /** Swaps a view and lets the old one's memory go. */
  protected replace(at: { value: View | null; peek(): View | null }, view: View | null): void {
    const old = at.peek();
    at.value = view;
    if (old && old.drawing !== view?.drawing) letGo(old);
  }

  /** What the same op told of the result before stands until it tells anew, which comes after the picture. */
  #show(view: View, at: number): void {
    const job = this.#asked;
    if (job && at < job.wanted.length - 1) {
      this.#showInput(view);
      return;
    }
    this.coarse.value = job?.wanted[at]?.look.coarse ? job : null;
    const old = this.output.peek();
    const same = old?.node === view.node && old.steps.at(-1)?.op === view.steps.at(-1)?.op;
    const size = sizeOfShape((view.reducedBy > 1 ? this.shapeAt(view.node) : undefined) ?? view.shape);
    const known = this.outputSize.peek();
    if (size?.width !== known?.width || size?.height !== known?.height) this.outputSize.value = size;
    this.replace(this.output, same && old?.facts && !view.facts ? { ...view, facts: old.facts } : view);
    resultShown();
  }

  /** By the time it comes another node may be asked for. */
  #showInput(view: View): void {
    if (view.node === this.nodes.peek().input) this.replace(this.input, view);
    else letGo(view);
  }

  #rest(): void {
    this.#forgetSharp();
    if (this.coarse.peek()) this.#forgetSharp = atRest(() => this.#sharpen());
  }

  /** Draws in full what is shown. Where the present scene does not fit that is an older one, which the worker may have left for the next. */
  #sharpen(): void {
    const coarse = this.coarse.peek();
    if (coarse && this.misfit.peek() && this.opening.peek() === null)
      this.#ask({ ...coarse, wanted: coarse.wanted.map(({ node, look: { coarse: _, ...look } }) => ({ node, look })) });
    // What was only seen of a large result is computed now.
    else if (coarse && this.output.peek()?.reducedBy !== 1) this.run();
    if (!this.finished.peek()) return;
    void this.redraw();
    if (this.nodes.peek().input >= 0) void this.reenter();
  }

  protected override seen(): Size | null {
    return this.pointing.seen();
  }

  protected async redraw(): Promise<void> {
    if (!this.output.peek()) return;
    if (!this.finished.peek()) return this.run();
    try {
      const view = await this.query((studio) => studio.redraw(this.wantedOutput()));
      if (this.finished.peek()) {
        this.coarse.value = null;
        this.replace(this.output, view);
      } else letGo(view);
    } catch (error) {
      this.fail('run', error);
    }
  }

  /** Draws the first view anew; what a step makes comes with the next run where there is none yet. */
  protected async reenter(): Promise<void> {
    const wanted = this.wantedInput();
    try {
      const { input } = this.scene.peek();
      const view = await this.query((studio) => (wanted.node < 0 ? studio.input(input, wanted.look) : studio.redraw(wanted)));
      this.#showInput(view);
    } catch {
      // The run that follows meets the same failure and tells it.
    }
  }

  /** A worker that went away at rest (the system was short of memory) is replaced without a word, unless that happens again and again. */
  #heal(): void {
    const again = performance.now() - this.#healed < 30_000;
    this.#healed = performance.now();
    if (again) this.fail('run', new WorkerLost());
    else this.run();
  }

  protected fail(of: Failure['of'], error: unknown, retry: (() => void) | null = of === 'run' ? () => this.run() : null): void {
    const lost = error instanceof Error && error.name === 'WorkerLost';
    const text = lost ? t('workerLost') : reasonOf(error);
    batch(() => {
      this.failure.value = { of, text, retry: of === 'run' || lost ? retry : null };
      if (of === 'run') this.busy.value = null;
      this.opening.value = null;
    });
  }
}
