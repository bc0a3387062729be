// A compute worker takes as long to start as a page: it may start before the program of its page is there.

let waiting: Worker | null = null;

const started = (): Worker => new Worker(new URL('../../worker/worker.ts', import.meta.url), { type: 'module' });

/** Starts the worker that the next link takes. */
export function startEarly(): void {
  const worker = started();
  waiting = worker;
  // The link starts another one, and says what becomes of it.
  worker.onerror = (event) => {
    event.preventDefault();
    worker.terminate();
    if (waiting === worker) waiting = null;
  };
}

/** The worker that was started early, or a new one. */
export function nextWorker(): Worker {
  const worker = waiting ?? started();
  waiting = null;
  return worker;
}
