import { effect, signal, untracked } from '@preact/signals';
import type { Scene } from '../../core/scene';
import { openShelf, type Shelved } from '../../image/shelf';
import type { Drawer } from '../../store/drawer';
import { settingChoices } from '../../store/settings';
import type { Bench } from '../../ui/bench/state';
import type { Keeper } from '../../ui/chains/keeper';
import { mappingKeys } from '../../ui/controls/DisplayControls';
import { writeAddress } from '../address';
import { samples } from '../samples';
import { smallOf } from './small';
import { LastWork, type Work } from './work';

/** How many pictures the start shows. */
const fewPictures = 12;

/** Pictures, chains and work of earlier visits, and the ways back to them. */
export class History {
  readonly pictures = signal<readonly Shelved[]>([]);
  /** Addresses of the small copies that are there, by id. */
  readonly small = signal<ReadonlyMap<string, string>>(new Map());
  readonly work: LastWork;
  readonly #shelf = openShelf();

  constructor(
    readonly bench: Bench,
    readonly keeper: Keeper,
    drawer: Drawer,
  ) {
    this.work = new LastWork(drawer, bench);
  }

  /** Reads the list anew and makes the small copies that are missing, one after the other. */
  async look(): Promise<void> {
    const all = await this.#shelf.recent().catch((): Shelved[] => []);
    this.pictures.value = all.slice(0, fewPictures);
    for (const picture of this.pictures.peek()) {
      if (this.small.peek().has(picture.id)) continue;
      const small = await smallOf(this.#shelf, picture).catch(() => null);
      if (small) this.small.value = new Map(this.small.peek()).set(picture.id, URL.createObjectURL(small));
    }
  }

  /** Whether a picture can still be opened: a sample, or one that is kept. */
  knows = (id: string): boolean =>
    samples.some((sample) => sample.id === id) || this.pictures.value.some((picture) => picture.id === id);

  /** Opens a kept picture under the present scene. */
  open(id: string): void {
    location.hash = writeAddress(id, this.bench.scene.peek());
  }

  /** Everything as it was left. */
  goOn(work: Work): void {
    const { bench } = this;
    const compare = settingChoices.compare.find((mode) => mode === work.compare);
    if (compare && compare !== 'auto') bench.mode.value = compare;
    const mapping = Object.keys(mappingKeys).find((name): name is keyof typeof mappingKeys => name === work.mapping);
    if (mapping) bench.display.value = { mapping, channel: 'all' };
    bench.setScene(work.scene, work.step);
    // Another picture starts from itself and the current step.
    const before = bench.picture.peek()?.id;
    const stop = effect(() => {
      const now = bench.picture.value?.id;
      if (now === before && now !== work.picture) return;
      queueMicrotask(() => stop());
      if (now === work.picture) untracked(() => bench.compare({ from: work.from, to: work.to }));
    });
    location.hash = writeAddress(work.picture, work.scene);
  }

  /** Shows a chain at once: on the picture of the last work, else on the newest one, else on a sample. */
  start(scene: Scene): void {
    const last = this.work.last.peek()?.picture;
    const picture = last !== undefined && this.knows(last) ? last : (this.pictures.peek()[0]?.id ?? samples[0]?.id);
    if (picture !== undefined) location.hash = writeAddress(picture, scene);
  }

  async forget(id: string): Promise<void> {
    await this.#shelf.remove(id);
    await this.look();
  }

  async forgetAll(): Promise<void> {
    await Promise.all([this.#shelf.clear(), this.keeper.forgetRecent(), this.work.forget()]);
    await this.look();
  }
}
