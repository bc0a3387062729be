import { batch, computed, effect, signal } from '@preact/signals';
import type { Taken } from '../../core/lessons/facts';
import type { Scene } from '../../core/scene';
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
  /** The picture that a page brings; the reader's where it brings none. */
  readonly picture = signal<LessonPicture>({ kind: 'reader' });
  /** By how much the picture is reduced. */
  readonly reduced = signal(1);
  /** The state of the figure. */
  readonly state = signal('');
  #figure: FigureModel | null = null;
  #backTo: Node | undefined;
  #waiting: { readonly scene: Scene; tell(taken: Taken): void } | null = null;
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
      effect(() => void this.#follow(this.picture.value, room.bench.picture.value?.id ?? null)),
      () => measuring.forget(),
    ];
  }
  close(): void {
    for (const stop of this.#stops) stop();
    this.bench.close();
  }

  /** Shows a state of a figure, with this scene in it or its own. */
  show(figure: FigureModel, backTo: Node | undefined, scene: Scene = figure.scene()): void {
    const { bench } = this;
    this.#figure = figure;
    this.#backTo = backTo;
    const channel = figure.channel ?? 'all';
    batch(() => {
      this.state.value = figure.id;
      this.taken.value = null;
      bench.mode.value = figure.mode ?? bench.mode.peek();
      bench.from.value = figure.from ?? -1;
      bench.to.value = figure.to ?? null;
      bench.display.value = figure.display ?? { mapping: 'auto', channel };
      bench.inputDisplay.value = figure.inputDisplay ?? { mapping: 'auto', channel: (figure.from ?? -1) < 0 ? 'all' : channel };
      bench.setScene(scene, Math.max(0, scene.steps.length - 1));
      bench.from.value = figure.from ?? -1;
      bench.to.value = figure.to ?? null;
    });
    bench.run();
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
    const id = asked.kind === 'sample' ? asked.id : asked.kind === 'own' ? null : reader;
    const kept = id === null ? null : await this.room.find(id);
    const [sample] = samples;
    const picture =
      asked.kind === 'own' ? embedded(asked) : (kept ?? (sample ? await readSample(sample).catch(() => null) : null));
    if (!picture || asked !== this.picture.peek() || picture.id === this.bench.picture.peek()?.id) return;
    const { blob, ...meta } = picture;
    const known = id === null || id !== this.room.bench.picture.peek()?.id ? null : this.room.bench.opened.peek();
    const shrink = known ? factorFor(known.width * known.height) : 1;
    this.taken.value = null;
    if (!(await this.bench.open(blob, meta, shrink > 1 ? { shrink } : {}))) return;
    // Another picture is shown from its beginning.
    const { from = -1, channel } = this.#figure ?? {};
    batch(() => {
      this.reduced.value = shrink;
      if (from >= 0) this.bench.compare({ from });
      if (from >= 0 && channel !== undefined) this.bench.setInputDisplay({ mapping: 'auto', channel });
    });
  }
}

/** The bytes of a `data:` address; what it is was read with the lesson. */
function embedded({ name, data }: LessonPicture & { kind: 'own' }): Picture {
  const [head = '', body = ''] = data.split(',');
  const bytes = Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0));
  const blob = new Blob([bytes], { type: head.slice(5, head.indexOf(';')) });
  return { id: newPictureId(), name, blob, provenance: { how: 'made' }, added: Date.now() };
}

const factorFor = (pixels: number): number => Math.ceil(Math.sqrt(pixels / mostPixels));
