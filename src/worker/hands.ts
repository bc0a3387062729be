import type { Hands } from '../engines/simd/engine';

/** More threads than this wait for memory rather than compute. */
const most = 8;

/**
 * Threads beside this one, where memory may be shared: in the Lab and the popup in Chromium. None elsewhere. There is one for each processor: of two
 * threads the one that is woken often waits behind the one that wakes it, while the other processor idles (decision 053).
 */
export function handsHere(): Hands | undefined {
  if (!self.crossOriginIsolated) return undefined;
  const processors = navigator.hardwareConcurrency;
  return { helpers: processors > 1 ? Math.min(most - 1, processors) : 0, start };
}

const start: Hands['start'] = (enlisted) =>
  new Promise((resolve, reject) => {
    const thread = new Worker(new URL('../engines/simd/thread.ts', import.meta.url), { type: 'module' });
    thread.onmessage = () => resolve();
    thread.onerror = (event) => reject(new Error(event.message));
    thread.postMessage(enlisted);
  });
