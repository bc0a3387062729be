import { batch, computed, effect, signal } from '@preact/signals';
import type { Taken } from '../../core/lessons/facts';
import type { Scene } from '../../core/scene';
import type { Display } from '../../image/display';
import type { Picture } from '../../image/picture';
import { newPictureId } from '../../image/shelf';
import { Bench } from '../../ui/bench/state';
import { Latest } from '../../ui/view/latest';
import type { Node } from '../../worker/api';
import type { Room } from '../room';
import { readSample, samples } from '../samples';
import type { LessonPicture } from './composed';
import type { FigureModel } from './model';

/** A picture with more pixels is reduced by a whole factor, so that every figure follows the hand. */
const mostPixels = 1_000_000;

/** The figure of the lessons: a workbench of its own, with the reader's picture, that is measured after every run. */
export class Stage {
  readonly bench = new Bench();
  /** What was measured of the scene that the figure shows; null while there is none. */
  readonly taken = signal<Taken | null>(null);
  /** The picture that a page brings; the reader's where it brings none. Null until a page says so. */
  readonly picture = signal<LessonPicture | null>(null);
  /** The picture that is asked for is on its way: the bench may still have another one. */
  readonly waiting = signal(true);
  /** Pictures on the web that the reader asked for, by their addresses. */
  readonly fetched = signal<ReadonlyMap<string, Picture>>(new Map());
  /** By how much the picture is reduced. */
  readonly reduced = signal(1);
  /** What is shown; null before there is anything. A page whose figures lack it has just come, and is not shown yet. */
  readonly figure = signal<FigureModel | null>(null);
  #backTo: Node | undefined;
  #waiting: { readonly scene: Scene; tell(taken: Taken): void } | null = null;
  #following: Promise<void> = Promise.resolve();
  #followed = 0;
  readonly #stops: (() => void)[];

