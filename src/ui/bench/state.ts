import { batch, computed, signal } from '@preact/signals';
import { proxy, type Remote } from 'comlink';
import type { Scene } from '../../core/scene';
import type { Shape } from '../../core/tensor';
import type { Display } from '../../image/display';
import type { PictureMeta } from '../../image/picture';
import { rasteriseSvg } from '../../image/svg';
import type { Encoded, FileKind, Node, Opened, Refused, StepReport, Studio, View, Wanted } from '../../worker/api';
import type { AnswerOf, AskedOf, InquiryName } from '../../worker/inquiries';
import { t } from '../strings';
import { told } from '../told/told';
import { Blink } from '../view/blink';
import type { Overlay } from '../view/overlays';
import { followed } from './chain';
import { lookOf, watchTheme } from './look';
import type { Size } from './place';
import { Pointing } from './pointing';
import { Runner } from './runner';
import { type Looks, SceneEditor } from './sceneEditor';
import { WorkerLost } from './studio';
import { reasonOf } from './words';

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
export type CompareMode = 'side' | 'split' | 'blink' | 'difference';
/** The picture as it enters. */
const entering: Node = -1;
/** What the worker tells of every step, by node. */
type Reports = ReadonlyMap<Node, StepReport>;

/** One picture, one scene, and the result: what panel, popup and Lab share. Pages read the signals and call the actions. */
export class Bench extends SceneEditor {
  readonly picture = signal<PictureMeta | null>(null);
  /** The name of the picture on its way. */
  readonly opening = signal<string | null>(null);
  /** No algorithm that trades accuracy for speed. */
  readonly exact = signal(false);
  readonly mode = signal<CompareMode>('side');
  readonly split = signal(0.5);
  readonly blink = new Blink();
  readonly display = signal<Display>({ mapping: 'auto', channel: 'all' });
  readonly inputDisplay = signal<Display>({ mapping: 'auto', channel: 'all' });
  /** What the first view shows: the picture, or what a step makes of it. */
  readonly from = signal<Node>(entering);
  /** What the second view shows; null: what the current step makes. */
  readonly to = signal<Node | null>(null);
  /** The two nodes that are shown now. */
  readonly nodes = computed<{ readonly input: Node; readonly output: Node }>(() => {
    const last = this.scene.value.steps.length - 1;
    return { input: Math.min(this.from.value, last), output: Math.min(this.to.value ?? this.current.value, last) };
  });
  /** Why what the two views are to show cannot be computed: a step that does not fit, or one before it. */
  readonly misfit = computed(() => {
    const problem = this.fit.value?.problem ?? null;
    const { input, output } = this.nodes.value;
    return problem && problem.step <= Math.max(input, output) ? problem : null;
  });
  /** Each step in small, of a page that shows them. */
  readonly reports = signal<Reports>(new Map());

  /** What is drawn over the pictures beside the results themselves, the last one on top. */
  readonly overlays = signal<readonly Overlay[]>([]);

  readonly input = signal<View | null>(null);
  readonly output = signal<View | null>(null);
  readonly busy = signal<Busy | null>(null);
  readonly failure = signal<Failure | null>(null);
  readonly ask = signal<Ask | null>(null);

  /** There is a full result of this very scene: it can be saved and put on the page. */
  readonly finished = computed(() => {
    const view = this.output.value;
    return (
      view !== null &&
      view.reducedBy === 1 &&
      this.busy.value === null &&
      this.misfit.value === null &&
      this.failure.value?.of !== 'run'
    );
  });
  /** Of what the first view shows. */
  readonly inputSize = computed<Size | null>(() => sizeOfShape(this.shapeAt(this.nodes.value.input) ?? this.xShape.value));
  /** Of the result that is shown, at its full size: the page is laid out anew when it comes, not before. */
  readonly outputSize = signal<Size | null>(null);

