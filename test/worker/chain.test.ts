import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Scene, type Step, stepsOn } from '../../src/core/scene';
import { runScene } from '../../src/core/sequential';
import type { Tensor } from '../../src/core/tensor';
import { type Engines, enginesOf } from '../../src/engines/index';
import { openSimd } from '../../src/engines/simd/engine';
import type { Drawing } from '../../src/image/draw';
import type { Look, RunEvent, StepReport, View, Wanted } from '../../src/worker/api';
import { keysOf } from '../../src/worker/chain';
import { LocalStudio } from '../../src/worker/studio';
import { fastWorkshop, plainWorkshop, type Workshop } from '../../src/worker/workshop';

// Chains of several steps: which nodes are computed, what is kept, and what is told of each step.

const look: Look = { display: { mapping: 'clamp', channel: 'all' }, diverging: ['#0000ff', '#ffffff', '#ff0000'] };
const pool: Step = { op: 'maxPool2d', params: { kernelSize: 2 } };
const leaky = (negativeSlope: number): Step => ({ op: 'leakyRelu', params: { negativeSlope } });
const twice: Step = { op: 'interpolate', params: { scaleFactor: 2, mode: 'nearest' } };
const scene = (steps: readonly Step[], input: Scene['input'] = 'unit'): Scene => ({ version: 1, input, steps });
const at = (node: number, display = look.display): Wanted => ({ node, look: { ...look, display } });

function picture(height = 12, width = 16): Tensor<Float32Array> {
  const data = Float32Array.from({ length: 3 * height * width }, (_, i) => ((i * 7919) % 1009) / 1009);
  return { shape: [1, 3, height, width], data };
}

/** A studio that counts the steps it runs. */
async function studioOf(x = picture(), workshop: Workshop = plainWorkshop()) {
  const ran: string[] = [];
  const counted: Engines = {
    ...workshop.engines,
    runScene: (one, ...rest) => {
      ran.push(
        stepsOn(one)
          .map(({ op }) => op)
          .join('+'),
      );
      return workshop.engines.runScene(one, ...rest);
    },
  };
  const studio = new LocalStudio({
    decode: async () => ({ tensor: { shape: x.shape, data: x.data.slice() }, notes: [] }),
    workshop: Promise.resolve({ ...workshop, engines: counted }),
  });
  await studio.open(new Blob(['any']), {});
  const run = async (one: Scene, wanted: readonly Wanted[], details = false) => {
    const events: RunEvent<Drawing>[] = [];
    await studio.run(one, wanted, (event) => events.push(event), { details });
    const views: View<Drawing>[] = [];
    for (const event of events) if (event.kind === 'view') views[event.at] = event.view;
    const steps: StepReport[] = events.flatMap((event) => (event.kind === 'step' ? [event.step] : []));
    return { views, steps };
  };
  return { studio, run, ran };
}
/** The values of a node, in full. */
async function valuesAt(studio: LocalStudio, node: number, [, , height = 1, width = 1]: readonly number[]): Promise<number[]> {
  const cells = await studio.cells(node, { left: 0, top: 0, width, height });
  return [...(cells?.values ?? [])];
}
const close = (values: readonly number[], expected: Iterable<number>) => {
  const list = [...expected];
  expect(values).toHaveLength(list.length);
  expect(Math.max(...values.map((v, i) => Math.abs(v - list[i]!)))).toBeLessThan(1e-6);
};

describe('keys of a chain', () => {
  it('a step that is off has the key of what it passes on', () => {
    const keys = keysOf(scene([pool, { ...twice, off: true }, twice]), false);
    expect(keys[2]).toBe(keys[1]);
    expect(keysOf(scene([pool, twice]), false).at(-1)).toBe(keys[3]);
  });
  it('differ with the range of the input, with exactness and with every setting before', () => {
    const all = [
      keysOf(scene([leaky(0.1), pool]), false),
      keysOf(scene([leaky(0.1), pool], 'signed'), false),
      keysOf(scene([leaky(0.1), pool]), true),
      keysOf(scene([leaky(0.2), pool]), false),
    ].map((keys) => keys.at(-1));
    expect(new Set(all).size).toBe(4);
  });
});

