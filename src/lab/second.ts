// The Lab's second worker: crops and batches, beside the one of the bench.

import { type Remote, wrap } from 'comlink';
import { rasteriseSvg } from '../image/svg';
import { t } from '../ui/strings';
import type { Second } from '../worker/batch';

interface Link {
  readonly second: Remote<Second>;
  readonly lost: Promise<never>;
  close(): void;
}
let link: Link | null = null;

function connect(): Link {
  const worker = new Worker(new URL('../worker/batchWorker.ts', import.meta.url), { type: 'module' });
  const lost = new Promise<never>((_, reject) => {
    worker.onerror = (event) => {
      event.preventDefault();
      link = null;
      worker.terminate();
      reject(new Error(t('workerLost')));
    };
  });
  lost.catch(() => undefined);
  return { second: wrap<Second>(worker), lost, close: () => worker.terminate() };
}

/** Asks the second worker, which is started when there is none. @throws when it is lost. */
export async function ask<T>(call: (second: Remote<Second>) => Promise<T>): Promise<T> {
  link ??= connect();
  return Promise.race([call(link.second), link.lost]);
}

/** Ends it, so that its memory is free; what it was asked is not answered. */
export function endSecond(): void {
  link?.close();
  link = null;
}

/** What the worker can decode: an SVG is drawn by the page first. */
export async function decodable(blob: Blob): Promise<Blob> {
  const start = await blob.slice(0, 512).text();
  return blob.type.startsWith('image/svg') || /^\uFEFF?\s*<(?:\?xml|svg|!--|!DOCTYPE svg)/i.test(start)
    ? rasteriseSvg(blob)
    : blob;
}
