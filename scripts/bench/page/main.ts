// The page of the bench: starts the worker and passes calls on.
import { wrap } from 'comlink';
import type { Asked, BenchApi } from './worker';

const worker = wrap<BenchApi>(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }));
Object.assign(globalThis, {
  bench: {
    rows: () => worker.rows(),
    open: (threads: number) => worker.open(threads),
    measure: (asked: Asked) => worker.measure(asked),
  },
});