describe.each(['unit', 'signed'] as const)('a chain whose input is %s', (input) => {
  it('gives every node the values of the reference', async () => {
    const steps = [leaky(0.2), pool, twice, leaky(-0.5)];
    const { studio, run } = await studioOf();
    await run(scene(steps, input), [at(0), at(3)], true);
    const x = picture();
    const entered = { ...x, data: x.data.map((v) => (input === 'signed' ? 2 * v - 1 : v)) };
    close(await valuesAt(studio, -1, x.shape), entered.data);
    const { outputs } = runScene(scene(steps, input), entered, { keep: true });
    for (const [node, y] of outputs.entries()) close(await valuesAt(studio, node, y!.shape), y!.data);
  });
});

describe('what a chain computes', () => {
  it('goes to the wanted node in one run, and no further', async () => {
    const { run, ran } = await studioOf();
    const { views } = await run(scene([leaky(0.1), pool, twice]), [at(1)]);
    expect(ran).toEqual(['leakyRelu+maxPool2d']);
    expect(views[0]).toMatchObject({ node: 1, shape: [1, 3, 6, 8] });
    expect(views[0]?.steps.map(({ op }) => op)).toEqual(['leakyRelu', 'maxPool2d']);
  });
  it('two wanted nodes come as two views, the later from the earlier', async () => {
    const { run, ran } = await studioOf();
    const { views } = await run(scene([leaky(0.1), pool, twice]), [at(2), at(0)]);
    expect(ran).toEqual(['leakyRelu', 'maxPool2d+interpolate']);
    expect(views.map(({ node, shape }) => [node, shape])).toEqual([
      [2, [1, 3, 12, 16]],
      [0, [1, 3, 12, 16]],
    ]);
  });
  it('one node under two displays is two views of one computation', async () => {
    const { run, ran } = await studioOf();
    const { views } = await run(scene([pool]), [at(0), at(0, { mapping: 'minmax', channel: 1 })]);
    expect(ran).toEqual(['maxPool2d']);
    expect(views.map(({ mapping }) => mapping)).toEqual(['clamp', 'minmax']);
  });
  it('a change of the last step runs that step alone', async () => {
    const { run, ran } = await studioOf();
    await run(scene([leaky(0.1), pool, leaky(0.3)]), [at(2)], true);
    expect(ran).toEqual(['leakyRelu', 'maxPool2d', 'leakyRelu']);
    await run(scene([leaky(0.1), pool, leaky(0.4)]), [at(2)], true);
    expect(ran.slice(3)).toEqual(['leakyRelu']);
  });
  it('a change of the first step runs all, since nothing of the old ones holds', async () => {
    const { run, ran } = await studioOf();
    await run(scene([leaky(0.1), pool]), [at(1)], true);
    await run(scene([leaky(0.2), pool]), [at(1)], true);
    expect(ran).toHaveLength(4);
  });
  it('another selected step of the same chain runs nothing', async () => {
    const { run, ran } = await studioOf();
    await run(scene([leaky(0.1), pool]), [at(1)], true);
    const { views } = await run(scene([leaky(0.1), pool]), [at(0)], true);
    expect(ran).toHaveLength(2);
    expect(views[0]?.shape).toEqual([1, 3, 12, 16]);
  });
  it('a step that is off is not run and shows what it passes on', async () => {
    const { studio, run, ran } = await studioOf();
    const { views } = await run(scene([{ ...leaky(0.1), off: true }, pool, { ...twice, off: true }]), [at(0), at(2)]);
    expect(ran).toEqual(['maxPool2d']);
    expect(views.map(({ shape }) => shape)).toEqual([
      [1, 3, 12, 16],
      [1, 3, 6, 8],
    ]);
    expect(await valuesAt(studio, 0, [1, 3, 12, 16])).toEqual([...picture().data]);
  });
  it('a scene without steps shows the picture', async () => {
    const { run, ran } = await studioOf();
    const { views } = await run(scene([]), [at(-1)], true);
    expect(ran).toEqual([]);
    expect(views[0]).toMatchObject({ node: -1, shape: [1, 3, 12, 16], mapping: 'clamp' });
  });
});

