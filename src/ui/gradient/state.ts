import { batch, computed, effect, signal } from '@preact/signals';
import { opOf } from '../../core/registry';
import type { Scene, Step } from '../../core/scene';
import { type Memories, type Rule, trainable } from '../../core/training';
import type { Node } from '../../worker/api';
import type { Check, Checked } from '../../worker/inquiries/gradientCheck';
import type { Gradients } from '../../worker/inquiries/gradients';
import type { From } from '../../worker/inquiries/gradientsPass';
import { divergingStops, sequentialStops, watchTheme } from '../bench/look';
import type { Bench } from '../bench/state';
import { reasonOf } from '../bench/words';
import { type Choice, firstChoice, fromOf, targetsFor } from './origin';
import { type Position, positionsOf } from './phases';

/** Of one small drawing, at two device pixels for each of the page; and of dL/dx. */
const PIXELS = 200 * 150;
const LARGE_PIXELS = 0.6e6;
/** A dragged slider asks for nothing until it rests. */
const REST_MS = 120;
/** How long a position is shown while the phases play. */
const PHASE_MS = 1250;

/** What the worker answered, and to what. */
export interface Found {
  readonly from: From;
  readonly gradients: Gradients;
  /** The steps as they were then. */
  readonly steps: readonly Step[];
}

/** Gradients from one number behind the chain, as long as somebody looks: where they start, what was found, where in the story we are. */
export class GradientState {
  readonly choice = signal<Choice>(firstChoice);
  readonly found = signal<Found | null>(null);
  readonly failure = signal<string | null>(null);
  /** How much of a question is done, 0 to 1; null while none is out. */
  readonly busy = signal<number | null>(null);
  readonly at = signal(0);
  readonly playing = signal(false);
  readonly overlaid = signal(true);
  /** The value is the one under the pointer. */
  readonly following = signal(false);

  readonly h = signal(1e-4);
  readonly checked = signal<Checked | null>(null);
  readonly check = signal<Check | null>(null);
  readonly checking = signal(false);

  readonly rule = signal<Rule>({ optimiser: 'sgd', lr: 0.1 });
  /** Whose weights change; null: all. */
  readonly trained = signal<Node | null>(null);
  /** The number before every update so far, and after the last. */
  readonly amounts = signal<readonly number[]>([]);
  readonly training = signal(false);
  readonly ended = signal<{ readonly held: number; readonly diverged: boolean } | null>(null);
  #memories: Readonly<Record<Node, Memories>> = {};

  readonly targets = computed(() => {
    this.bench.fit.value;
    return targetsFor(this.bench.nodes.value.output, (node) => this.bench.shapeAt(node));
  });
  /** Null while there is nothing to start from. */
  readonly from = computed<From | null>(() => {
    const { output } = this.bench.nodes.value;
    const shape = output < 0 ? null : this.bench.shapeAt(output);
    return shape && fromOf(this.choice.value, output, shape, this.targets.value);
  });
  readonly positions = computed<readonly Position[]>(() => positionsOf(this.found.value?.gradients.steps.length ?? 0));
  readonly position = computed<Position>(
    () => this.positions.value[Math.min(this.at.value, this.positions.value.length - 1)] ?? { phase: 'forward', step: null },
  );
  /** Steps up to the origin that have weights which a gradient reaches. */
  readonly trainable = computed<readonly Node[]>(() => {
    const last = this.bench.nodes.value.output;
    return this.bench.scene.value.steps.flatMap((step, node) =>
      !step.off && node <= last && trainable(opOf(step.op)).length > 0 ? [node] : [],
    );
  });
  #asked = 0;
  #checks = 0;
  #theme = signal(0);
  /** What the curve belongs to: the scene as an update left it, and the number. */
  #learned: { readonly scene: Scene | null; readonly from: string } = { scene: null, from: '' };

  constructor(readonly bench: Bench) {}

