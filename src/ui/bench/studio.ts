import { type Remote, wrap } from 'comlink';
import type { Studio } from '../../worker/api';
import { nextWorker } from './early';

/** The compute worker as a page sees it. */
export interface Link {
  readonly studio: Remote<Studio>;
  /** Never resolves; rejects when the worker is lost (killed, or it could not start). */
  readonly lost: Promise<never>;
  close(): void;
}

/** Starts a compute worker. */
export function connect(): Link {
  const worker = nextWorker();
  const lost = new Promise<never>((_, reject) => {
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new WorkerLost(event.message));
    };
    worker.onmessageerror = () => reject(new WorkerLost('a message could not be read'));
  });
  lost.catch(() => undefined);
  return { studio: wrap<Studio>(worker), lost, close: () => worker.terminate() };
}

/** The worker is gone; what it held (the decoded picture) must be given to a new one. */
export class WorkerLost extends Error {
  override name = 'WorkerLost';
}
