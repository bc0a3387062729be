import { describe, expect, it } from 'vitest';
import type { Scene } from '../../src/core/scene';
import type { Tensor } from '../../src/core/tensor';
import { type Engines, enginesOf } from '../../src/engines/index';
import { CannotOpen } from '../../src/image/cannotOpen';
import type { Drawing } from '../../src/image/draw';
import type { Look, RunEvent, View, Wanted } from '../../src/worker/api';
import { LocalStudio, type Tools } from '../../src/worker/studio';
import { plainWorkshop } from '../../src/worker/workshop';

const look: Look = { display: { mapping: 'auto', channel: 'all' }, diverging: ['#0000ff', '#ffffff', '#ff0000'] };
const scene = (op: string, params = {}, input: Scene['input'] = 'unit'): Scene => ({
  version: 1,
  input,
  steps: [{ op, params }],
});
const maxPool = scene('maxPool2d', { kernelSize: 2 });
const blob = new Blob(['any']);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What the last step makes. */
const last = (node = 0, how = look): Wanted[] => [{ node, look: how }];
/** One pixel of the picture as it enters, and of what the only step makes. */
const both = (input: { x: number; y: number }, output: { x: number; y: number }) => [
  { node: -1, ...input },
  { node: 0, ...output },
];

const bytesOf = (view: View<Drawing>): number[] => [...view.drawing.rgba];

/** Value of channel c at (x, y) is c / 4 + a ramp along the row. */
function ramp(height: number, width: number): Tensor<Float32Array> {
  const data = Float32Array.from(
    { length: 3 * height * width },
    (_, i) => Math.floor(i / (height * width)) / 4 + (i % width) / (2 * width),
  );
  return { shape: [1, 3, height, width], data };
}

interface Bench {
  readonly studio: LocalStudio;
  readonly events: RunEvent<Drawing>[];
  views(): View<Drawing>[];
}
type Run = Engines['runScene'];
const { runScene } = enginesOf();
interface Fakes extends Partial<Tools> {
  readonly run?: Run;
}
async function bench(tensor: Tensor<Float32Array>, { run = runScene, ...tools }: Fakes = {}): Promise<Bench> {
  const workshop = plainWorkshop();
  const studio = new LocalStudio({
    decode: async () => ({ tensor, notes: ['a note'] }),
    workshop: Promise.resolve({ ...workshop, engines: { ...workshop.engines, runScene: run } }),
    ...tools,
  });
  await studio.open(blob, {});
  const events: RunEvent<Drawing>[] = [];
  return { studio, events, views: () => events.flatMap((e) => (e.kind === 'view' ? [e.view] : [])) };
}
/** Results that tell of so long a time. */
const taking =
  (ms: number): Run =>
  async (...args) => ({ ...(await runScene(...args)), ms });
/** A step that never ends by itself. */
const endless: Run = () => new Promise(() => undefined);

describe('open', () => {
  it('answers with the size as the maths sees it and the notes', async () => {
    const { studio } = await bench(ramp(4, 6));
    expect(await studio.open(blob, {})).toEqual({
      kind: 'opened',
      width: 6,
      height: 4,
      channels: 3,
      large: false,
      notes: ['a note'],
    });
  });
  it('what is refused is an answer with its data, and the picture before stays', async () => {
    let fail = false;
    const over = { reason: 'ask', megapixels: 30, shrink: 2, action: 'Use half size', message: 'Large.' } as const;
    const { studio, events, views } = await bench(ramp(4, 6), {
      decode: async () => {
        if (fail) throw new CannotOpen('ask', over.message, over);
        return { tensor: ramp(4, 6), notes: [] };
      },
    });
    fail = true;
    expect(await studio.open(blob, {})).toEqual({ kind: 'refused', ...over });
    expect(await studio.run(maxPool, last(), (e) => events.push(e))).toBe('done');
    expect(views()[0]?.shape).toEqual([1, 3, 2, 3]);
  });
  it('the options reach the decoder', async () => {
    const seen: unknown[] = [];
    const { studio } = await bench(ramp(2, 2), {
      decode: async (_, { shrink, large }) => {
        seen.push({ shrink, large });
        return { tensor: ramp(2, 2), notes: [] };
      },
    });
    await studio.open(blob, { shrink: 3, large: true });
    expect(seen.at(-1)).toEqual({ shrink: 3, large: true });
  });
  it('a newer open makes the older one answer superseded within 50 ms', async () => {
    let calls = 0;
    const { studio } = await bench(ramp(2, 2), {
      decode: () => (++calls === 2 ? new Promise(() => undefined) : Promise.resolve({ tensor: ramp(2, 2), notes: [] })),
    });
    const slow = studio.open(blob, {});
    await pause(5);
    const from = performance.now();
    const fast = studio.open(blob, {});
    expect(await slow).toMatchObject({ kind: 'refused', reason: 'superseded' });
    expect(performance.now() - from).toBeLessThan(50);
    expect(await fast).toMatchObject({ kind: 'opened' });
  });
});

