import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Scene } from '../../src/core/scene';
import type { Tensor } from '../../src/core/tensor';
import type { Engines } from '../../src/engines/index';
import { openSimd, type SimdEngine } from '../../src/engines/simd/engine';
import type { Drawing } from '../../src/image/draw';
import type { Look, RunEvent, View } from '../../src/worker/api';
import { LocalStudio, type Tools } from '../../src/worker/studio';
import { fastWorkshop, openWorkshop, plainWorkshop, type Workshop } from '../../src/worker/workshop';

// The studio on the fast engine: same pictures as in plain loops, nothing left behind, room asked for before work.

const binary = readFileSync(new URL('../../src/engines/simd/binaries/plain.wasm', import.meta.url));
const look: Look = { display: { mapping: 'auto', channel: 'all' }, diverging: ['#0000ff', '#ffffff', '#ff0000'] };
const scene = (op: string, params = {}, input: Scene['input'] = 'unit'): Scene => ({
  version: 1,
  input,
  steps: [{ op, params }],
});
const leaky = (negativeSlope: number, input: Scene['input'] = 'unit') => scene('leakyRelu', { negativeSlope }, input);
const blob = new Blob(['any']);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const bytesOf = (view: View<Drawing> | undefined): number[] => [...(view?.drawing.rgba ?? [])];

function noise(height: number, width: number): Tensor<Float32Array> {
  const data = Float32Array.from({ length: 3 * height * width }, (_, i) => ((i * 7919) % 1009) / 1009);
  return { shape: [1, 3, height, width], data };
}

/** A studio whose pictures are decoded into the memory of its workshop. */
async function opened(workshop: Workshop, picture: Tensor<Float32Array>, tools: Partial<Tools> = {}) {
  const studio = new LocalStudio({
    async decode(_, { memory }) {
      const place = await memory?.();
      const refusal = place?.refusal(picture.shape[3] ?? 0, picture.shape[2] ?? 0);
      if (refusal) throw new Error(refusal);
      const tensor = place?.hold(picture.shape) ?? picture;
      tensor.data.set(picture.data);
      return { tensor, notes: [] };
    },
    workshop: Promise.resolve(workshop),
    ...tools,
  });
  await studio.open(blob, {});
  const run = async (one: Scene, how: Look = look): Promise<View<Drawing>[]> => {
    const views: View<Drawing>[] = [];
    await studio.run(
      one,
      [{ node: one.steps.length - 1, look: how }],
      (event: RunEvent<Drawing>) => event.kind === 'view' && views.push(event.view),
    );
    return views;
  };
  return { studio, run };
}
const fast = async (guarded = true): Promise<{ engine: SimdEngine; workshop: Workshop }> => {
  const engine = await openSimd({ plain: binary }, { guarded });
  return { engine, workshop: fastWorkshop(engine) };
};