  readonly #runner = new Runner({
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
    const opening = this.#runner.open(blob, options);
    // The worker draws the first picture as soon as it is decoded, while the page still hears of that.
    const early = this.opened.peek() === null ? this.#drawnInput() : null;
    early?.catch(() => undefined);
    try {
      let opened = await opening;
      if (opened.kind === 'refused' && opened.reason === 'svg' && id === this.#opens) {
        opened = await this.#runner.open(await rasteriseSvg(blob), options);
      }
      if (id !== this.#opens) return false;
      if (opened.kind === 'opened') {
        await this.#enter(opened, picture, early);
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
  async #enter(opened: Opened, picture: PictureMeta, early: Promise<View> | null): Promise<void> {
    const first = this.opened.peek() === null;
    const asked = early?.catch(() => this.#drawnInput()) ?? this.#drawnInput();
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
    const input = await asked;
    batch(() => {
      // By now another node may be asked for.
      if (first && this.nodes.peek().input >= 0) this.#runner.giveBack(input);
      else this.#replace(this.input, input);
      if (!first) enter();
    });
  }

  /** The open picture as it enters the scene. */
  #drawnInput = (): Promise<View> =>
    this.query((studio) => studio.input(this.scene.peek().input, lookOf(this.inputDisplay.peek())));

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
    const scene = this.#fitting();
    const end = scene.steps.length;
    const short = misfit.peek() !== null;
    if (short && (end === 0 || output.peek())) {
      this.#runner.stop();
      this.busy.value = null;
      return;
    }
    batch(() => {
      this.failure.value = null;
      this.busy.value = { done: 0, since: performance.now() };
    });
    const wanted = this.nodes.peek().input < 0 ? [this.wantedOutput()] : [this.wantedInput(), this.wantedOutput()];
    this.#runner.run({
      scene,
      wanted: short ? [{ ...this.wantedOutput(), node: end - 1 }] : wanted,
      choice: { exact: this.exact.peek(), details: this.detailed },
    });
  }
  /** The present scene as far as it fits. */
  #fitting(): Scene {
    const scene = this.scene.peek();
    return { ...scene, steps: scene.steps.slice(0, this.fit.peek()?.problem?.step) };
  }
  wantedInput = (): Wanted => ({ node: this.nodes.peek().input, look: lookOf(this.inputDisplay.peek()) });
  wantedOutput = (): Wanted => ({ node: this.nodes.peek().output, look: lookOf(this.display.peek()) });

  cancel(): void {
    this.#runner.stop();
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
  protected override swapped(): void {
    this.display.value = { ...this.display.peek(), channel: 'all' };
  }
  protected override looks(): Looks {
    return { display: this.display.peek(), inputDisplay: this.inputDisplay.peek() };
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

  /** Any question to the worker about the open picture and what the last scene made of it. */
  query<T>(call: (studio: Remote<Studio>) => Promise<T>): Promise<T> {
    return this.#runner.query(call);
  }
  /**
   * A further question about the present scene, as far as it fits (`src/worker/inquiries`); null when a newer one of its name and asker, or another
   * picture, ended it.
   */
  inquire<K extends InquiryName>(
    name: K,
    asked: AskedOf<K>,
    report?: (done: number) => void,
    asker = '',
  ): Promise<AnswerOf<K> | null> {
    const of = { scene: this.#fitting(), exact: this.exact.peek(), asker };
    // What comes through the proxy is the answer to this name.
    return this.query(async (studio) => (await studio.inquire(name, asked, of, report && proxy(report))) as AnswerOf<K> | null);
  }
  stopInquiry(name: InquiryName, asker?: string): void {
    void this.query((studio) => studio.stopInquiry(name, asker)).catch(() => undefined);
  }
  /** A node of the present scene as a file; null when it was cancelled, by the signal or by a newer one. */
  encode(wanted: Wanted, kind: FileKind, report: (done: number) => void, signal: AbortSignal): Promise<Encoded | null> {
    return this.#runner.encode(this.#encoding(wanted, kind), report, signal);
  }
  /** About how many bytes that takes; null while nobody knows. */
  foretell = (wanted: Wanted, kind: FileKind): Promise<number | null> =>
    this.query((studio) => studio.foretell(this.#encoding(wanted, kind)));
  #encoding = (wanted: Wanted, kind: FileKind) => ({ ...wanted, kind, scene: this.scene.peek(), exact: this.exact.peek() });
  /** The result under its present display, at its true size, as PNG. */
  png = (): Promise<Blob> => this.query((studio) => studio.png(this.wantedOutput()));

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
  #show(view: View, at: number): void {
    if (at === 0 && this.nodes.peek().input >= 0 && !this.misfit.peek()) {
      this.#replace(this.input, view);
      return;
    }
    const old = this.output.peek();
    const same = old?.node === view.node && old.steps.at(-1)?.op === view.steps.at(-1)?.op;
    const size = sizeOfShape((view.reducedBy > 1 ? this.shapeAt(view.node) : undefined) ?? view.shape);
    const known = this.outputSize.peek();
    if (size?.width !== known?.width || size?.height !== known?.height) this.outputSize.value = size;
    this.#replace(this.output, same && old?.facts && !view.facts ? { ...view, facts: old.facts } : view);
  }

  async #redraw(): Promise<void> {
    if (!this.output.peek()) return;
    if (!this.finished.peek()) return this.run();
    try {
      const view = await this.query((studio) => studio.redraw(this.wantedOutput()));
      if (this.finished.peek()) this.#replace(this.output, view);
      else this.#runner.giveBack(view);
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
      if (wanted.node === this.nodes.peek().input) this.#replace(this.input, view);
      else this.#runner.giveBack(view);
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
    const text = lost ? t('workerLost') : reasonOf(error);
    batch(() => {
      this.failure.value = { of, text, retry: of === 'run' || lost ? retry : null };
      if (of === 'run') this.busy.value = null;
      this.opening.value = null;
    });
  }
}

const sizeOfShape = (shape: Shape | null): Size | null =>
  shape && { width: shape[3] ?? shape.at(-1) ?? 1, height: shape[2] ?? 1 };
