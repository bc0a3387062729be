// ConvScope: tensors in the engine's memory, results left there and released. The reference where the fast engine refuses.

import { parse } from '../../../src/core/parse';
import { opOf } from '../../../src/core/registry';
import type { Shape } from '../../../src/core/tensor';
import type { Prepared } from '../../../src/engines/engine';
import { reference } from '../../../src/engines/reference';
import { type Hands, openSimd, type SimdEngine } from '../../../src/engines/simd/engine';
import type { Runner } from './rivals';
import type { Float32, Step } from './work';

async function bytesOf(name: string): Promise<ArrayBuffer | undefined> {
  const response = await fetch(`/simd/${name}.wasm`);
  return response.ok ? response.arrayBuffer() : undefined;
}

/** The fast engine with so many threads. */
export async function openOurs(threads: number): Promise<SimdEngine> {
  const [plain, relaxed, shared] = await Promise.all(['plain', 'relaxed', 'threads'].map(bytesOf));
  if (!plain) throw new Error('bench: expected the compiled engine, received none');
  const engine = await openSimd(
    { plain, relaxed, threads: threads > 1 ? shared : undefined },
    { hands: { helpers: threads - 1, start } },
  );
  await engine.together;
  if (engine.threads !== threads) throw new Error(`bench: expected ${threads} threads, received ${engine.threads}`);
  return engine;
}

/** Starts a thread of the engine. */
const start: Hands['start'] = (enlisted) =>
  new Promise((resolve, reject) => {
    const thread = new Worker(new URL('../../../src/engines/simd/thread.ts', import.meta.url), { type: 'module' });
    thread.onmessage = () => resolve();
    thread.onerror = (event) => reject(new Error(event.message));
    thread.postMessage(enlisted);
  });

export interface Ours extends Runner {
  readonly shape: Shape;
  readonly macs: number;
  readonly how: string;
  readonly fast: boolean;
}

export const prepare = ({ op, params = {}, weights = {} }: Step): Prepared => {
  const found = opOf(op);
  return { op: found, params: parse(found.params, params, op), weights };
};

/** Parses, judges and holds; the same steps run on every call. */
export function ourRunner(engine: SimdEngine, steps: readonly Step[], x: Float32): Ours {
  const prepared = steps.map(prepare);
  const words: string[] = [];
  let [shape, macs, refusal]: [Shape, number, string | null] = [x.shape, 0, null];
  for (const step of prepared) {
    const verdict = engine.judge(step, { shape });
    const shapes = { x: shape, ...Object.fromEntries(Object.entries(step.weights).map(([name, w]) => [name, w.shape])) };
    macs += step.op.cost(shapes, step.params).macs;
    shape = step.op.infer(shapes, step.params);
    if (verdict.runs) words.push(verdict.how);
    else refusal ??= `${step.op.name}: ${verdict.why}`;
  }
  if (refusal !== null) return onReference(prepared, x, shape, macs, refusal);
  const held = engine.hold(x);
  const run = () => engine.run(prepared, held, { keep: true, slice: Number.POSITIVE_INFINITY });
  return {
    ...{ shape, macs, fast: true, how: words.join('; ') },
    run: async () => engine.release(await run()),
    result: async () => {
      const y = await run();
      const result = { shape: y.shape, data: y.data.slice() };
      engine.release(y);
      return result;
    },
    close: () => engine.release(held),
  };
}

function onReference(steps: readonly Prepared[], x: Float32, shape: Shape, macs: number, why: string): Ours {
  let last: Float32 | undefined;
  const run = async () => {
    last = await reference.run(steps, x, { slice: Number.POSITIVE_INFINITY });
    return last;
  };
  return {
    ...{ shape, macs, fast: false, how: `reference: ${why}`, run },
    result: async () => last ?? run(),
    close: () => {
      last = undefined;
    },
  };
}
