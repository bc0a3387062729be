// The first calls of a routine are slow, since browsers compile what is called often only. Calls on a scrap, while nobody waits, take them away.

import { parse } from '../core/parse';
import { starterScene } from '../core/quick';
import { opOf } from '../core/registry';
import { weightsOf } from '../core/sequential';
import type { SimdEngine } from '../engines/simd/engine';
import { Pixels } from '../engines/simd/pixels';
import { planners } from '../engines/simd/plans';

const calls = 40;
const scrap = { shape: [1, 3, 32, 64], data: new Float32Array(3 * 32 * 64) };
const colouring = { channels: [0, 1, 2], low: 0, high: 1, magnitude: false, table: null, factor: 1 };
/** Between two looks whether somebody waits, in milliseconds. */
const nap = 20;

/** Warms all routines, a few milliseconds at a time and only while `idle`. */
export async function warm(engine: SimdEngine, idle: () => boolean): Promise<void> {
  const pixels = new Pixels(engine.machine);
  const x = engine.hold(scrap);
  const tasks = [
    async () => void (await pixels.statistics(x)),
    async () => (await pixels.colours(x, colouring, 0, 32)).release(),
    async () => (await pixels.colours(x, { ...colouring, table: new Int32Array(511) }, 0, 32)).release(),
    async () => void (await pixels.place(new Uint8ClampedArray(4 * 32 * 64).fill(255), x, 0)),
    ...planners.map(({ op }) => {
      const [step] = starterScene(op.name).steps;
      return async () => {
        if (!step) return;
        const params = parse(opOf(op.name).params, step.params, op.name);
        const prepared = { op: opOf(op.name), params, weights: weightsOf(op, step, params, x.shape) };
        if (engine.judge(prepared, x).runs) engine.release(await engine.run([prepared], x, { keep: true }));
      };
    }),
  ];
  for (const task of tasks) {
    for (let left = calls; left > 0; ) {
      await new Promise((resolve) => setTimeout(resolve, idle() ? 1 : nap));
      if (!idle()) continue;
      const until = performance.now() + 2;
      for (; left > 0 && performance.now() < until && idle(); left--) await task().catch(() => undefined);
    }
  }
  x.release();
}
