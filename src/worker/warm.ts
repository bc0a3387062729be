// The first calls of a routine are slow, since browsers compile what is called often only. Calls on a scrap, while nobody waits, take them away.

import { parse } from '../core/parse';
import { quickScenes, starterScene } from '../core/quick';
import { opOf } from '../core/registry';
import type { Step } from '../core/scene';
import { weightsOf } from '../core/sequential';
import type { SimdEngine } from '../engines/simd/engine';
import { Pixels } from '../engines/simd/pixels';
import { planners } from '../engines/simd/plans';

const calls = 40;
const scrap = { shape: [1, 3, 32, 64], data: new Float32Array(3 * 32 * 64) };
const scale = { low: 0, slope: 1, start: 0, magnitude: false };
const colouring = { channels: [0, 1, 2], scale, table: null, factor: 1 };
/** Between two looks whether somebody waits, in milliseconds. */
const nap = 20;
/** Until then the page and its first picture have the machine to themselves, but for the ops of the menu. */
const quiet = 1000;

/** Warms all routines, a few milliseconds at a time and only while `idle`. */
export async function warm(engine: SimdEngine, idle: () => boolean): Promise<void> {
  const pixels = new Pixels(engine.machine);
  const x = engine.hold(scrap);
  const menu = new Set(quickScenes.flatMap(({ scene }) => scene.steps.map(({ op }) => op)));
  const steps = quickScenes.flatMap(({ scene }) => scene.steps);
  const others = planners.filter(({ op }) => !menu.has(op.name)).flatMap(({ op }) => starterScene(op.name).steps);
  const first = [
    async () => void (await pixels.statistics(x)),
    async () => (await pixels.colours(x, colouring, 0, 32)).release(),
    async () => (await pixels.colours(x, { ...colouring, table: new Int32Array(511) }, 0, 32)).release(),
    async () => (await pixels.colours(x, { ...colouring, factor: 2 }, 0, 16)).release(),
    async () => void (await pixels.place(new Uint8ClampedArray(4 * 32 * 64).fill(255), x, 0)),
    ...steps.map((step) => () => run(step)),
  ];
  const run = async (step: Step): Promise<void> => {
    const op = opOf(step.op);
    const prepared = { op, params: parse(op.params, step.params, op.name), weights: {} };
    const weights = weightsOf(op, step, prepared.params, x.shape);
    if (engine.judge({ ...prepared, weights }, x).runs) {
      engine.release(await engine.run([{ ...prepared, weights }], x, { keep: true }));
    }
  };
  await often(first, idle);
  await new Promise((resolve) => setTimeout(resolve, quiet));
  await often(
    others.map((step) => () => run(step)),
    idle,
  );
  x.release();
}

/** Runs every task `calls` times. */
async function often(tasks: readonly (() => Promise<void>)[], idle: () => boolean): Promise<void> {
  for (const task of tasks) {
    for (let left = calls; left > 0; ) {
      await new Promise((resolve) => setTimeout(resolve, idle() ? 1 : nap));
      if (!idle()) continue;
      const until = performance.now() + 2;
      for (; left > 0 && performance.now() < until && idle(); left--) await task().catch(() => undefined);
    }
  }
}
