// Threads that work off the jobs of a stage together, over shared memory.

import { pause } from '../pause';
import type { Job } from './plan';
import type { Routines } from './routines';

/** How a crew is steered; every word is an int32 of `words`. Jobs are numbered on and on, so that a late thread never takes a number twice. */
export const word = {
  /** Counts stages; threads sleep on it. */
  call: 0,
  /** The next job to take, one past the last, the first of this stage, and how many are done. */
  next: 1,
  end: 2,
  first: 3,
  done: 4,
  /** Scratch address of thread 0, and bytes to that of the next. */
  scratch: 5,
  stride: 6,
  /** A thread whose routine failed, plus 1. */
  failed: 7,
  /** Not 0: threads other than 0 end. */
  dismissed: 8,
} as const;
const wordCount = 9;

/** Numbers of one stage that fit in the shared list; longer stages are handed out in parts. */
const mostNumbers = 1 << 17;
const mostJobs = 1 << 13;

/** What a thread shares with the others. */
export interface Board {
  readonly words: Int32Array;
  /** Where in `numbers` a job begins; one more for the end of the last. */
  readonly starts: Int32Array;
  /** Calls: index of the routine, count of arguments, arguments. */
  readonly numbers: Float64Array;
}

export interface Shared {
  readonly words: SharedArrayBuffer;
  readonly starts: SharedArrayBuffer;
  readonly numbers: SharedArrayBuffer;
}

/** What a thread is told at its start. */
export interface Enlisted {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly shared: Shared;
  /** 1, 2, …; thread 0 is the one that hands out the work. */
  readonly thread: number;
}

export const shared = (): Shared => ({
  words: new SharedArrayBuffer(4 * wordCount),
  starts: new SharedArrayBuffer(4 * (mostJobs + 1)),
  numbers: new SharedArrayBuffer(8 * mostNumbers),
});

export const boardOf = ({ words, starts, numbers }: Shared): Board => ({
  words: new Int32Array(words),
  starts: new Int32Array(starts),
  numbers: new Float64Array(numbers),
});

/** Takes jobs until there are none, or until `enough` says so. Returns whether there may be more. */
export function workOff(
  { words, starts, numbers }: Board,
  thread: number,
  names: readonly string[],
  routines: Routines,
  enough: () => boolean = () => false,
): boolean {
  for (;;) {
    const job = Atomics.load(words, word.next);
    if (((job - Atomics.load(words, word.end)) | 0) >= 0) return false;
    if (Atomics.compareExchange(words, word.next, job, (job + 1) | 0) !== job) continue;
    const scratch = (words[word.scratch]! >>> 0) + thread * words[word.stride]!;
    const index = (job - words[word.first]!) | 0;
    try {
      for (let at = starts[index]!; at < starts[index + 1]!; ) {
        const name = names[numbers[at]!]!;
        const end = at + 2 + numbers[at + 1]!;
        const args: number[] = [];
        for (at += 2; at < end; at++) args.push(numbers[at]!);
        routines(name, args, scratch);
      }
    } catch (error) {
      Atomics.store(words, word.failed, thread + 1);
      throw error;
    } finally {
      Atomics.add(words, word.done, 1);
      Atomics.notify(words, word.done);
    }
    if (enough()) return true;
  }
}

/** The life of a thread other than 0, until it is dismissed. */
export function serve(board: Board, thread: number, names: readonly string[], routines: Routines): void {
  while (Atomics.load(board.words, word.dismissed) === 0) {
    const call = Atomics.load(board.words, word.call);
    try {
      workOff(board, thread, names, routines);
    } catch {
      // Thread 0 reads `failed` and tells the person; this thread stays at hand.
    }
    if (Atomics.load(board.words, word.dismissed) === 0) Atomics.wait(board.words, word.call, call);
  }
}

