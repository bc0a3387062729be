import { describe, expect, it } from 'vitest';
import { runScene } from '../../src/core/sequential';
import { keysOf } from '../../src/worker/chain';
import { at, close, leaky, picture, pool, scene, studioOf, twice, valuesAt } from './chains';

// Chains of several steps: which nodes are computed, what is kept, and what is told of each step.

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
