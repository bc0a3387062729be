import { expose, type Remote, releaseProxy, transfer } from 'comlink';
import plain from '../engines/simd/binaries/plain.wasm?url&no-inline';
import relaxed from '../engines/simd/binaries/relaxed.wasm?url&no-inline';
import { decode } from '../image/decode';
import { Batcher, type BatchJob, type BatchSize, type Made } from './batch';
import { type Cutting, cutting } from './cutting';
import { openWorkshop } from './workshop';

// The second worker of the Lab, started when first needed: cuts and batches, so that the open picture and its result are left alone.

const bytesAt = async (url: string): Promise<ArrayBuffer> => (await fetch(url)).arrayBuffer();
const workshop = openWorkshop(async () => {
  const [one, other] = await Promise.all([bytesAt(plain), bytesAt(relaxed)]);
  return { plain: one, relaxed: other };
}).then((opened) => opened.workshop);
const batcher = new Batcher({ decode, workshop });

const buffersOf = ({ input, output }: Made): ArrayBuffer[] => [input.rgba.buffer, output.rgba.buffer];

expose({
  cutting: (blob: Blob, wanted: Cutting) => cutting(blob, wanted),
  async run(blob: Blob, job: BatchJob) {
    const made = await batcher.run(blob, job);
    return transfer(made, buffersOf(made));
  },
  png: (blob: Blob, job: BatchJob) => batcher.png(blob, job),
  async together(blobs: readonly Blob[], size: BatchSize, job: BatchJob, report: Remote<(done: number) => void>) {
    try {
      const made = await batcher.together(blobs, size, job, (done) => void report(done).catch(() => undefined));
      return transfer(
        made,
        made.items.flatMap((item) => (typeof item === 'string' ? [] : buffersOf(item))),
      );
    } finally {
      report[releaseProxy]();
    }
  },
  togetherPng: (at: number, job: BatchJob) => batcher.togetherPng(at, job),
  cancel: () => batcher.cancel(),
});
