import { mostValues } from '../core/sequential';
import { type Shape, sizeOf, type Tensor, zeros32 } from '../core/tensor';
import type { Engine } from './engine';

const defaultSlice = 12;

/** Runs the declaration's own `forward`: sums in float64, supports every op, and judges the other engines. */
export const reference: Engine = {
  name: 'reference',
  supports: () => true,
  async run(op, params, inputs, { signal, progress, slice = defaultSlice } = {}) {
    signal?.throwIfAborted();
    const y = allocate(op.name, op.infer(shapes(inputs), params));
    const pause = pauses();
    try {
      let start = performance.now();
      for (const done of op.forward(inputs, params, y)) {
        if (performance.now() - start < slice) continue;
        progress?.(done);
        await pause.next();
        signal?.throwIfAborted();
        start = performance.now();
      }
    } finally {
      pause.close();
    }
    progress?.(1);
    return y;
  },
};

const shapes = (inputs: Readonly<Record<string, Tensor>>): Record<string, Shape> =>
  Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, shape]));

function allocate(op: string, shape: Shape): Tensor<Float32Array> {
  const values = sizeOf(shape);
  if (values > mostValues) throw new RangeError(`${op}: expected a result of at most ${mostValues} values, received ${values}`);
  try {
    return zeros32(shape);
  } catch {
    throw new RangeError(`${op}: a result of ${values} values does not fit into memory; a smaller size might`);
  }
}

/** Macrotasks on demand. Unlike timers, a message channel is not slowed down to 4 ms a turn. */
function pauses(): { next(): Promise<void>; close(): void } {
  const { port1, port2 } = new MessageChannel();
  let resume = () => {};
  port1.onmessage = () => resume();
  return {
    next: () =>
      new Promise((resolve) => {
        resume = resolve;
        port2.postMessage(null);
      }),
    close: () => port1.close(),
  };
}
