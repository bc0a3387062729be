import { signal } from '@preact/signals';
import type { Room } from '../../room';
import type { ComposedLesson } from '../composed';
import { type Reading, type Sheet, sheetsOf } from './sheets';

/** A whole lesson on its way to paper. */
export class Printing {
  /** What stands on paper in the place of the page; null while nothing is printed but that. */
  readonly paper = signal<{ readonly sheets: readonly Sheet[]; readonly answers: boolean } | null>(null);
  /** 0..1 while figures are drawn. */
  readonly done = signal<number | null>(null);
  #work = new AbortController();

  constructor(
    private readonly room: Room,
    private readonly lesson: ComposedLesson,
  ) {
    addEventListener('afterprint', this.#clear);
  }
  close(): void {
    this.#work.abort();
    removeEventListener('afterprint', this.#clear);
  }

  /** Draws all figures; whoever shows the sheets prints them. */
  async begin(reading: Reading, answers: boolean): Promise<void> {
    this.#work.abort();
    this.#work = new AbortController();
    const { signal } = this.#work;
    const report = (share: number) => {
      if (!signal.aborted) this.done.value = share;
    };
    this.paper.value = null;
    report(0);
    const sheets = await sheetsOf(this.room, this.lesson, reading, report, signal);
    if (!sheets) return;
    this.done.value = null;
    this.paper.value = { sheets, answers };
  }

  readonly #clear = (): void => {
    this.paper.value = null;
  };
}
