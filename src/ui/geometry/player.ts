// Plays through a count of places: forward by itself, or by hand where the person wants less motion.

import { type ReadonlySignal, signal } from '@preact/signals';

/** How long each place stays, in ms. */
export const paces = { slow: 1000, medium: 500, fast: 150 } as const;
export type Pace = keyof typeof paces;

export class Player {
  readonly at = signal(0);
  readonly playing = signal(false);
  readonly pace = signal<Pace>('medium');
  #timer = 0;

  constructor(private readonly count: ReadonlySignal<number>) {}

  /** Goes to a place; before the first comes the last, and the other way round. */
  to(at: number): void {
    const count = Math.max(1, this.count.peek());
    this.at.value = ((at % count) + count) % count;
  }
  step(by: 1 | -1): void {
    this.stop();
    this.to(this.at.peek() + by);
  }
  /** With less motion it goes on by one instead. */
  play(): void {
    if (this.playing.peek()) {
      this.stop();
      return;
    }
    this.to(this.at.peek() + 1);
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    this.playing.value = true;
    this.#wait();
  }
  setPace(pace: Pace): void {
    this.pace.value = pace;
    if (this.playing.peek()) this.#wait();
  }
  stop(): void {
    clearInterval(this.#timer);
    this.playing.value = false;
  }
  #wait(): void {
    clearInterval(this.#timer);
    this.#timer = window.setInterval(() => this.to(this.at.peek() + 1), paces[this.pace.peek()]);
  }
}