describe('what is told of the steps', () => {
  it('is a small drawing, shape, range and time of each, the picture first', async () => {
    const { run } = await studioOf();
    const { steps } = await run(scene([leaky(0.1), pool, { ...twice, off: true }]), [at(1)], true);
    expect(steps.map(({ node, shape }) => [node, shape])).toEqual([
      [-1, [1, 3, 12, 16]],
      [0, [1, 3, 12, 16]],
      [1, [1, 3, 6, 8]],
      [2, [1, 3, 6, 8]],
    ]);
    expect(steps.map(({ ran }) => ran?.op ?? null)).toEqual([null, 'leakyRelu', 'maxPool2d', null]);
    expect(steps.map(({ thumbnail }) => [thumbnail.width, thumbnail.height])).toEqual([
      [16, 12],
      [16, 12],
      [8, 6],
      [8, 6],
    ]);
    expect(steps[0]?.min).toBe(Math.min(...picture().data));
  });
  it('is told again only of what changed', async () => {
    const { run } = await studioOf();
    await run(scene([leaky(0.1), pool, leaky(0.3)]), [at(2)], true);
    const { steps } = await run(scene([leaky(0.1), leaky(0.2), leaky(0.3)]), [at(2)], true);
    expect(steps.map(({ node }) => node)).toEqual([1, 2]);
  });
  it('is told of none without details', async () => {
    const { run } = await studioOf();
    expect((await run(scene([leaky(0.1), pool]), [at(1)])).steps).toEqual([]);
  });
});

describe('parts of a node', () => {
  it('are drawn as the whole is, cut to the plane and widened to whole cells', async () => {
    const { studio, run } = await studioOf();
    const { views } = await run(scene([leaky(0.1)]), [at(0)]);
    const whole = views[0]!.drawing;
    const region = await studio.region(at(0), { left: 5, top: 9, width: 40, height: 2 }, 1);
    expect(region).toMatchObject({ area: { left: 5, top: 9, width: 11, height: 2 }, factor: 1 });
    const rows = [9, 10].flatMap((y) => [...whole.rgba.subarray(4 * (16 * y + 5), 4 * (16 * y + 16))]);
    expect([...region!.drawing.rgba]).toEqual(rows);
    const reduced = await studio.region(at(0), { left: 3, top: 1, width: 2, height: 2 }, 2);
    expect(reduced?.area).toEqual({ left: 2, top: 0, width: 4, height: 4 });
    expect([reduced?.drawing.width, reduced?.drawing.height]).toEqual([2, 2]);
    expect(await studio.region(at(0), { left: 16, top: 0, width: 3, height: 3 }, 1)).toBeNull();
  });
  it('of the picture come with the values as they enter', async () => {
    const { studio, run } = await studioOf();
    await run(scene([pool], 'signed'), [at(0)]);
    const cells = await studio.cells(-1, { left: -2, top: 3, width: 4, height: 1 });
    expect(cells).toMatchObject({ area: { left: 0, top: 3, width: 2, height: 1 }, channels: 3 });
    const { data } = picture();
    const expected = [0, 1, 2].flatMap((c) => [0, 1].map((x) => 2 * data[(c * 12 + 3) * 16 + x]! - 1));
    close([...cells!.values], expected);
  });
  it('of a node that has no result are null', async () => {
    const { studio, run } = await studioOf();
    await run(scene([pool, twice]), [at(0)]);
    expect(await studio.cells(1, { left: 0, top: 0, width: 2, height: 2 })).toBeNull();
    expect(await studio.values([{ node: 1, x: 0, y: 0 }])).toEqual([null]);
  });
});

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