describe('run', () => {
  it('a small picture reports one view with range, engine and size', async () => {
    const { studio, events, views } = await bench(ramp(4, 4));
    expect(await studio.run(maxPool, last(), (e) => events.push(e))).toBe('done');
    expect(views()).toHaveLength(1);
    expect(views()[0]).toMatchObject({
      shape: [1, 3, 2, 2],
      min: 0.125,
      max: 0.875,
      mapping: 'clamp',
      low: 0,
      high: 1,
      reducedBy: 1,
      engine: 'reference',
    });
    const red = [0.125, 0.375, 0.125, 0.375];
    expect(bytesOf(views()[0]!)).toEqual(red.flatMap((v) => [v, v + 0.25, v + 0.5].map((u) => Math.round(u * 255)).concat(255)));
  });
  it('over 2 megapixels a preview of at most half a megapixel comes first, of what will take more than 150 ms', async () => {
    const { studio, events, views } = await bench(ramp(1500, 1600), { run: taking(17) });
    await studio.run(maxPool, last(), (e) => events.push(e));
    expect(views().map((v) => [v.reducedBy, v.shape])).toEqual([
      [3, [1, 3, 250, 267]],
      [1, [1, 3, 750, 800]],
    ]);
  });
  it('over 2 megapixels a quick result comes at once', async () => {
    const { studio, events, views } = await bench(ramp(1500, 1600), { run: taking(16) });
    await studio.run(maxPool, last(), (e) => events.push(e));
    expect(views().map((v) => v.reducedBy)).toEqual([1]);
  });
  it('what a step tells of its work comes after the full view alone, and stays when it is drawn again', async () => {
    const { studio, events } = await bench(ramp(1500, 1600), { run: taking(100) });
    await studio.run(scene('batchNorm', { training: true }), last(), (e) => events.push(e));
    expect(events.map((e) => (e.kind === 'view' ? e.view.reducedBy : e.kind)).filter((e) => e !== 'progress')).toEqual([
      3,
      1,
      'facts',
    ]);
    const facts = events.flatMap((e) => (e.kind === 'facts' ? e.facts : []));
    const [mean, variance] = facts;
    expect(facts).toHaveLength(4);
    // The mean of i / 3200 for i from 0 to 1599 is 1599 / 6400, the variance (1600² − 1) / 12 / 3200².
    for (const c of [0, 1, 2]) expect(mean?.values[c]).toBeCloseTo(c / 4 + 1599 / 6400, 6);
    for (const c of [0, 1, 2]) expect(variance?.values[c]).toBeCloseTo((1600 ** 2 - 1) / 12 / 3200 ** 2, 6);
    expect((await studio.redraw({ node: 0, look })).facts).toEqual(facts);
  });
  it('what a step tells is that of the last step, and most tell nothing', async () => {
    const { studio, events } = await bench(ramp(4, 4));
    const [norm] = scene('batchNorm', { training: true }).steps;
    const [pool] = maxPool.steps;
    await studio.run({ ...maxPool, steps: [norm!, pool!] }, last(1), (e) => events.push(e));
    await studio.run({ ...maxPool, steps: [pool!, norm!] }, last(1), (e) => events.push(e));
    // Max-pooled rows of channel 1 are 0.125, 0.375.
    expect(events.flatMap((e) => (e.kind === 'facts' ? [e.facts[0]?.values] : []))).toEqual([[0.25, 0.5, 0.75]]);
  });
  it('a window too large for the preview but not for the picture gives the result alone', async () => {
    const { studio, events, views } = await bench(ramp(1500, 1600), {
      run: async (_, x) => ({ y: x as Tensor<Float32Array>, engine: 'fake', ms: 1, steps: [] }),
    });
    await studio.run(scene('maxPool2d', { kernelSize: 600, stride: 600 }), last(), (e) => events.push(e));
    expect(views().map((v) => v.reducedBy)).toEqual([1]);
  });
  it('a window too large for the picture is refused before anything is shown, and the last result stays', async () => {
    const { studio, events } = await bench(ramp(4, 4));
    await studio.run(maxPool, last(), (e) => events.push(e));
    const shown = events.length;
    await expect(studio.run(scene('maxPool2d', { kernelSize: 9 }), last(), (e) => events.push(e))).rejects.toThrow(/9.*4/);
    expect(events).toHaveLength(shown);
    expect((await studio.redraw({ node: 0, look })).shape).toEqual([1, 3, 2, 2]);
  });
  it('a newer run stops the older within 50 ms, which then reports nothing', async () => {
    let calls = 0;
    const { studio, events } = await bench(ramp(8, 8), {
      run: (...args) => (++calls === 1 ? endless(...args) : runScene(...args)),
    });
    const older: RunEvent<Drawing>[] = [];
    const slow = studio.run(maxPool, last(), (e) => older.push(e));
    await pause(20);
    const from = performance.now();
    const fast = studio.run(maxPool, last(), (e) => events.push(e));
    expect(await slow).toBe('superseded');
    expect(performance.now() - from).toBeLessThan(50);
    expect(await fast).toBe('done');
    expect(older).toEqual([]);
  });
  it.each(['cancel', 'open'] as const)('%s stops a run', async (how) => {
    const { studio } = await bench(ramp(8, 8), { run: endless });
    const slow = studio.run(maxPool, last(), () => undefined);
    await pause(5);
    await (how === 'cancel' ? studio.cancel() : studio.open(blob, {}));
    expect(await slow).toBe('superseded');
  });
  it('a run asked for while a picture opens waits for it', async () => {
    let wide = false;
    const { studio, events, views } = await bench(ramp(4, 4), {
      decode: async () => {
        if (wide) await pause(30);
        return { tensor: ramp(4, wide ? 8 : 4), notes: [] };
      },
    });
    wide = true;
    const opening = studio.open(blob, {});
    await studio.run(maxPool, last(), (e) => events.push(e));
    await opening;
    expect(views()[0]?.shape).toEqual([1, 3, 2, 4]);
  });
  it('progress comes at most ten times a second', async () => {
    const { studio, events } = await bench(ramp(4, 4), {
      run: async (one, x, options) => {
        for (let i = 0; i < 70; i++) {
          options?.progress?.(i / 70);
          await pause(5);
        }
        return runScene(one, x);
      },
    });
    const from = performance.now();
    await studio.run(maxPool, last(), (e) => events.push(e));
    const count = events.filter((e) => e.kind === 'progress').length;
    expect(count).toBeGreaterThan(1);
    expect(count).toBeLessThanOrEqual((performance.now() - from) / 100);
  });
  it('with no picture open it says so', async () => {
    const studio = new LocalStudio({
      decode: () => Promise.reject(),
      workshop: Promise.resolve(plainWorkshop()),
    });
    await expect(studio.run(maxPool, last(), () => undefined)).rejects.toThrow(
      'A picture is expected to be open, received none.',
    );
  });
  it('a page that has gone does not stop the run', async () => {
    const { studio } = await bench(ramp(4, 4));
    expect(await studio.run(maxPool, last(), () => Promise.reject(new Error('gone')))).toBe('done');
  });
});

