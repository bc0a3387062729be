import { computed, effect, signal } from '@preact/signals';
import { proxy } from 'comlink';
import type { Scene } from '../../core/scene';
import { lookOf } from '../../ui/bench/look';
import { download, fileName } from '../../ui/bench/save';
import { reasonOf, sentence } from '../../ui/bench/words';
import { t } from '../../ui/strings';
import type { BatchJob, Made, Together } from '../../worker/batch';
import type { Room } from '../room';
import { ask, decodable, endSecond } from '../second';
import { type Entry, zipOf } from './zip';

/** One picture of the batch. */
export interface Cell {
  readonly id: string;
  readonly name: string;
  readonly made: Made | null;
  /** Why there is no result, as a sentence. */
  readonly problem: string | null;
}

/** Changes that come with every key or slider step are waited out. */
const patience = 200;

/** A batch at work: one scene over many pictures, each by itself or all in one tensor. */
export class BatchRun {
  readonly cells = signal<readonly Cell[]>([]);
  /** All pictures in one tensor, at `side` × `side`. */
  readonly together = signal(false);
  readonly side = signal(256);
  /** 0..1 while it runs. */
  readonly done = signal<number | null>(null);
  /** Of the whole, as a sentence. */
  readonly problem = signal<string | null>(null);
  readonly shape = signal<Together['shape'] | null>(null);
  readonly gathered = signal<Together['gathered']>(null);
  readonly saving = signal(false);
  readonly finished = computed(() => this.done.value === null && this.cells.value.some(({ made }) => made !== null));
  readonly #blobs = new Map<string, Blob>();
  readonly #stop: () => void;
  #turn = 0;
  #timer = 0;
  #known = '';

  constructor(
    readonly room: Room,
    readonly ids: readonly string[],
  ) {
    this.cells.value = ids.map((id) => ({ id, name: '', made: null, problem: null }));
    this.#stop = effect(() => {
      const { scene, exact, display } = room.bench;
      const wanted = JSON.stringify([scene.value, exact.value, display.value, this.together.value, this.side.value]);
      if (!room.grid.value || wanted === this.#known) return;
      clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => {
        this.#known = wanted;
        void this.#run();
      }, patience);
    });
  }

  close(): void {
    this.#stop();
    clearTimeout(this.#timer);
    this.#turn++;
    endSecond();
  }

  /** Stops; what is done stays. */
  cancel(): void {
    this.#turn++;
    this.done.value = null;
    void ask((second) => second.cancel()).catch(() => undefined);
  }

  again(): void {
    void this.#run();
  }

  async #run(): Promise<void> {
    this.cancel();
    const turn = ++this.#turn;
    this.problem.value = null;
    this.done.value = 0;
    try {
      if (this.together.peek()) await this.#runTogether(turn);
      else await this.#runSingly(turn);
    } catch (error) {
      if (turn === this.#turn) this.problem.value = reasonOf(error);
    }
    if (turn === this.#turn) this.done.value = null;
  }

  async #runSingly(turn: number): Promise<void> {
    this.gathered.value = null;
    this.shape.value = null;
    const job = this.#job();
    for (const [i, id] of this.ids.entries()) {
      const result = await this.#blob(id)
        .then(async (blob) => ({ made: await ask((second) => second.run(blob, job)), problem: null }))
        .catch((error: unknown) => ({ made: null, problem: reasonOf(error) }));
      if (turn !== this.#turn) return;
      this.#set(id, result);
      this.done.value = (i + 1) / this.ids.length;
    }
  }

  async #runTogether(turn: number): Promise<void> {
    const job = this.#job();
    const side = this.side.peek();
    const found = await Promise.all(this.ids.map((id) => this.#blob(id).catch(reasonOf)));
    const blobs = found.filter((one) => typeof one !== 'string');
    // The last word of progress may come after the result.
    const report = proxy((done: number) => {
      if (turn === this.#turn && this.done.peek() !== null) this.done.value = done;
    });
    const result = await ask((second) => second.together(blobs, { width: side, height: side }, job, report));
    if (turn !== this.#turn) return;
    this.shape.value = result.shape;
    this.gathered.value = result.gathered;
    let next = 0;
    for (const [i, id] of this.ids.entries()) {
      const one = found[i];
      const item = typeof one === 'string' ? one : (result.items[next++] ?? '');
      this.#set(id, typeof item === 'string' ? { made: null, problem: sentence(item) } : { made: item, problem: null });
    }
  }

  /** All results in one archive. */
  async save(): Promise<void> {
    const job = this.#job();
    const turn = this.#turn;
    const together = this.together.peek();
    const ready = this.cells.peek().filter(({ made }) => made !== null);
    const readable = this.ids.filter((id) => this.#blobs.has(id));
    this.saving.value = true;
    this.done.value = 0;
    this.problem.value = null;
    try {
      const files: Entry[] = [];
      for (const [i, { id, name }] of ready.entries()) {
        const blob = await this.#blob(id);
        const png = await ask((second) => (together ? second.togetherPng(readable.indexOf(id), job) : second.png(blob, job)));
        if (turn !== this.#turn) return;
        files.push({ name: unlike(fileName(name, job.scene), files), bytes: new Uint8Array(await png.arrayBuffer()) });
        this.done.value = (i + 1) / ready.length;
      }
      download(zipOf(files), fileName('batch', job.scene).replace(/\.png$/, '.zip'));
    } catch (error) {
      if (turn === this.#turn) this.problem.value = reasonOf(error);
    } finally {
      this.saving.value = false;
      if (turn === this.#turn) this.done.value = null;
    }
  }

  #job(): BatchJob {
    const { scene, exact, display } = this.room.bench;
    return { scene: scene.peek() satisfies Scene, exact: exact.peek(), look: lookOf(display.peek()) };
  }

  /** What the worker can decode. @throws a sentence when the picture is gone. */
  async #blob(id: string): Promise<Blob> {
    const known = this.#blobs.get(id);
    if (known) return known;
    const picture = await this.room.find(id);
    if (!picture) throw new Error(t('pictureNotKept'));
    this.#set(id, { name: picture.name });
    const blob = await decodable(picture.blob);
    this.#blobs.set(id, blob);
    return blob;
  }

  #set(id: string, change: Partial<Cell>): void {
    this.cells.value = this.cells.peek().map((cell) => (cell.id === id ? { ...cell, ...change } : cell));
  }
}

/** The name, with a number where another file has it. */
function unlike(name: string, files: readonly Entry[]): string {
  let free = name;
  for (let i = 2; files.some((file) => file.name === free); i++) free = name.replace(/(\.[^.]+)$/, `-${i}$1`);
  return free;
}
