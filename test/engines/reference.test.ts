import { describe, expect, it } from 'vitest';
import { parse } from '../../src/core/parse';
import { starterScene } from '../../src/core/quick';
import { opOf, ops } from '../../src/core/registry';
import type { Scene } from '../../src/core/scene';
import { type Tensor, zeros32 } from '../../src/core/tensor';
import { enginesOf } from '../../src/engines';
import type { Prepared } from '../../src/engines/engine';
import { reference } from '../../src/engines/reference';

const { choose, runScene, runStep } = enginesOf();
const gradient = (h: number, w: number): Tensor<Float32Array> => {
  const x = zeros32([1, 3, h, w]);
  for (let i = 0; i < x.data.length; i++) x.data[i] = (i % 251) / 250;
  return x;
};
const [blur] = starterScene('conv2d').steps;
const two: Scene = { version: 1, input: 'unit', steps: [...starterScene('maxPool2d').steps, ...starterScene('relu').steps] };

/** A pointwise op that needs about `ms` of work, in pieces of about 1 ms. */
const slow = (ms: number): Prepared => ({
  op: {
    ...opOf('relu'),
    *forward(_, __, y) {
      for (let piece = 1; piece <= ms; piece++) {
        const end = performance.now() + 1;
        while (performance.now() < end) y.data[0] = piece;
        yield piece / ms;
      }
    },
  },
  params: {},
  weights: {},
});

describe('the reference engine', () => {
  it('runs every op on a picture and answers in float32', async () => {
    for (const name of Object.keys(ops)) {
      const { y, engine } = await runScene(starterScene(name), gradient(12, 17));
      expect(y.data).toBeInstanceOf(Float32Array);
      expect(engine).toBe('reference');
    }
  });
  it('sums in float64 and rounds once', async () => {
    const x: Tensor<Float32Array> = { shape: [1, 1, 1, 3], data: Float32Array.of(1e8, 1, -1e8) };
    const step = { op: 'avgPool2d', params: { kernelSize: [1, 3], divisorOverride: 1 } };
    expect(Array.from((await runStep(step, x)).y.data)).toEqual([1]);
  });
  it('lets other work in between while it runs, and reports rising progress', async () => {
    let turns = 0;
    let running = true;
    const other = (async () => {
      while (running) {
        await new Promise((resolve) => setImmediate(resolve));
        turns += 1;
      }
    })();
    const seen: number[] = [];
    await reference.run([slow(60)], gradient(2, 2), { slice: 4, progress: (done) => seen.push(done) });
    running = false;
    await other;
    expect(turns).toBeGreaterThan(3);
    expect(seen.length).toBeGreaterThan(3);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
  });
  it('stops when told to, with the reason given', async () => {
    const stop = new AbortController();
    const run = reference.run([slow(5000)], gradient(2, 2), { signal: stop.signal, slice: 2 });
    setTimeout(() => stop.abort(new Error('superseded')), 10);
    const start = performance.now();
    await expect(run).rejects.toThrow('superseded');
    expect(performance.now() - start).toBeLessThan(2000);
  });
  it('does not begin when stopped before', async () => {
    await expect(runStep(blur!, gradient(4, 4), { signal: AbortSignal.abort(new Error('gone')) })).rejects.toThrow('gone');
  });
  it('refuses what does not fit before any work', async () => {
    const op = opOf('maxPool2d');
    const params = parse(op.params, { kernelSize: 9 });
    await expect(reference.run([{ op, params, weights: {} }], gradient(4, 4))).rejects.toThrow(
      new RangeError('maxPool2d: a 9 × 9 window does not fit, the input is 4 × 4'),
    );
  });
});

describe('the choice of an engine', () => {
  it('gives its reason', () => {
    expect(choose(blur!, [1, 3, 8, 8])).toEqual({
      engine: reference,
      reason: 'the formula as it is written, with sums in float64',
    });
    expect(() => choose({ op: 'warp', params: {} }, [1, 3, 8, 8])).toThrow(RangeError);
  });
});

describe('a scene', () => {
  it('runs its steps one after the other, and progress runs over the whole', async () => {
    const seen: number[] = [];
    const { y } = await runScene(two, gradient(8, 10), { progress: (done) => seen.push(done) });
    expect(y.shape).toEqual([1, 3, 4, 5]);
    expect(seen.at(-1)).toBe(1);
    expect(seen).toContain(0.5);
  });
  it('without steps answers with a copy', async () => {
    const x = gradient(2, 2);
    const { y } = await runScene({ version: 1, input: 'unit', steps: [] }, x);
    expect(y).toEqual(x);
    expect(y.data).not.toBe(x.data);
  });
  it('is traced first: a last step that does not fit fails before the first one runs', async () => {
    const seen: number[] = [];
    const bad: Scene = { ...two, steps: [...two.steps, { op: 'maxPool2d', params: { kernelSize: 500 } }] };
    await expect(runScene(bad, gradient(8, 10), { progress: (done) => seen.push(done) })).rejects.toThrow(/^step 3: maxPool2d/);
    expect(seen).toEqual([]);
  });
});