  /** Follows the bench; answers with the way to stop. */
  watch(): () => void {
    let timer = 0;
    const unwatch = watchTheme(() => {
      this.#theme.value += 1;
    });
    const stops = [
      effect(() => {
        const from = this.from.value;
        const steps = this.bench.scene.value.steps;
        const ready = this.bench.finished.value;
        this.#theme.value;
        clearTimeout(timer);
        if (!from) this.found.value = null;
        const rest = this.found.peek() && !this.following.peek() ? REST_MS : 0;
        if (from && ready) timer = window.setTimeout(() => void this.#ask(from, steps), rest);
      }),
      effect(() => {
        const place = this.bench.pointing.place.value;
        if (place && this.following.value) this.choose({ of: 'value', place });
      }),
      // What was learned belongs to one chain and one number.
      effect(() => {
        const [scene, from] = [this.bench.scene.value, JSON.stringify(this.from.value)];
        if (scene !== this.#learned.scene || from !== this.#learned.from) this.forget();
        this.#learned = { scene, from };
      }),
      effect(() => {
        const [what, h, found] = [this.checked.value, this.h.value, this.found.value];
        this.check.value = null;
        this.#checks += 1;
        if (what && found) void this.#compare(found.from, what, h);
        else this.checking.value = false;
      }),
      effect(() => {
        if (!this.playing.value) return;
        const last = this.positions.value.length - 1;
        const timeout = window.setTimeout(() => {
          this.at.value = Math.min(last, this.at.value + 1);
          if (this.at.peek() >= last) this.playing.value = false;
        }, PHASE_MS);
        this.at.value;
        return () => clearTimeout(timeout);
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      unwatch();
      clearTimeout(timer);
      this.#asked += 1;
      this.#checks += 1;
      this.playing.value = false;
    };
  }

  choose(change: Partial<Choice>): void {
    this.checked.value = null;
    this.choice.value = { ...this.choice.peek(), ...change };
  }
  /** Where a pixel of the picture lies on the ground of what was found; null outside of it. */
  onGround(x: number, y: number): { readonly column: number; readonly row: number } | null {
    const found = this.found.peek()?.gradients;
    const [node] = found?.nodes ?? [];
    if (!found || !node) return null;
    const { area, factor } = found.ground;
    const [column, row] = [Math.floor((x - area.left) / factor), Math.floor((y - area.top) / factor)];
    const [, , height = 1, width = 1] = node.shape;
    return column >= 0 && row >= 0 && column < width && row < height ? { column, row } : null;
  }
  /** A pixel of the picture; outside of the part that was worked on nothing is checked. */
  checkPixel(x: number, y: number): void {
    const at = this.onGround(x, y);
    const drawn = this.found.peek()?.gradients.nodes[0]?.gradient.channel ?? 'all';
    this.checked.value = at && { of: 'x', channel: drawn === 'all' ? 0 : drawn, ...at };
  }
  go(to: number): void {
    batch(() => {
      this.playing.value = false;
      this.at.value = Math.min(this.positions.peek().length - 1, Math.max(0, to));
    });
  }
  play(): void {
    if (this.at.peek() >= this.positions.peek().length - 2) this.at.value = 0;
    this.playing.value = true;
  }

  /** Updates the weights of the chain so many times; all of that is one change. */
  async train(times: number): Promise<void> {
    const from = this.from.peek();
    if (!from || this.training.peek()) return;
    const one = this.trained.peek();
    const nodes = this.trainable.peek().filter((node) => one === null || !this.trainable.peek().includes(one) || node === one);
    const scene = this.bench.scene.peek();
    batch(() => {
      this.training.value = true;
      this.ended.value = null;
      this.busy.value = 0;
    });
    try {
      const asked = { from, nodes, rule: this.rule.peek(), times, memories: this.#memories };
      const trained = await this.bench.inquire('training', asked, (done) => this.#tell(done));
      if (!trained || this.bench.scene.peek() !== scene) return;
      this.#memories = trained.memories;
      batch(() => {
        this.amounts.value = [...this.amounts.peek().slice(0, -1), ...trained.amounts];
        this.ended.value = trained;
        if (trained.amounts.length < 2) return;
        const steps = scene.steps.map((step, node) => trained.steps[node] ?? step);
        const next = { ...scene, steps };
        this.#learned = { ...this.#learned, scene: next };
        this.bench.undos.stroke('begins');
        this.bench.setScene(next);
        this.bench.undos.stroke('ends');
      });
    } catch (error) {
      this.#fail(error);
    } finally {
      batch(() => {
        this.training.value = false;
        this.busy.value = null;
      });
    }
  }
  /** What the optimiser kept of a step. */
  memories = (node: Node): Memories => this.#memories[node] ?? {};
  stop(): void {
    void this.bench.query((studio) => studio.stopInquiry('training'));
  }
  /** Another start: the curve begins anew, and optimisers keep nothing. */
  forget(): void {
    this.#memories = {};
    this.amounts.value = [];
    this.ended.value = null;
  }

  async #ask(from: From, steps: readonly Step[]): Promise<void> {
    const id = ++this.#asked;
    const asked = {
      from,
      diverging: divergingStops(),
      sequential: sequentialStops(),
      pixels: PIXELS,
      largePixels: LARGE_PIXELS,
    };
    this.busy.value = 0;
    try {
      const gradients = await this.bench.inquire('gradients', asked, (done) => id === this.#asked && this.#tell(done));
      if (id !== this.#asked || !gradients) return;
      batch(() => {
        // The story starts where it is interesting: the gradient has come to the picture.
        if (!this.found.peek()) this.at.value = gradients.steps.length + 1;
        this.found.value = { from, gradients, steps };
        this.failure.value = null;
      });
    } catch (error) {
      if (id === this.#asked) this.#fail(error);
    } finally {
      if (id === this.#asked) this.busy.value = null;
    }
  }

  async #compare(from: From, what: Checked, h: number): Promise<void> {
    const id = ++this.#checks;
    this.checking.value = true;
    try {
      const check = await this.bench.inquire('gradientCheck', { from, what, h });
      if (id === this.#checks && check) this.check.value = check;
    } catch (error) {
      if (id === this.#checks) this.#fail(error);
    } finally {
      if (id === this.#checks) this.checking.value = false;
    }
  }

  #tell(done: number): void {
    if (this.busy.peek() !== null) this.busy.value = done;
  }
  #fail(error: unknown): void {
    this.failure.value = reasonOf(error);
  }
}
