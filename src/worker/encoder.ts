import type { Encoded, Encoding } from './api';
import type { Desk } from './encode';

const REPORT_MS = 100;

/** Makes one file at a time: a newer request ends the one before. */
export class Encoder {
  private current = new AbortController();

  /** Null when it was stopped. */
  async encode(
    desk: (signal: AbortSignal) => Promise<Desk>,
    asked: Encoding,
    report: (done: number) => unknown,
  ): Promise<Encoded | null> {
    this.stop();
    this.current = new AbortController();
    const { signal } = this.current;
    let told = performance.now();
    const progress = (done: number): void => {
      if (performance.now() - told < REPORT_MS) return;
      told = performance.now();
      void Promise.resolve(report(done)).catch(() => undefined);
    };
    try {
      const { encodedNode } = await import('./encode');
      return await encodedNode(await desk(signal), asked, signal, progress);
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  }

  stop(): void {
    this.current.abort();
  }
}
