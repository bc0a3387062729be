import { batch, computed, effect, signal } from '@preact/signals';
import type { Inspection, InspectionAsked } from '../../core/inspection';
import { parse } from '../../core/parse';
import type { Reaches } from '../../core/reach';
import { opOf } from '../../core/registry';
import type { Step } from '../../core/scene';
import type { Block, Grid } from '../../core/seen';
import { shapesOf } from '../../core/sequential';
import type { Shape } from '../../core/tensor';
import { pixelAt } from '../bench/place';
import type { Bench } from '../bench/state';
import { reasonOf } from '../bench/words';
import { Latest } from '../view/latest';
import { type Cell, centred, countOf, gridOf, moved, nth, orderOf, pixelsFor, revealing } from './around';

/** What the pointer is on, beside the output: a pixel or a weight of the shown grids, by its index there. */
export type Pointed = { readonly of: 'x' | 'w'; readonly cell: number };

/** The step that is looked at, as far as it can be. */
interface Subject {
  readonly node: number;
  readonly step: Step;
  readonly shape: Shape;
  readonly reaches: Reaches | null;
}
interface Question {
  readonly node: number;
  readonly asked: InspectionAsked;
}

/** Outputs for a second while playing. */
export const paces = [1, 4, 16] as const;
/** Ms of rest after which the page is made anew, and it is also asked what belongs together in the neighbours. */
const calm = 150;
/** While the pointer moves numbers are written anew with every so many frames. */
const slower = 4;

/** One output value of the current step under the glass: where it is, what is known of it, what is pointed at. */
export class Inspector {
  readonly at = signal<Cell | null>(null);
  readonly channel = signal(0);
  /** The input channel that is shown; null: the first that is read. */
  readonly inputChannel = signal<number | null>(null);
  readonly block = signal<Block | null>(null);
  readonly pinned = signal(false);
  readonly pointed = signal<Pointed | null>(null);
  readonly playing = signal(false);
  readonly pace = signal<(typeof paces)[number]>(4);
  /** The latest that is known. */
  readonly found = signal<Inspection | null>(null);
  /** The pointer moves over the pictures: canvases show `found` in the place of cells. */
  readonly filmed = signal(false);
  /** What cells show; it stays behind while they are filmed. */
  readonly rested = signal<Inspection | null>(null);
  /** What numbers and words tell; it stays a little behind while cells are filmed. */
  readonly written = signal<Inspection | null>(null);
  readonly trouble = signal<string | null>(null);

  readonly subject = computed<Subject | null>(() => {
    const { bench } = this;
    const [node, step, x] = [bench.current.value, bench.step.value, bench.stepInput.value];
    const shape = bench.shapeAt(node);
    if (!step || step.off || !x || !shape || shape.length !== 4 || bench.fit.value?.problem) return null;
    const op = opOf(step.op);
    const params = parse(op.params, step.params, op.name);
    const reaches = op.reach?.(shapesOf(op, step, params, x), params) ?? null;
    return { node, step, shape, reaches };
  });
  /** The second picture shows what this step makes. */
  readonly shown = computed(() => {
    const subject = this.subject.value;
    return subject !== null && this.bench.nodes.value.output === subject.node;
  });
  /** The first picture shows what this step reads; steps between that are off pass it on. */
  readonly reads = computed(() => {
    const subject = this.subject.value;
    const { input } = this.bench.nodes.value;
    const { steps } = this.bench.scene.value;
    return subject !== null && input < subject.node && steps.slice(input + 1, subject.node).every(({ off }) => off === true);
  });
  /** The place that is told of. */
  readonly place = computed<Cell | null>(() => (this.filmed.value ? (this.written.value?.output ?? null) : this.at.value));
  /** Its place in the walk through all outputs of a channel, and how many there are. */
  readonly walk = computed(() => {
    const [subject, at] = [this.subject.value, this.place.value];
    return subject && at && { order: orderOf(at, subject.shape), count: countOf(subject.shape) };
  });

