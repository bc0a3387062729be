import { batch, effect, signal } from '@preact/signals';
import { quickScenes } from '../core/quick';
import type { Scene } from '../core/scene';
import type { Picture } from '../image/picture';
import { newPictureId, openShelf } from '../image/shelf';
import { sliding } from '../ui/bench/slides';
import type { Bench } from '../ui/bench/state';
import { sentence } from '../ui/bench/words';
import { plural, t } from '../ui/strings';
import { type LessonAddress, readAddress, writeAddress } from './address';
import type { ComposedLesson } from './lessons/composed';
import { readSample, type Sample, samples } from './samples';
import type { SourceName } from './sources/names';

/** The view below the pictures in which a lesson is composed. */
export const composeTab = 'lesson';

/** More pictures than this are not taken into one batch. */
const mostInBatch = 120;

/** Browsers refuse an address that changes more than 100 times in ten seconds: so long, in ms, it stays as it was written. */
const addressRests = 110;
const sliderRests = 250;

/** The Lab around its bench: where pictures come from, and the address that remembers picture and scene. */
export class Room {
  /** Why the Lab was opened instead of something else. */
  readonly reason = signal<string | null>(null);
  /** The source that the sheet of sources shows; null while it is closed. */
  readonly choosing = signal<SourceName | null>(null);
  /** An address to start with in the sheet. */
  readonly typed = signal('');
  /** The sheet that crops and resizes is open. */
  readonly cutting = signal(false);
  /** Ids of the pictures that the scene runs over side by side; null while there is one alone. */
  readonly batch = signal<readonly string[] | null>(null);
  /** The batch is shown as a grid, rather than one of its pictures on the bench. */
  readonly grid = signal(false);
  /** Which of the views below the pictures is chosen; empty for the first. */
  readonly tab = signal('');
  /** What is read in the place of the workbench. */
  readonly lesson = signal<LessonAddress | null>(null);
  /** A lesson that was composed: from a file, a link, or under work. */
  readonly composed = signal<ComposedLesson | null>(null);
  /** The scene that an address of a lesson brought. */
  readonly lessonScene = signal<Scene | null>(null);
  readonly shelf = openShelf();
  /** What was opened last: a handle to its bytes, also where the browser keeps nothing. */
  #last: Picture | null = null;
  /** The address that was followed or written last. */
  #known = '';
  #rests = 0;
  #timer = 0;

  constructor(readonly bench: Bench) {
    const first = quickScenes[0]?.scene;
    if (first) bench.setScene(first);
    addEventListener('hashchange', () => location.hash !== this.#known && void this.follow());
    void this.follow().then(() => effect(() => this.#remember()));
  }

  /** Shows what the address says. */
  async follow(): Promise<void> {
    this.choosing.value = null;
    this.#known = location.hash;
    const { picture, scene, problem, refused, batch: ids, left, lesson } = readAddress(location.hash);
    batch(() => {
      this.reason.value = problem ? t(problem) : left > 0 ? plural('batchLeftOut', left) : null;
      this.lesson.value = lesson;
      this.lessonScene.value = lesson && scene;
    });
    if (scene && !lesson) this.bench.setScene(scene);
    if (refused) this.bench.complain(t('sceneRefused', sentence(refused)));
    if (ids.length > 0) return this.openBatch(ids, picture);
    if (!lesson) this.batch.value = null;
    if (!picture || picture === this.bench.picture.peek()?.id) return;
    const kept = await this.find(picture);
    if (kept) await this.open(kept);
    else this.bench.complain(t('pictureNotKept'));
  }

  /** The address of the workbench as it is. */
  labHref = (): string => writeAddress(this.bench.picture.peek()?.id ?? null, this.bench.scene.peek(), this.batch.peek() ?? []);

  /** A kept picture or a sample; null when it is gone. */
  async find(id: string): Promise<Picture | null> {
    if (this.#last?.id === id) return this.#last;
    const kept = await this.shelf.get(id).catch(() => null);
    const sample = kept ? null : samples.find((one) => one.id === id);
    return kept ?? (sample ? readSample(sample).catch(() => null) : null);
  }

  /** One file is opened, several become a batch. */
  async openFiles(files: readonly File[]): Promise<void> {
    const pictures = files.slice(0, mostInBatch).map(
      (file): Picture => ({
        id: newPictureId(),
        name: file.name || t('pastedName'),
        blob: file,
        provenance: { how: 'original' },
        added: Date.now(),
      }),
    );
    const [first, second] = pictures;
    if (first && !second) return void (await this.open(first));
    for (const picture of pictures) await this.shelf.put(picture).catch(() => undefined);
    await this.openBatch(pictures.map(({ id }) => id));
    if (files.length > mostInBatch) this.bench.complain(t('batchTooMany', files.length, mostInBatch));
  }

  async openSample(sample: Sample): Promise<void> {
    try {
      await this.open(await readSample(sample));
    } catch {
      this.bench.complain(t('sampleMissing', sample.file), () => void this.openSample(sample));
    }
  }

  /** The pictures side by side under one scene; one of them, the first that can be read unless it is named, is on the bench. */
  async openBatch(ids: readonly string[], named: string | null = null): Promise<void> {
    const taken = ids.slice(0, mostInBatch);
    batch(() => {
      this.batch.value = taken;
      this.grid.value = true;
      this.choosing.value = null;
    });
    for (const id of named === null ? taken : [named, ...taken]) {
      const picture = await this.find(id);
      if (picture && (await this.open(picture))) return;
    }
    this.batch.value = null;
    if (!this.bench.failure.peek()) this.bench.complain(t('pictureNotKept'));
  }

  /** Opens a kept picture again. */
  async reopen(id: string): Promise<void> {
    const picture = await this.find(id);
    if (picture) await this.open(picture);
    else this.bench.complain(t('pictureNotKept'));
  }

  /** Opens a picture and keeps it; true when it is on the bench. */
  async open(picture: Picture): Promise<boolean> {
    const { blob, ...meta } = picture;
    const opened = await this.bench.open(blob, meta);
    const taken = opened || this.bench.ask.peek() !== null;
    batch(() => {
      if (opened && !this.batch.peek()) this.reason.value = null;
      if (taken) this.choosing.value = null;
      if (taken && !this.batch.peek()?.includes(picture.id)) this.batch.value = null;
    });
    if (!taken) return false;
    this.#last = picture;
    // Kept also while the person is asked about the size: the answer opens the same picture.
    if (!samples.some(({ id }) => id === picture.id)) await this.shelf.put(picture).catch(() => undefined);
    return opened;
  }

  #remember(): void {
    const picture = this.bench.picture.value?.id ?? null;
    const scene = this.bench.scene.value;
    const ids = this.batch.value ?? [];
    const away = this.lesson.value !== null;
    const write = (): void => {
      // A link was followed, and the page hears of it later.
      if (!picture || away || location.hash !== this.#known) return;
      history.replaceState(null, '', writeAddress(picture, scene, ids));
      this.#known = location.hash;
      this.#rests = performance.now() + addressRests;
    };
    clearTimeout(this.#timer);
    // Results come first while a slider moves.
    this.#timer = window.setTimeout(write, sliding() ? sliderRests : this.#rests - performance.now());
  }
}