/** Thread 0 and its helpers. */
export class Crew {
  private readonly indices: ReadonlyMap<string, number>;
  private board: Board;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    shared: Shared,
    private readonly names: readonly string[],
    private routines: Routines,
    /** Threads, this one included. */
    readonly size: number,
    /** Settles when all of them serve, or one cannot be started. */
    readonly together: Promise<unknown> = Promise.resolve(),
  ) {
    this.board = boardOf(shared);
    this.indices = new Map(names.map((name, i) => [name, i]));
  }

  /**
   * Runs the jobs of a stage. This thread takes part; after every `slice` ms it lets messages in and calls `rest`, which may throw to stop.
   * When it ends, nobody works any more. Of two stages at a time the later one waits for the board.
   */
  perform(...stage: Parameters<Crew['performNow']>): Promise<void> {
    const mine = this.turn.then(() => this.performNow(...stage));
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  /**
   * Changes the memory under all threads while nobody works, if `move` does so. The helpers end then, and new ones, which the caller starts, serve by
   * the new board.
   */
  replace(board: Shared, routines: Routines, move: () => boolean): Promise<boolean> {
    const mine = this.turn.then(() => {
      if (!move()) return false;
      const { words } = this.board;
      [this.routines, this.board] = [routines, boardOf(board)];
      Atomics.store(words, word.dismissed, 1);
      Atomics.add(words, word.call, 1);
      Atomics.notify(words, word.call);
      return true;
    });
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private async performNow(
    jobs: readonly Job[],
    scratch: number,
    stride: number,
    slice: number,
    rest: (done: number) => void,
  ): Promise<void> {
    const { words } = this.board;
    words[word.scratch] = scratch | 0;
    words[word.stride] = stride;
    Atomics.store(words, word.failed, 0);
    let handed = 0;
    let since = performance.now();
    const due = (): boolean => performance.now() - since > slice;
    while (handed < jobs.length) {
      const before = handed;
      handed += this.handOut(jobs, handed);
      try {
        while (workOff(this.board, 0, this.names, this.routines, due)) {
          await pause();
          rest(before + ((Atomics.load(words, word.done) - words[word.first]!) | 0));
          since = performance.now();
        }
      } catch (error) {
        this.callOff();
        this.awaitOthers();
        throw error;
      }
      this.awaitOthers();
      const failed = Atomics.load(words, word.failed);
      if (failed > 0) throw new Error(`Crew: expected every routine to end, received a failure in thread ${failed - 1}`);
    }
  }

  /** Writes jobs on the board, from one on, and wakes the others. Returns how many fitted. */
  private handOut(jobs: readonly Job[], from: number): number {
    const { words, starts, numbers } = this.board;
    let [count, at] = [0, 0];
    for (; from + count < jobs.length && count < mostJobs; count++) {
      const { calls } = jobs[from + count]!;
      const length = calls.reduce((sum, call) => sum + 1 + call.length, 0);
      if (length > mostNumbers) throw new Error(`Crew: expected a job of at most ${mostNumbers} numbers, received ${length}`);
      if (at + length > mostNumbers) break;
      starts[count] = at;
      for (const call of calls) {
        const index = this.indices.get(call[0]);
        if (index === undefined) throw new Error(`Crew: expected a routine that exists, received ${call[0]}`);
        numbers[at] = index;
        numbers[at + 1] = call.length - 1;
        at += 2;
        for (let i = 1; i < call.length; i++) numbers[at++] = Number(call[i]);
      }
    }
    starts[count] = at;
    const first = Atomics.load(words, word.end);
    words[word.first] = first;
    Atomics.store(words, word.done, first);
    Atomics.store(words, word.end, (first + count) | 0);
    if (count > 1) {
      Atomics.add(words, word.call, 1);
      Atomics.notify(words, word.call);
    }
    return count;
  }

  /** Nobody takes another job of this stage. */
  private callOff(): void {
    const { words } = this.board;
    for (;;) {
      const next = Atomics.load(words, word.next);
      const end = words[word.end]!;
      if (Atomics.compareExchange(words, word.next, next, end) !== next) continue;
      Atomics.add(words, word.done, (end - next) | 0);
      return;
    }
  }

  /** Waits for jobs that others still do: at most about 2 ms each. */
  private awaitOthers(): void {
    const { words } = this.board;
    for (;;) {
      const done = Atomics.load(words, word.done);
      if (((done - words[word.end]!) | 0) >= 0) return;
      Atomics.wait(words, word.done, done, 50);
    }
  }
}
