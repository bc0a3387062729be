import { batch, computed, signal } from '@preact/signals';
import type { Scene } from '../../core/scene';
import type { Display } from '../../image/display';
import type { PictureMeta } from '../../image/picture';
import { rasteriseSvg } from '../../image/svg';
import type { Node, Opened, Refused, View } from '../../worker/api';
import { t } from '../strings';
import { told } from '../told/told';
import { Asking } from './asking';
import { followed } from './chain';
import { watchTheme } from './look';
import { Pointing } from './pointing';
import { type Job, Runner } from './runner';
import type { Looks } from './sceneEditor';
import { type Ask, entering, type Failure, sizeOfShape } from './shown';
import { atRest, resultShown, sliding } from './slides';
import { WorkerLost } from './studio';
import { reasonOf } from './words';

/** How the worker opens a picture: reduced, or large with the person's consent. */
export interface OpenOptions {
  readonly shrink?: number;
  readonly large?: boolean;
}

/** One picture, one scene, and the result: what panel, popup and Lab share. Pages read the signals and call the actions. */
export class Bench extends Asking {
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
    failed: (error) => this.#fail('run', error),
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
  readonly #unwatch = watchTheme(() => void this.#redraw());
  #opens = 0;
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
      let opened = await this.runner.open(blob, options);
      if (opened.kind === 'refused' && opened.reason === 'svg' && id === this.#opens) {
        opened = await this.runner.open(await rasteriseSvg(blob), options);
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

  /** Of the first picture the result is asked for at once, before its own drawing: it takes longest. A later one replaces all in one go. */
  async #enter(opened: Opened, picture: PictureMeta): Promise<void> {
    const first = this.opened.peek() === null;
    const enter = () =>
      batch(() => {
        this.#replace(this.output, null);
        this.outputSize.value = null;
        this.picture.value = picture;
        this.opened.value = opened;
        this.opening.value = null;
        this.failure.value = null;
        this.reports.value = new Map();
        this.from.value = entering;
        this.pointing.reset();
        this.run();
      });
    if (first) enter();
    const input = await this.drawnInput();
    batch(() => {
      // By now another node may be asked for.
      if (first && this.nodes.peek().input >= 0) input.drawing.bitmap.close();
      else this.#replace(this.input, input);
      if (!first) enter();
    });
  }

  #refused({ reason, message, shrink, action }: Refused, blob: Blob, picture: PictureMeta): void {
    if (reason === 'superseded') return;
    const choices: Ask['choices'][number][] = [];
    if (reason === 'ask') choices.push({ label: t('useFullSize'), take: () => void this.open(blob, picture, { large: true }) });
    if (shrink && action) choices.push({ label: told(action), take: () => void this.open(blob, picture, { shrink }) });
    batch(() => {
      this.opening.value = null;
      if (choices.length) this.ask.value = { text: told(message), choices };
      else this.failure.value = { of: 'other', text: told(message), retry: null };
    });
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
    const seen = sliding() ? this.pointing.seen() : null;
    this.#forgetSharp();
    const looked = short ? [{ ...this.wantedOutput(), node: end - 1 }] : wanted;
    this.#ask({
      scene,
      wanted: seen ? looked.map((one) => ({ ...one, look: { ...one.look, seen } })) : looked,
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

  protected override entered(before: Scene): void {
    const scene = this.scene.peek();
    const [from, to] = [this.from.peek(), this.to.peek()];
    batch(() => {
      if (from >= 0) this.from.value = followed(before, scene, from);
      if (to !== null && to >= 0) this.to.value = followed(before, scene, to);
    });
    if (this.scene.peek().input !== before.input && this.opened.peek()) void this.#reenter();
    this.run();
  }
  protected override enterLooks({ display, inputDisplay }: Looks): void {
    this.display.value = display;
    if (inputDisplay !== this.inputDisplay.peek()) this.#enterInputDisplay(inputDisplay);
  }