  constructor(private readonly room: Room) {
    this.bench.exact.value = true;
    const measuring = new Latest(
      (scene: Scene) => this.#measure(scene),
      (taken) => taken && this.#take(taken),
    );
    this.#stops = [
      effect(() => {
        const { finished, scene } = this.bench;
        if (finished.value) measuring.want(scene.value);
      }),
      effect(() => {
        this.fetched.value;
        const [asked, reader] = [this.picture.value, room.bench.picture.value?.id ?? null];
        if (asked) this.#following = this.#follow(asked, reader);
      }),
      () => measuring.forget(),
    ];
  }
  close(): void {
    for (const stop of this.#stops) stop();
    this.bench.close();
  }

  /** Resolves when the picture that was asked for last is open, or cannot be opened. */
  followed = (): Promise<void> => this.#following;

  /** Shows a state of a figure, with this scene in it or its own. */
  show(figure: FigureModel, backTo: Node | undefined, scene: Scene = figure.scene()): void {
    const { bench } = this;
    this.#backTo = backTo;
    const channel = figure.channel ?? 'all';
    const from = figure.from ?? -1;
    const inputDisplay = figure.inputDisplay ?? { mapping: 'auto', channel: from < 0 ? 'all' : channel };
    const drawn = drawnAs(bench.nodes.peek().input, bench.inputDisplay.peek());
    const another = figure !== this.figure.peek();
    batch(() => {
      this.figure.value = figure;
      this.taken.value = null;
      bench.mode.value = figure.mode ?? bench.mode.peek();
      bench.from.value = from;
      bench.to.value = figure.to ?? null;
      bench.display.value = figure.display ?? { mapping: 'auto', channel };
      bench.inputDisplay.value = inputDisplay;
      bench.setScene(scene, Math.max(0, scene.steps.length - 1));
      bench.from.value = from;
      bench.to.value = figure.to ?? null;
    });
    // A step in the first view comes with the run; the picture is drawn anew where something else stood there.
    const { input } = bench.nodes.peek();
    if (input < 0 && bench.opened.peek() && drawnAs(input, inputDisplay) !== drawn) bench.setInputDisplay(inputDisplay);
    // What another figure showed is no state of this one.
    if (another) bench.undos.clear();
    bench.run();
  }
  /** A picture on the web takes the place of the reader's, on the pages that name it. */
  bring(url: string, picture: Picture): void {
    this.fetched.value = new Map(this.fetched.peek()).set(url, picture);
  }
  sendBack(url: string): void {
    this.fetched.value = new Map([...this.fetched.peek()].filter(([other]) => other !== url));
  }
  /** Whether what was measured is of another scene than the figure shows. */
  readonly stale = computed(() => this.taken.value?.scene !== this.bench.scene.value);
  /** What this scene measures, as soon as it has run. */
  measured(scene: Scene): Promise<Taken> {
    const now = this.taken.peek();
    if (now?.scene === scene) return Promise.resolve(now);
    return new Promise((tell) => {
      this.#waiting = { scene, tell };
    });
  }

  #take(taken: Taken): void {
    this.taken.value = taken;
    if (this.#waiting?.scene !== taken.scene) return;
    this.#waiting.tell(taken);
    this.#waiting = null;
  }

  async #measure(scene: Scene): Promise<Taken | null> {
    // The scene has changed, and its run begins in the same breath.
    await Promise.resolve();
    if (!this.bench.finished.peek()) return null;
    const last = scene.steps.length - 1;
    const backTo = this.#backTo;
    const told = await this.bench.inquire('tally', { nodes: [-1, last], ...(backTo !== undefined && { backTo }) });
    const { xShape, fit } = this.bench;
    const [x, shapes] = [xShape.peek(), fit.peek()?.shapes];
    if (!told || !x || !shapes || scene !== this.bench.scene.peek()) return null;
    const [input = [], output = []] = told.nodes;
    return { scene, shapes: [x, ...shapes], input, output, passed: told.passed };
  }

  /** The picture of the workbench, or a sample while there is none. */
  async #follow(asked: LessonPicture, reader: string | null): Promise<void> {
    const nth = ++this.#followed;
    const brought = broughtBy(asked, this.fetched.peek());
    const id = asked.kind === 'sample' ? asked.id : reader;
    this.waiting.value = (brought?.id ?? id ?? samples[0]?.id) !== this.bench.picture.peek()?.id;
    await this.#turnTo(asked, brought ?? (await this.#kept(id)));
    if (nth === this.#followed) this.waiting.value = false;
  }

  async #turnTo(asked: LessonPicture, picture: Picture | null): Promise<void> {
    if (!picture || asked !== this.picture.peek() || picture.id === this.bench.picture.peek()?.id) return;
    const { room } = this;
    const known = picture.id === room.bench.picture.peek()?.id ? room.bench.opened.peek() : null;
    const shrink = await this.#open(picture, known);
    if (shrink === null) {
      if (asked.kind === 'web' && asked === this.picture.peek()) this.sendBack(asked.url);
      return;
    }
    // Another picture is shown from its beginning.
    const { from = -1, channel } = this.figure.peek() ?? {};
    batch(() => {
      this.reduced.value = shrink;
      if (from >= 0) this.bench.compare({ from });
      if (from >= 0 && channel !== undefined) this.bench.setInputDisplay({ mapping: 'auto', channel });
    });
  }

  async #kept(id: string | null): Promise<Picture | null> {
    const kept = id === null ? null : await this.room.find(id);
    const [sample] = samples;
    return kept ?? (sample ? readSample(sample).catch(() => null) : null);
  }

  /** Opens a picture, reduced where it is large, also where its size is known only then; by how much, or null where it does not open. */
  async #open({ blob, ...meta }: Picture, known: Size | null): Promise<number | null> {
    this.taken.value = null;
    const first = known ? factorFor(known) : 1;
    if (!(await this.bench.open(blob, meta, first > 1 ? { shrink: first } : {}))) return null;
    const opened = this.bench.opened.peek();
    const shrink = known || !opened ? 1 : factorFor(opened);
    if (shrink === 1) return first;
    return (await this.bench.open(blob, meta, { shrink })) ? shrink : null;
  }
}

const drawnAs = (node: Node, { mapping, channel }: Display): string => `${node} ${mapping} ${channel}`;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The picture that a page brings itself; null where it is the reader's, a sample, or one on the web that nobody asked for yet. */
function broughtBy(asked: LessonPicture, fetched: ReadonlyMap<string, Picture>): Picture | null {
  if (asked.kind === 'own') return embedded(asked);
  return asked.kind === 'web' ? (fetched.get(asked.url) ?? null) : null;
}

/** The bytes of a `data:` address; what it is was read with the lesson. */
function embedded({ name, data }: LessonPicture & { kind: 'own' }): Picture {
  const [head = '', body = ''] = data.split(',');
  const bytes = Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0));
  const blob = new Blob([bytes], { type: head.slice(5, head.indexOf(';')) });
  return { id: newPictureId(), name, blob, provenance: { how: 'made' }, added: Date.now() };
}

const factorFor = ({ width, height }: Size): number => Math.max(1, Math.ceil(Math.sqrt((width * height) / mostPixels)));