  readonly #questions: Latest<Question, Inspection | null>;
  readonly #stops: (() => void)[];
  readonly #forced = matchMedia('(forced-colors: active)');
  #moving = false;
  #frames = 0;
  #next: Inspection | null = null;
  #frame = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly bench: Bench) {
    this.#questions = new Latest(
      ({ node, asked }) => bench.inquire('inspect', { node, ...asked }).catch((error: unknown) => this.#failed(error)),
      (found, { node }) => {
        if (found && this.subject.peek()?.node === node) this.#tell(found);
      },
    );
    this.#stops = [effect(() => this.#enter()), effect(() => this.#follow()), effect(() => this.#ask())];
  }

  stop(): void {
    clearTimeout(this.#rest);
    cancelAnimationFrame(this.#frame);
    this.#questions.forget();
    for (const stop of this.#stops) stop();
  }

  /** Goes to an output; the neighbours stay where they are as far as they can. */
  go(to: Cell): void {
    const subject = this.subject.peek();
    const block = this.block.peek();
    if (!subject) return;
    const inside = moved(to, 0, 0, subject.shape);
    const at = this.at.peek();
    if (at?.row === inside.row && at.column === inside.column) return;
    batch(() => {
      this.pointed.value = null;
      this.at.value = inside;
      this.block.value = block
        ? revealing(block, inside)
        : centred(inside, gridOf(subject.reaches, subject.shape), subject.shape);
    });
  }
  move(down: number, across: number): void {
    const [subject, at] = [this.subject.peek(), this.at.peek()];
    if (subject && at) this.go(moved(at, down, across, subject.shape));
  }
  /** To the n-th output of the walk. */
  goTo(n: number): void {
    const subject = this.subject.peek();
    if (!subject) return;
    this.go(nth(Math.max(0, Math.min(countOf(subject.shape) - 1, n)), subject.shape));
  }
  /** One output on, or back; false at the end. */
  advance(by: number): boolean {
    const [subject, at] = [this.subject.peek(), this.at.peek()];
    if (!subject || !at) return false;
    const next = orderOf(at, subject.shape) + by;
    this.goTo(next);
    return next > 0 && next < countOf(subject.shape) - 1;
  }

  point(pointed: Pointed | null): void {
    const before = this.pointed.peek();
    if (this.pinned.peek() || (before?.of === pointed?.of && before?.cell === pointed?.cell)) return;
    this.pointed.value = pointed;
  }
  pin(pinned: boolean): void {
    batch(() => {
      this.pinned.value = pinned;
      if (!pinned) this.pointed.value = null;
    });
    this.#settle();
  }

  /** Another step, another size: the place is kept as far as it exists, else it is the middle. */
  #enter(): void {
    const subject = this.subject.value;
    if (!subject) {
      batch(() => {
        this.#show(null);
        this.block.value = null;
      });
      return;
    }
    const [, channels = 1, rows = 1, columns = 1] = subject.shape;
    const before = this.at.peek();
    const shownChannel = this.bench.display.peek().channel;
    const at = before ? moved(before, 0, 0, subject.shape) : { row: rows >> 1, column: columns >> 1 };
    batch(() => {
      if (before === null && shownChannel !== 'all') this.channel.value = shownChannel;
      if (this.channel.peek() >= channels) this.channel.value = 0;
      if (this.found.peek()?.shapes.y.join() !== subject.shape.join()) this.#show(null);
      this.pointed.value = null;
      this.at.value = at;
      this.block.value = centred(at, gridOf(subject.reaches, subject.shape), subject.shape);
    });
  }

  /** The pointer over the pictures leads, unless the place is pinned. */
  #follow(): void {
    const place = this.bench.pointing.place.value;
    const subject = this.subject.peek();
    if (!place || !subject || !this.shown.peek() || this.pinned.peek()) return;
    const [, , height = 1, width = 1] = subject.shape;
    const { x, y } = pixelAt(place, { width, height });
    const at = this.at.peek();
    if (at?.row === y && at.column === x) return;
    this.#moving = true;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#settle(), calm);
    const to = { row: y, column: x };
    batch(() => {
      this.playing.value = false;
      this.pointed.value = null;
      this.at.value = to;
      this.block.value = centred(to, gridOf(subject.reaches, subject.shape), subject.shape);
    });
  }

  #settle(): void {
    if (!this.#moving) return;
    clearTimeout(this.#rest);
    this.#moving = false;
    this.#ask();
  }

  #ask(): void {
    const [subject, at, block] = [this.subject.value, this.at.value, this.block.value];
    const [channel, inputChannel] = [this.channel.value, this.inputChannel.value];
    if (!subject || !at || !block || !this.bench.finished.value) return;
    this.#questions.want({
      node: subject.node,
      asked: {
        output: { channel, ...at },
        outputs: block,
        channel: inputChannel,
        most: pixelsFor(subject.reaches),
        linked: !this.#moving,
      },
    });
  }
  /** Shown with the next frame: of several answers in between the last. */
  #tell(found: Inspection): void {
    const waits = this.#next !== null;
    this.#next = found;
    if (waits) return;
    this.#frame = requestAnimationFrame(() => {
      const next = this.#next;
      this.#next = null;
      if (!next) return;
      batch(() => {
        this.trouble.value = null;
        this.#show(next);
      });
    });
  }
  #show(found: Inspection | null): void {
    const filmed = this.#moving && !this.#forced.matches && found !== null && sameForm(found, this.rested.peek());
    this.#frames += 1;
    this.found.value = found;
    this.filmed.value = filmed;
    if (!filmed) this.rested.value = found;
    if (!filmed || this.#frames % slower === 0) this.written.value = found;
  }
  #failed(error: unknown): null {
    batch(() => {
      this.trouble.value = reasonOf(error);
      this.#show(this.found.peek());
    });
    return null;
  }
}

/** Both fill the same cells. */
function sameForm(a: Inspection, b: Inspection | null): boolean {
  const same = (one: Grid | null, other: Grid | null) => one?.rows === other?.rows && one?.columns === other?.columns;
  return b !== null && same(a.x, b.x) && same(a.kernel, b.kernel) && same(a.y, b.y);
}
