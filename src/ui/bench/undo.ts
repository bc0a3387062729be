import { computed, signal } from '@preact/signals';

/** Steps back that are kept. */
const MOST = 500;
/** Changes of one thing that follow within this time count as one: a dragged slider. */
const MERGE_MS = 1000;

interface Entry<T> {
  readonly state: T;
  /** What was changed to get here; null: never one with its neighbour. */
  readonly what: string | null;
  readonly at: number;
}

/** The way back through states, and forth again. */
export class Undo<T> {
  readonly #past = signal<readonly Entry<T>[]>([]);
  readonly #future = signal<readonly T[]>([]);
  readonly canUndo = computed(() => this.#past.value.length > 0);
  readonly canRedo = computed(() => this.#future.value.length > 0);
  #stroke: 'none' | 'begun' | 'going' = 'none';

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Remembers the state before a change. Changes of the same `what` in quick succession are undone together. */
  record(before: T, what: string | null = null): void {
    const past = this.#past.peek();
    const last = past.at(-1);
    const at = this.now();
    this.#future.value = [];
    if (this.#stroke === 'going') return;
    if (this.#stroke === 'begun') {
      this.#stroke = 'going';
      what = null;
    }
    const merged = what !== null && last?.what === what && at - last.at < MERGE_MS;
    this.#past.value = merged ? [...past.slice(0, -1), { ...last, at }] : [...past, { state: before, what, at }].slice(-MOST);
  }
  /** Between its beginning and its end all changes are one, however long it takes, and none of its neighbours is part of it. */
  stroke(stroke: 'begins' | 'ends'): void {
    this.#stroke = stroke === 'begins' ? 'begun' : 'none';
  }
  /** The state before `present`; null where there is none. */
  undo(present: T): T | null {
    return this.#take(this.#past.peek().at(-1)?.state, () => {
      this.#past.value = this.#past.peek().slice(0, -1);
      this.#future.value = [present, ...this.#future.peek()];
    });
  }
  /** The state after `present` that was undone last. */
  redo(present: T): T | null {
    return this.#take(this.#future.peek()[0], () => {
      this.#past.value = [...this.#past.peek(), { state: present, what: null, at: 0 }];
      this.#future.value = this.#future.peek().slice(1);
    });
  }
  clear(): void {
    this.#past.value = [];
    this.#future.value = [];
  }

  #take(state: T | undefined, move: () => void): T | null {
    if (state === undefined) return null;
    move();
    return state;
  }
}
