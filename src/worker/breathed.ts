import type { Breath } from '../image/breath';

/** Runs work that may pause. */
export async function breathed<T>(work: Generator<unknown, T>, breath: Breath): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (breath.due()) await breath.rest();
  }
}
