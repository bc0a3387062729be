import type { Cutting } from './cutting';

/** What the Lab's second worker does; called through Comlink. */
export interface Second {
  /** @throws an Error whose message is a sentence. */
  cutting(blob: Blob, wanted: Cutting): Promise<Blob>;
}
