const SLICE_MS = 12;

/**
 * Lets other tasks in during long work: `if (breath.due()) await breath.rest()`. A slice is about 12 ms, so that a newer call is heard
 * well within 50 ms.
 */
export class Breath {
  private since = performance.now();
  constructor(
    readonly signal?: AbortSignal,
    private readonly ms = SLICE_MS,
  ) {}

  due(): boolean {
    return performance.now() - this.since > this.ms;
  }

  /** Waits for one task. @throws the signal's reason (an `AbortError`) when it was aborted. */
  async rest(): Promise<void> {
    await nextTask();
    this.signal?.throwIfAborted();
    this.since = performance.now();
  }
}

/** A message comes without the 4 ms that browsers add to nested timers. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