  /** Selects a step; where the second view follows the selection it shows what that step makes. */
  select(step: number): void {
    if (step === this.current.peek()) return;
    this.current.value = step;
    if (this.to.peek() === null) this.run();
  }
  /** Chooses what the two views show. */
  compare({ from = this.from.peek(), to = this.to.peek() }: { from?: Node; to?: Node | null }): void {
    const before = this.nodes.peek();
    batch(() => {
      this.from.value = from;
      this.to.value = to;
      const { input, output } = this.nodes.peek();
      const { mapping } = this.display.peek();
      if (input !== before.input) this.inputDisplay.value = { mapping, channel: 'all' };
      if (output !== before.output) this.display.value = { mapping, channel: 'all' };
    });
    if (!this.opened.peek()) return;
    if (this.nodes.peek().input < 0 && before.input >= 0) void this.#reenter();
    this.run();
  }

  setDisplay(display: Display): void {
    this.remember('display');
    const { mapping } = this.display.peek();
    this.display.value = display;
    void this.#redraw();
    // A step in the first view is drawn as the second one is, so that one colour means one thing.
    if (display.mapping !== mapping && this.nodes.peek().input >= 0)
      this.#enterInputDisplay({ ...this.inputDisplay.peek(), mapping: display.mapping });
  }

  setInputDisplay(display: Display): void {
    this.remember('inputDisplay');
    this.#enterInputDisplay(display);
  }
  #enterInputDisplay(display: Display): void {
    this.inputDisplay.value = display;
    void this.#reenter();
  }

  setExact(exact: boolean): void {
    this.exact.value = exact;
    this.run();
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
  #replace(at: { value: View | null; peek(): View | null }, view: View | null): void {
    const old = at.peek();
    at.value = view;
    if (old?.drawing !== view?.drawing) old?.drawing.bitmap.close();
  }

  /** What the same op told of the result before stands until it tells anew, which comes after the picture. */
  #show(view: View, at: number): void {
    const job = this.#asked;
    if (job && at < job.wanted.length - 1) {
      this.#showInput(view);
      return;
    }
    this.coarse.value = job?.wanted[at]?.look.seen ? job : null;
    const old = this.output.peek();
    const same = old?.node === view.node && old.steps.at(-1)?.op === view.steps.at(-1)?.op;
    const size = sizeOfShape((view.reducedBy > 1 ? this.shapeAt(view.node) : undefined) ?? view.shape);
    const known = this.outputSize.peek();
    if (size?.width !== known?.width || size?.height !== known?.height) this.outputSize.value = size;
    this.#replace(this.output, same && old?.facts && !view.facts ? { ...view, facts: old.facts } : view);
    resultShown();
  }

  /** By the time it comes another node may be asked for. */
  #showInput(view: View): void {
    if (view.node === this.nodes.peek().input) this.#replace(this.input, view);
    else view.drawing.bitmap.close();
  }

  #rest(): void {
    this.#forgetSharp();
    if (this.coarse.peek()) this.#forgetSharp = atRest(() => this.#sharpen());
  }
  /** Draws in full what is shown. Where the present scene does not fit that is an older one, which the worker may have left for the next. */
  #sharpen(): void {
    const coarse = this.coarse.peek();
    if (coarse && this.misfit.peek() && this.opening.peek() === null)
      this.#ask({ ...coarse, wanted: coarse.wanted.map(({ node, look: { seen, ...look } }) => ({ node, look })) });
    // What was only seen of a large result is computed now.
    else if (coarse && this.output.peek()?.reducedBy !== 1) this.run();
    if (!this.finished.peek()) return;
    void this.#redraw();
    if (this.nodes.peek().input >= 0) void this.#reenter();
  }

  async #redraw(): Promise<void> {
    if (!this.output.peek()) return;
    if (!this.finished.peek()) return this.run();
    try {
      const view = await this.query((studio) => studio.redraw(this.wantedOutput()));
      if (this.finished.peek()) {
        this.coarse.value = null;
        this.#replace(this.output, view);
      } else view.drawing.bitmap.close();
    } catch (error) {
      this.#fail('run', error);
    }
  }

  /** Draws the first view anew; what a step makes comes with the next run where there is none yet. */
  async #reenter(): Promise<void> {
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
    if (again) this.#fail('run', new WorkerLost());
    else this.run();
  }

  #fail(of: Failure['of'], error: unknown, retry: (() => void) | null = of === 'run' ? () => this.run() : null): void {
    const lost = error instanceof Error && error.name === 'WorkerLost';
    const text = lost ? t('workerLost') : reasonOf(error);
    batch(() => {
      this.failure.value = { of, text, retry: of === 'run' || lost ? retry : null };
      if (of === 'run') this.busy.value = null;
      this.opening.value = null;
    });
  }
}
