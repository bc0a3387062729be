import { signal } from '@preact/signals';
import type { Side } from './sight';

/** How long each picture stays, in ms. Two changes make a flash: the fastest is 1.5 flashes a second, where 3 are the limit (WCAG 2.3.1). */
export const paces = { slow: 1200, medium: 700, fast: 334 } as const;
export type Pace = keyof typeof paces;

/** Both pictures in turn at the same place. */
export class Blink {
  readonly shown = signal<Side>('output');
  readonly pace = signal<Pace>('medium');
  /** By hand only: always where the person wants less motion. */
  readonly paused = signal(false);

  swap(): void {
    this.shown.value = this.shown.peek() === 'input' ? 'output' : 'input';
  }
  /** Shows the other one now and stays there. */
  byHand(): void {
    this.paused.value = true;
    this.swap();
  }
  /** Starts; answers with the way to stop. */
  run(): () => void {
    const still = matchMedia('(prefers-reduced-motion: reduce)');
    const timer = setInterval(() => !still.matches && this.swap(), paces[this.pace.peek()]);
    return () => clearInterval(timer);
  }
}