describe('the studio on the fast engine', () => {
  it.each(['unit', 'signed'] as const)('shows the pixels and numbers of the plain loops, %s', async (input) => {
    const { workshop } = await fast();
    const picture = noise(61, 83);
    const [one, other] = [await opened(workshop, picture), await opened(plainWorkshop(), picture)];
    for (const display of ['auto', 'clamp', 'minmax', 'symmetric', 'abs'] as const) {
      const how: Look = { ...look, display: { mapping: display, channel: 'all' } };
      const [[view], [plain]] = [await one.run(leaky(0.5, input), how), await other.run(leaky(0.5, input), how)];
      expect(view).toMatchObject({ engine: 'simd', min: plain!.min, max: plain!.max, mapping: plain!.mapping, low: plain!.low });
      expect(bytesOf(view)).toEqual(bytesOf(plain));
    }
    const [entering, plainly] = [await one.studio.input(input, look), await other.studio.input(input, look)];
    expect(bytesOf(entering)).toEqual(bytesOf(plainly));
    const at = [
      { node: -1, x: 3, y: 60 },
      { node: 0, x: 82, y: 5 },
    ];
    expect(await one.studio.values(at)).toEqual(await other.studio.values(at));
  });

  it('says for every step which engine ran it and why', async () => {
    const { workshop } = await fast();
    const { run } = await opened(workshop, noise(8, 8));
    const [shuffled] = await run({ ...leaky(0.1), steps: [...leaky(0.1).steps, ...scene('dropout', { p: 0.5 }).steps] });
    expect(shuffled?.steps.map(({ op }) => op)).toEqual(['leakyRelu', 'dropout']);
    expect(shuffled?.steps[0]).toMatchObject({ engine: 'simd', how: expect.stringMatching(/./) });
    for (const { ms } of shuffled?.steps ?? []) expect(ms === null || ms >= 0).toBe(true);
    const plain = await opened(plainWorkshop('this browser has none'), noise(8, 8));
    const [[view]] = [await plain.run(leaky(0.1))];
    expect(view?.steps).toMatchObject([
      { engine: 'reference', how: expect.stringContaining('not on simd: this browser has none') },
    ]);
  });

  it('holds as much after 200 changes as after the first, whatever was stopped on the way', async () => {
    const { engine, workshop } = await fast();
    const { studio, run } = await opened(workshop, noise(40, 50));
    await run(leaky(0.1));
    const { used } = engine.machine.arena;
    for (let i = 0; i < 200; i++) {
      if (i % 7 === 0) void run(leaky(0.9, 'signed'));
      if (i % 11 === 0) void studio.redraw({ node: 0, look });
      if (i % 13 === 0) await studio.open(blob, {});
      if (i % 17 === 0) void studio.open(blob, {});
      await run(leaky(i / 200, i % 5 === 0 ? 'signed' : 'unit'));
    }
    await run(leaky(0.1));
    await pause(20);
    expect(engine.machine.arena.used).toBe(used);
  });

  it('lets go what an op of the reference and a stopped run made', async () => {
    const { engine, workshop } = await fast();
    const { studio, run } = await opened(workshop, noise(64, 64));
    await run(leaky(0.1));
    const { used } = engine.machine.arena;
    const stopped = studio.run(scene('medianPool2d', { kernelSize: 9 }), [{ node: 0, look }], () => undefined);
    await pause(2);
    await studio.cancel();
    await stopped;
    await run(scene('batchNorm', { training: true }));
    await run(leaky(0.1));
    await pause(50);
    expect(engine.machine.arena.used).toBe(used);
  });

  it.each(['unit', 'signed'] as const)('takes at most three times the picture and the result, %s', async (input) => {
    const { engine, workshop } = await fast(false);
    const { run } = await opened(workshop, noise(1000, 1500));
    for (let i = 0; i < 3; i++) await run(leaky(i / 5, input));
    const values = 3 * 1000 * 1500;
    expect(engine.machine.arena.peak).toBeLessThanOrEqual(3 * 4 * 2 * values);
  });

  it.each([
    [1, [1]],
    [100, [3, 1]],
  ])(
    'a step that takes %i ms on the preview of a large picture is shown reduced by %j, and nothing stays behind',
    async (ms, shown) => {
      const { engine, workshop } = await fast(false);
      const { runScene } = workshop.engines;
      const engines: Engines = { ...workshop.engines, runScene: async (...args) => ({ ...(await runScene(...args)), ms }) };
      const { run } = await opened({ ...workshop, engines }, noise(1500, 1600));
      expect((await run(leaky(0.2))).map((view) => view.reducedBy)).toEqual(shown);
      const { used } = engine.machine.arena;
      await run(leaky(0.2, 'signed'));
      await run(leaky(0.2));
      expect(engine.machine.arena.used).toBe(used);
    },
  );

  it('a result without room is refused with the numbers before any work, and the last one stays', async () => {
    const { workshop } = await fast();
    let room = true;
    const { studio, run } = await opened(
      { ...workshop, free: (bytes) => (room ? { fits: true, bytes } : { fits: false, bytes: 1e3 }) },
      noise(50, 100),
    );
    await run(leaky(0.1));
    room = false;
    const views: RunEvent<Drawing>[] = [];
    const larger = scene('interpolate', { scaleFactor: 8 });
    await expect(studio.run(larger, [{ node: 0, look }], (event) => views.push(event))).rejects.toThrow(
      /This result needs 4 MB.*1 MB of it are free/,
    );
    expect(views).toEqual([]);
    expect((await studio.redraw({ node: 0, look })).shape).toEqual([1, 3, 50, 100]);
  });

  it('a picture without room is refused with the numbers', async () => {
    const { workshop } = await fast();
    expect(workshop.memory?.refusal(30000, 30000)).toMatch(
      /This picture needs 10\u202f800 MB of memory, 4\u202f295 MB of it are free/,
    );
    expect(workshop.memory?.refusal(100, 100)).toBeNull();
  });

  it('a decoded picture that comes too late is let go', async () => {
    const { engine, workshop } = await fast();
    const { studio } = await opened(workshop, noise(10, 10));
    const { used } = engine.machine.arena;
    const [late, latest] = [studio.open(blob, {}), studio.open(blob, {})];
    expect([(await late).kind, (await latest).kind]).toEqual(['refused', 'opened']);
    await pause(5);
    expect(engine.machine.arena.used).toBe(used);
  });
});

describe('opening the workshop', () => {
  it('takes the fast engine where it compiles', async () => {
    const { engine } = await openWorkshop(async () => ({ plain: binary }));
    expect(engine?.name).toBe('simd');
  });
  it('where it does not, plain loops do the work and say why', async () => {
    const { engine, workshop } = await openWorkshop(async () => ({ plain: new Uint8Array([0, 97, 115, 109, 9, 9, 9, 9]) }));
    expect(engine).toBeNull();
    const { reason } = workshop.engines.choose(leaky(0.1).steps[0]!, [1, 3, 4, 4]);
    expect(reason).toMatch(/^not on simd: this browser does not start it \(.+\); the formula as it is written/);
  });
});
