import { signal } from '@preact/signals';
import { type LessonId, lessonIds } from '../../core/lessons/lesson';
import type { Drawer } from '../../store/drawer';
import { isProgress, type LessonProgress, progressName, readProgress } from '../../store/lessons';

const none: LessonProgress = { answered: false, solved: false };

/** How far the reader has come, as a signal that follows every change in any page. Without storage it lasts as long as the page. */
export class Progress {
  readonly #all = signal<ReadonlyMap<LessonId, LessonProgress>>(new Map());
  readonly #unwatch: () => void;

  constructor(private readonly drawer: Drawer) {
    void this.#read();
    this.#unwatch = drawer.watch((names) => {
      if (names.length === 0 || names.some(isProgress)) void this.#read();
    });
  }
  close(): void {
    this.#unwatch();
  }

  of = (id: LessonId): LessonProgress => this.#all.value.get(id) ?? none;
  isDone = (id: LessonId): boolean => this.of(id).answered && this.of(id).solved;
  /** The first that is not done, else the first. */
  next = (): LessonId => lessonIds.find((id) => !this.isDone(id)) ?? lessonIds[0];
  any = (): boolean => this.#all.value.size > 0;

  note(id: LessonId, what: Partial<LessonProgress>): void {
    const now = { ...this.of(id), ...what };
    this.#all.value = new Map(this.#all.peek()).set(id, now);
    this.drawer.put({ [progressName(id)]: now }).catch(() => undefined);
  }
  async forget(): Promise<void> {
    this.#all.value = new Map();
    await this.drawer.remove(lessonIds.map(progressName)).catch(() => undefined);
  }

  async #read(): Promise<void> {
    this.#all.value = readProgress(await this.drawer.all().catch(() => ({})));
  }
}
