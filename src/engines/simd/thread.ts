// The start of a thread in a browser: a worker that serves the worker which made it, until it is dismissed.

import type { Enlisted } from './crew';
import { enlist } from './routines';

self.onmessage = ({ data }: MessageEvent<Enlisted>) => {
  void enlist(data, () => self.postMessage('ready')).finally(() => self.close());
};
