import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Step } from '../../src/core/scene';
import { runScene } from '../../src/core/sequential';
import type { Tensor } from '../../src/core/tensor';
import { enginesOf } from '../../src/engines/index';
import { openSimd } from '../../src/engines/simd/engine';
import { fastWorkshop, plainWorkshop, type Workshop } from '../../src/worker/workshop';
import { at, close, leaky, picture, pool, scene, studioOf, twice, valuesAt } from './chains';

// What a chain of several steps holds on to: in the memory of the fast engine, and of one step for another.

const binary = readFileSync(new URL('../../src/engines/simd/binaries/plain.wasm', import.meta.url));

describe('memory of a chain on the fast engine', () => {
  it('is the same after many changes of any step, whatever was stopped on the way', async () => {
    const engine = await openSimd({ plain: binary }, { guarded: true });
    const { run } = await studioOf(picture(40, 50), fastWorkshop(engine));
    const steps = (i: number): Step[] => [leaky(0.1 + (i % 3) / 10), pool, leaky(0.1 + (i % 5) / 10), twice];
    await run(scene(steps(0)), [at(3)], true);
    const { used } = engine.machine.arena;
    for (let i = 1; i <= 60; i++) {
      if (i % 7 === 0) void run(scene(steps(i + 1)), [at(2)], true);
      await run(scene(i % 4 === 0 ? steps(i).slice(0, 2) : steps(i)), [at(1)], i % 2 === 0);
    }
    await run(scene(steps(0)), [at(3)], true);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(engine.machine.arena.used).toBe(used);
  });
  it('what lies between is let go where there is no room for it, and the result is the same', async () => {
    const engine = await openSimd({ plain: binary });
    const workshop = fastWorkshop(engine);
    const full = new Set<number>();
    const tight: Workshop = {
      ...workshop,
      // Room for what a step needs, and for no more than two results beside the picture.
      free: (bytes) => {
        full.add(engine.machine.arena.used);
        return { fits: engine.machine.arena.used + bytes < 6 * 4 * 3 * 40 * 50, bytes: 1e9 };
      },
    };
    const x = picture(40, 50);
    const { studio, run } = await studioOf(x, tight);
    const steps = [leaky(0.1), leaky(-0.2), leaky(0.3), leaky(-0.4), leaky(0.5), leaky(-0.6)];
    await run(scene(steps), [at(5)], true);
    expect(full.size).toBeGreaterThan(1);
    close(await valuesAt(studio, 5, x.shape), runScene(scene(steps), x).y.data);
    expect(engine.machine.arena.peak).toBeLessThan(9 * 4 * 3 * 40 * 50);
  });
});

it('the reference alone runs chains as well', async () => {
  const { studio, run } = await studioOf(picture(), { ...plainWorkshop(), engines: enginesOf() });
  await run(scene([pool, twice]), [at(1)]);
  expect((await studio.cells(1, { left: 0, top: 0, width: 1, height: 1 }))?.channels).toBe(3);
});

describe('a step that takes what one before it stored', () => {
  const unpool: Step = { op: 'maxUnpool2d', params: { kernelSize: 2 } };
  const steps = [pool, leaky(0.5), unpool];
  const workshops: [string, () => Promise<Workshop>][] = [
    ['plain loops', async () => plainWorkshop()],
    ['the fast engine', async () => fastWorkshop(await openSimd({ plain: binary }, { guarded: true }))],
  ];
  it.each(workshops)('gives the same in one run, step by step, and when steps before it are known: %s', async (_, workshopOf) => {
    for (const input of ['unit', 'signed'] as const) {
      const x = picture(13, 17);
      const entered = { ...x, data: x.data.map((v) => (input === 'signed' ? 2 * v - 1 : v)) };
      const expected = runScene(scene(steps, input), entered).y;
      expect(expected.shape).toEqual(x.shape);
      for (const first of [[], [at(0)], [at(1)]]) {
        for (const details of [false, true]) {
          const { studio, run } = await studioOf(x, await workshopOf());
          if (first.length > 0) await run(scene(steps, input), first);
          const { views } = await run(scene(steps, input), [at(2)], details);
          expect(views[0]?.steps.map(({ op }) => op)).toEqual(['maxPool2d', 'leakyRelu', 'maxUnpool2d']);
          close(await valuesAt(studio, 2, x.shape), expected.data);
        }
      }
    }
  });
  it('follows a change between the two, and of the pool', async () => {
    const x = picture(14, 16);
    const { studio, run } = await studioOf(x);
    for (const now of [steps, [pool, leaky(0.25), unpool], [{ ...pool, off: true as const }, leaky(0.25), unpool], steps]) {
      await run(scene(now), [at(2)], true);
      close(await valuesAt(studio, 2, x.shape), runScene(scene(now), x).y.data);
    }
  });
});

it('what a step reads stays while it runs, even where there is no room to keep it', async () => {
  const released = new Set<Tensor>();
  const plain = plainWorkshop();
  const read: boolean[] = [];
  const tight: Workshop = {
    ...plain,
    engines: {
      ...plain.engines,
      runScene: (one, x, ...rest) => {
        read.push(released.has(x));
        return plain.engines.runScene(one, x, ...rest);
      },
      release: (x) => void released.add(x),
    },
    // Room for a step with what it reads, none for its result beside what is kept.
    free: (bytes) => ({ fits: bytes > 4 * 3 * 12 * 16, bytes: 1e9 }),
  };
  const { studio, run } = await studioOf(picture(), tight);
  await run(scene([leaky(0.5), leaky(0.2), leaky(0.1)]), [at(2)], true);
  expect(read.length).toBeGreaterThan(2);
  expect(read).not.toContain(true);
  expect(released.size).toBeGreaterThan(0);
  expect(await valuesAt(studio, 2, picture().shape)).toHaveLength(576);
});
