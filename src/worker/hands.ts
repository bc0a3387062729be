import type { Hands } from '../engines/simd/engine';

/** More threads than this wait for memory rather than compute. */
const most = 8;

/** As many threads as this machine has processors, where memory may be shared: in the Lab and the popup in Chromium. None elsewhere. */
export function handsHere(): Hands | undefined {
  if (!self.crossOriginIsolated) return undefined;
  return { helpers: Math.min(most, navigator.hardwareConcurrency) - 1, start };
}

const start: Hands['start'] = (enlisted) =>
  new Promise((resolve, reject) => {
    const thread = new Worker(new URL('../engines/simd/thread.ts', import.meta.url), { type: 'module' });
    thread.onmessage = () => resolve();
    thread.onerror = (event) => reject(new Error(event.message));
    thread.postMessage(enlisted);
  });
