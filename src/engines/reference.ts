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
    let start = performance.now();
    for (const done of op.forward(inputs, params, y)) {
      if (performance.now() - start < slice) continue;
      progress?.(done);
      await pause();
      signal?.throwIfAborted();
      start = performance.now();
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

/**
 * A turn of the event loop. Unlike timers, a message is not slowed down to 4 ms a turn;
 * and a fresh channel each time, since Node answers a busy one before anything else.
 */
const pause = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
