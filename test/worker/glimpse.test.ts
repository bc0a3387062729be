import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Scene, Step } from '../../src/core/scene';
import type { Tensor } from '../../src/core/tensor';
import { openSimd } from '../../src/engines/simd/engine';
import type { Drawing } from '../../src/image/draw';
import type { Look, View } from '../../src/worker/api';
import { fastWorkshop, plainWorkshop, type Workshop } from '../../src/worker/workshop';
import { studioWith } from './opened';

const binary = readFileSync(new URL('../../src/engines/simd/binaries/plain.wasm', import.meta.url));
const look: Look = { display: { mapping: 'auto', channel: 'all' }, diverging: ['#0000ff', '#ffffff', '#ff0000'] };
const seen = { width: 60, height: 40 };
const glance: Look = { ...look, seen, coarse: true };

/** Soft light between 0.2 and 0.8. */
const soft: Tensor<Float32Array> = {
  shape: [1, 3, 80, 120],
  data: Float32Array.from({ length: 3 * 80 * 120 }, (_, i) => 0.5 + 0.3 * Math.sin(i / 9) * Math.cos(i / 1700)),
};

async function opened(x: Tensor<Float32Array>, made?: Workshop) {
  const engine = await openSimd({ plain: binary }, { guarded: true });
  const studio = await studioWith(x, made ?? fastWorkshop(engine));
  const run = async (steps: readonly Step[], how: Look, input: Scene['input'] = 'unit', nodes = [steps.length - 1]) => {
    const views: View<Drawing>[] = [];
    const wanted = nodes.map((node) => ({ node, look: how }));
    await studio.run({ version: 1, input, steps }, wanted, (event) => event.kind === 'view' && views.push(event.view));
    return views;
  };
  return { studio, run, arena: engine.machine.arena };
}
const step = (op: string, params: Step['params'] = {}): Step => ({ op, params });
const furthest = (a: View<Drawing>, b: View<Drawing>): number =>
  a.drawing.rgba.reduce((most, v, i) => Math.max(most, Math.abs(v - b.drawing.rgba[i]!)), 0);

const enlarging = [
  ...['nearest', 'nearest-exact', 'bilinear', 'bicubic', 'area', 'lanczos'].map((mode) =>
    step('interpolate', { mode, scaleFactor: [3.3, 3.1] }),
  ),
  step('zeroInsert', { stride: 3 }),
  step('pixelShuffle', { upscaleFactor: 4, repeat: true }),
];

describe('what is seen of a larger result while a slider moves', () => {
  it.each(enlarging)('$op $params is drawn as its full result would be', async (one) => {
    const { studio, run } = await opened(soft);
    const [first, ...more] = await run([one], glance);
    expect(more).toEqual([]);
    expect(first?.reducedBy).toBeGreaterThan(1);
    const [full] = await run([one], look);
    expect(full?.reducedBy).toBe(1);
    const coarse = await studio.redraw({ node: 0, look: glance });
    expect(first?.drawing).toMatchObject({ width: coarse.drawing.width, height: coarse.drawing.height });
    // Sums in another order, cut to whole levels.
    expect(furthest(first!, coarse)).toBeLessThanOrEqual(1);
    expect(first).toMatchObject({ mapping: coarse.mapping, low: coarse.low, high: coarse.high });
  });

  it('has no values yet, and leaves nothing behind', async () => {
    const { studio, run, arena } = await opened(soft);
    const { used } = arena;
    await run(enlarging.slice(0, 1), glance);
    expect(await studio.values([{ node: 0, x: 3, y: 3 }])).toEqual([null]);
    expect(await studio.cells(0, { left: 0, top: 0, width: 2, height: 2 })).toBeNull();
    await expect(studio.redraw({ node: 0, look })).rejects.toThrow('expected');
    expect(arena.used).toBe(used);
  });

  it('works behind other steps, and beside the view of one', async () => {
    const { run } = await opened(soft);
    const steps = [step('leakyRelu'), step('interpolate', { scaleFactor: 4 })];
    const [before, after] = await run(steps, glance, 'signed', [0, 1]);
    expect([before?.reducedBy, after?.reducedBy]).toEqual([1, 8]);
    expect(after?.steps.map(({ op }) => op)).toEqual(['leakyRelu', 'interpolate']);
  });

  it('is the full result where that is known, or wanted, or no larger, or a step follows', async () => {
    const { run } = await opened(soft);
    const [four] = [step('interpolate', { scaleFactor: 4 })];
    for (const [steps, how] of [
      [[four], look],
      [[four], glance],
      [[step('interpolate', { scaleFactor: 1 })], glance],
      [[four, step('relu')], glance],
      [[step('maxPool2d')], glance],
    ] as const)
      expect((await run(steps, how)).map(({ reducedBy }) => reducedBy)).toEqual([1]);
  });

  it('keeps no step before one that has no such way', async () => {
    const { studio, run } = await opened(soft);
    const [view] = await run([step('leakyRelu'), step('pad', { padding: 60 })], glance);
    expect(view).toMatchObject({ reducedBy: 1, shape: [1, 3, 200, 240] });
    expect(await studio.values([{ node: 0, x: 3, y: 3 }])).toEqual([null]);
  });

  it('is the full result where its values decide the colours', async () => {
    const { run } = await opened(soft);
    const four = [step('interpolate', { scaleFactor: 4 })];
    const stretched: Look = { ...glance, display: { mapping: 'minmax', channel: 'all' } };
    expect((await run(four, stretched))[0]?.reducedBy).toBe(1);
    const [view] = await run([step('tanh'), ...four], glance, 'signed');
    expect(view).toMatchObject({ reducedBy: 1, mapping: 'symmetric' });
  });

  it('is the full result where there is no fast engine', async () => {
    const { run } = await opened(soft, plainWorkshop());
    expect((await run([step('interpolate', { scaleFactor: 4 })], glance))[0]?.reducedBy).toBe(1);
  });
});
