// A compute worker takes as long to start as a page: pages of the package start one before their program is there (`scripts/package/boot.ts`).

declare global {
  var earlyWorker: Worker | undefined;
}

/** The worker that was started early, or a new one. */
export function nextWorker(): Worker {
  const worker = globalThis.earlyWorker ?? new Worker(new URL('../../worker/worker.ts', import.meta.url), { type: 'module' });
  globalThis.earlyWorker = undefined;
  return worker;
}
