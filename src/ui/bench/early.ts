// A compute worker takes as long to start as a page: pages of the package start one before their program is there (`scripts/package/boot.ts`).

declare global {
  var earlyWorker: Worker | undefined;
}

const started = (): Worker => new Worker(new URL('../../worker/worker.ts', import.meta.url), { type: 'module' });

/** Starts the worker that the next link takes. */
export function startEarly(): void {
  const worker = started();
  // The link starts another one, and says what becomes of it.
  worker.onerror = (event) => {
    event.preventDefault();
    worker.terminate();
    if (globalThis.earlyWorker === worker) globalThis.earlyWorker = undefined;
  };
  globalThis.earlyWorker = worker;
}

/** The worker that was started early, or a new one. */
export function nextWorker(): Worker {
  const worker = globalThis.earlyWorker ?? started();
  globalThis.earlyWorker = undefined;
  return worker;
}
