import { mostValues } from '../core/sequential';
import { type Shape, sizeOf, type Tensor, zeros, zeros32 } from '../core/tensor';
import type { Engine, Prepared, RunOptions } from './engine';
import { pause } from './pause';

const defaultSlice = 12;

/** Runs the declaration's own `forward`: sums in float64, supports every op, and judges the other engines. */
export const reference: Engine = {
  name: 'reference',
  judge: () => ({ runs: true, how: 'the formula as it is written, with sums in float64' }),
  async run(steps, x, options = {}) {
    let y: Tensor<Float32Array> | undefined;
    for (const [i, step] of steps.entries()) {
      const progress = (done: number): void => options.progress?.((i + done) / steps.length);
      y = await forward(step, y ?? x, { ...options, progress });
    }
    return y ?? single(x);
  },
  store({ op, params, weights }, name, x, options = {}) {
    const work = op.stores?.[name]?.forward({ x, ...weights }, params);
    return work ? inSlices(work, { ...options, progress: undefined }) : null;
  },
  judgeBackward: () => ({ runs: true, how: 'the derivative as it is written, with sums in float64' }),
  async backward({ op, params, weights }, x, dy, { signal } = {}) {
    signal?.throwIfAborted();
    const inputs: Record<string, Tensor> = { x, ...weights };
    const sums = Object.fromEntries(op.differentiable.map((name) => [name, zeros(inputs[name]?.shape ?? [])]));
    op.backward(inputs, params, dy, sums);
    return Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, single(sum)]));
  },
  holds: () => false,
  release: () => undefined,
};

async function forward({ op, params, weights }: Prepared, x: Tensor, options: RunOptions): Promise<Tensor<Float32Array>> {
  options.signal?.throwIfAborted();
  const inputs = { x, ...weights };
  const y = allocate(op.name, op.infer(shapes(inputs), params));
  await inSlices(op.forward(inputs, params, y), options);
  options.progress?.(1);
  return y;
}

/** What the work returns; between slices messages are answered. */
async function inSlices<T>(work: Generator<number, T>, { signal, progress, slice = defaultSlice }: RunOptions): Promise<T> {
  let start = performance.now();
  for (;;) {
    const part = work.next();
    if (part.done) return part.value;
    if (performance.now() - start < slice) continue;
    progress?.(part.value);
    await pause();
    signal?.throwIfAborted();
    start = performance.now();
  }
}

const single = ({ shape, data }: Tensor): Tensor<Float32Array> => ({ shape, data: Float32Array.from(data) });

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