describe('a signed scene', () => {
  it('shows its input as the picture, with the range it enters with', async () => {
    const { studio } = await bench(ramp(2, 2));
    const [plain, signed] = [await studio.input('unit', look), await studio.input('signed', look)];
    expect(bytesOf(signed)).toEqual(bytesOf(plain));
    expect([plain.min, plain.max, plain.low, plain.high]).toEqual([0, 0.75, 0, 1]);
    expect([signed.min, signed.max, signed.low, signed.high]).toEqual([-1, 0.5, -1, 1]);
  });
  it('computes with 2v − 1 and leaves the picture as it is', async () => {
    const { studio, events, views } = await bench(ramp(2, 2));
    await studio.run(scene('relu', {}, 'signed'), last(), (e) => events.push(e));
    expect(views()[0]).toMatchObject({ min: 0, max: 0.5, mapping: 'clamp', low: -1, high: 1 });
    expect(await studio.values(both({ x: 1, y: 0 }, { x: 1, y: 0 }))).toEqual([
      [-0.5, 0, 0.5],
      [0, 0, 0.5],
    ]);
    await studio.run(scene('relu'), last(), (e) => events.push(e));
    expect(await studio.values([{ node: -1, x: 1, y: 0 }])).toEqual([[0.25, 0.5, 0.75]]);
  });
});

describe('after a run', () => {
  it('another display draws the same result without computing', async () => {
    let computed = 0;
    const { studio } = await bench(ramp(4, 4), {
      run: (...args) => {
        computed += 1;
        return runScene(...args);
      },
    });
    await studio.run(maxPool, last(), () => undefined);
    const view = await studio.redraw({ node: 0, look: { ...look, display: { mapping: 'minmax', channel: 2 } } });
    expect(view).toMatchObject({ mapping: 'minmax', low: 0.625, high: 0.875 });
    expect(computed).toBe(1);
  });
  it('values outside are null, those inside exact', async () => {
    const { studio } = await bench(ramp(4, 4));
    await studio.run(maxPool, last(), () => undefined);
    expect(await studio.values(both({ x: 3, y: 3 }, { x: 2, y: 0 }))).toEqual([[0.375, 0.625, 0.875], null]);
    expect(await studio.values([{ node: 0, x: 1.9, y: 0 }])).toEqual([[0.375, 0.625, 0.875]]);
  });
  it('a new picture has no result yet', async () => {
    const { studio } = await bench(ramp(4, 4));
    await studio.run(maxPool, last(), () => undefined);
    await studio.open(blob, {});
    await expect(studio.redraw({ node: 0, look })).rejects.toThrow('A finished result is expected, received none yet.');
  });
});
