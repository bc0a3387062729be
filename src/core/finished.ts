// Generators that do work in pieces.

/** What a generator returns, its pauses skipped. */
export function finished<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Pauses as that work does, but tells nothing of it. */
export function* notCounted<T>(work: Generator<number, T>, done: number): Generator<number, T> {
  for (;;) {
    const part = work.next();
    if (part.done) return part.value;
    yield done;
  }
}
