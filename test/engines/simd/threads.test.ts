import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'vite';
import { afterAll, describe, expect, it } from 'vitest';
import { starterScene } from '../../../src/core/quick';
import type { Step } from '../../../src/core/scene';
import { weightsOf } from '../../../src/core/sequential';
import type { Shape, Tensor } from '../../../src/core/tensor';
import type { Prepared } from '../../../src/engines/engine';
import type { Enlisted } from '../../../src/engines/simd/crew';
import { openSimd, type SimdEngine } from '../../../src/engines/simd/engine';
import { planners } from '../../../src/engines/simd/plans';
import { randomTensor, stepOf } from './engine';

const path = (name: string) => fileURLToPath(new URL(`../../../src/engines/simd/${name}`, import.meta.url));
const workers: Worker[] = [];
afterAll(() => Promise.all(workers.map((worker) => worker.terminate())));

/** The code of a thread, for Node. */
async function threadCode(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, target: 'es2022', minify: false, lib: { entry: path('routines.ts'), formats: ['es'] } },
  });
  const [output] = [built].flat();
  const code = output && 'output' in output ? output.output[0].code : '';
  return `import { parentPort, workerData } from 'node:worker_threads';\n${code}\nvoid enlist(workerData, () => parentPort.postMessage('ready'));`;
}

async function openThreads(helpers: number): Promise<SimdEngine> {
  const code = await threadCode();
  const start = (enlisted: Enlisted): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), { workerData: enlisted });
      workers.push(worker);
      worker.once('message', () => resolve());
      worker.once('error', reject);
    });
  const [plain, threads] = ['plain', 'threads'].map((name) => readFileSync(path(`binaries/${name}.wasm`)));
  const engine = await openSimd({ plain: plain!, threads }, { guarded: true, hands: { helpers, start } });
  await engine.together;
  return engine;
}

const shape = [1, 3, 151, 207];
const bytesOf = ({ data }: Tensor<Float32Array>): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

function prepared(step: Step, x: Shape): Prepared {
  const { op, params } = stepOf(step.op, step.params);
  return { op, params, weights: weightsOf(op, step, params, x) };
}

describe('threads over shared memory', () => {
  it('give the same values as one thread, to the last bit', async () => {
    const [one, three] = [
      await openSimd({ plain: new Uint8Array(), relaxed: readFileSync(path('binaries/relaxed.wasm')) }),
      await openThreads(2),
    ];
    expect([one.threads, three.threads, three.binary]).toEqual([1, 3, 'threads']);
    const chains: Prepared[][] = [
      [stepOf('leakyRelu', { negativeSlope: 0.2 }), stepOf('relu')],
      ...planners.map(({ op }) => starterScene(op.name).steps.map((step) => prepared(step, shape))),
    ];
    for (const [i, chain] of chains.entries()) {
      const x = randomTensor(shape, i);
      if (!one.judge(chain[0]!, x).runs) continue;
      const [many, alone] = [await three.run(chain, x), await one.run(chain, x)];
      // Bytes at once: a comparison number by number takes longer than all the work.
      expect(Buffer.compare(bytesOf(many), bytesOf(alone)), chain[0]!.op.name).toBe(0);
    }
    expect(three.machine.arena.used).toBe(0);
  });

  it('hear a newer request while they work, leave the board clean, and run on', async () => {
    const engine = await openThreads(1);
    const x = engine.hold(randomTensor([1, 3, 2000, 2000], 1));
    const held = engine.machine.arena.used;
    for (let i = 0; i < 5; i++) {
      const stop = new AbortController();
      const run = engine.run([stepOf('softplus')], x, { signal: stop.signal, slice: 0.1, keep: true });
      setTimeout(() => stop.abort(new Error('superseded')), 1);
      const next = engine.run([stepOf('relu')], x, { keep: true });
      await expect(run).rejects.toThrow('superseded');
      const y = await next;
      expect(y.data[123456]).toBe(Math.max(0, x.data[123456]!));
      engine.release(y);
    }
    expect(engine.machine.arena.used).toBe(held);
  });

  it('move to a smaller memory together, and others take their places', async () => {
    const engine = await openThreads(2);
    const former = workers.slice(-2);
    const ended = former.map((worker) => new Promise((resolve) => worker.once('exit', resolve)));
    const x = randomTensor([1, 3, 300, 400], 2);
    const chain = [stepOf('gelu'), stepOf('maxPool2d', { kernelSize: 9, stride: 1 })];
    const held = engine.hold(x);
    const expected = await engine.run(chain, held);
    engine.hold({ shape: [1, 1, 4096, 4096], data: new Float32Array(4096 * 4096) }).release();
    const run = engine.run(chain, held, { slice: 0.1 });
    // The run may take room beyond the smaller memory while that is being made: then nothing moves, and the next try does.
    let moved = false;
    for (let tries = 0; tries < 10 && !moved; tries++) moved = await engine.shrink(2 ** 26);
    expect(moved).toBe(true);
    expect(engine.machine.arena.size).toBeLessThan(2 ** 25);
    await Promise.all(ended);
    expect(Buffer.compare(bytesOf(await run), bytesOf(expected))).toBe(0);
    for (let i = 0; i < 5; i++) expect(Buffer.compare(bytesOf(await engine.run(chain, held)), bytesOf(expected))).toBe(0);
    held.release();
    expect(engine.machine.arena.used).toBe(0);
  });

  it('hand out stages that are longer than the shared list', async () => {
    const engine = await openThreads(1);
    const x = randomTensor([1, 20000, 1, 1], 3);
    const many: Prepared[] = [stepOf('relu')];
    expect((await engine.run(many, x)).data).toEqual(x.data.map((v) => Math.max(v, 0)));
  });
});
