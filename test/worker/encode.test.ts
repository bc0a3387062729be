import { decode as libraryDecode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import type { Scene } from '../../src/core/scene';
import type { Tensor } from '../../src/core/tensor';
import { type Engines, enginesOf } from '../../src/engines/index';
import type { Encoded, Encoding, FileKind, Look } from '../../src/worker/api';
import { LocalStudio } from '../../src/worker/studio';
import { plainWorkshop } from '../../src/worker/workshop';
import { random } from '../image/make';
import { readNpy } from '../image/npy/readNpy';
import { studioWith } from './opened';

const look: Look = { display: { mapping: 'auto', channel: 'all' }, diverging: ['#0000ff', '#ffffff', '#ff0000'] };
const chain: Scene = {
  version: 1,
  input: 'signed',
  steps: [
    { op: 'relu', params: {} },
    { op: 'sigmoid', params: {}, off: true },
    { op: 'maxPool2d', params: { kernelSize: 2 } },
  ],
};
const npy: FileKind = { format: 'npy' };
const asked = (node: number, kind: FileKind = npy, more: Partial<Encoding> = {}): Encoding => ({
  ...{ scene: chain, exact: false, node, look, kind },
  ...more,
});

/** Every value is another one between 0 and 1. */
const ramp = (height: number, width: number): Tensor<Float32Array> => ({
  shape: [1, 3, height, width],
  data: Float32Array.from({ length: 3 * height * width }, (_, i) => ((i * 37) % 256) / 255),
});

const { runScene } = enginesOf();
async function opened(x: Tensor<Float32Array>, run: Engines['runScene'] = runScene) {
  const workshop = plainWorkshop();
  return studioWith(x, { ...workshop, engines: { ...workshop.engines, runScene: run } });
}
const bytes = async (file: Encoded | null): Promise<Buffer> =>
  Buffer.from((await file?.blob.arrayBuffer()) ?? new ArrayBuffer(0));
const ignore = () => undefined;

/** The chain in plain loops. */
function expected(x: Tensor<Float32Array>, pooled: boolean): number[] {
  const [, , height = 0, width = 0] = x.shape;
  const rectified = [...x.data].map((v) => Math.max(0, Math.fround(2 * v - 1)));
  if (!pooled) return rectified;
  const y: number[] = [];
  for (let c = 0; c < 3; c++)
    for (let i = 0; i < height; i += 2)
      for (let j = 0; j < width; j += 2)
        y.push(Math.max(...[0, 1, width, width + 1].map((d) => rectified[(c * height + i) * width + j + d]!)));
  return y;
}

describe('a node as a file of values', () => {
  const x = ramp(4, 6);
  it.each([false, true])('holds what the chain makes there (run before: %s)', async (before) => {
    const studio = await opened(x);
    if (before) await studio.run(chain, [{ node: 2, look }], ignore, { details: true });
    const file = async (node: number) => readNpy(await bytes(await studio.encode(asked(node), ignore)));
    expect(await file(2)).toEqual({ shape: [1, 3, 2, 3], data: Float32Array.from(expected(x, true)) });
    expect(await file(1)).toEqual({ shape: [1, 3, 4, 6], data: Float32Array.from(expected(x, false)) });
    expect(await file(-1)).toEqual({ shape: [1, 3, 4, 6], data: x.data.map((v) => 2 * v - 1) });
  });
  it('computes nothing anew that a run left behind, and leaves what is shown alone', async () => {
    let runs = 0;
    const studio = await opened(x, (...args) => {
      runs += 1;
      return runScene(...args);
    });
    await studio.run(chain, [{ node: 2, look }], ignore);
    const after = runs;
    await studio.encode(asked(2), ignore);
    expect(runs).toBe(after);
    await studio.encode(asked(2, npy, { scene: { ...chain, input: 'unit' } }), ignore);
    expect(runs).toBe(after + 1);
    expect(await studio.values([{ node: 2, x: 0, y: 0 }])).toEqual([expect.any(Array)]);
    expect((await studio.redraw({ node: 2, look })).shape).toEqual([1, 3, 2, 3]);
  });
  it('a node that the chain lacks, a scene that does not fit and no picture are sentences', async () => {
    const studio = await opened(x);
    await expect(studio.encode(asked(3), ignore)).rejects.toThrow('A step from 1 to 3 is expected, received 4.');
    const large = { ...chain, steps: [{ op: 'maxPool2d', params: { kernelSize: 99 } }] };
    await expect(studio.encode(asked(0, npy, { scene: large }), ignore)).rejects.toThrow(/99/);
    const empty = new LocalStudio({ decode: () => Promise.reject(new Error()), workshop: Promise.resolve(plainWorkshop()) });
    await expect(empty.encode(asked(0), ignore)).rejects.toThrow('A picture is expected to be open');
  });
});

describe('a node as a picture', () => {
  const x = ramp(6, 8);
  it('in 8 and in 16 bits it is drawn alike', async () => {
    const studio = await opened(x);
    const read = async (kind: FileKind) => libraryDecode(await bytes(await studio.encode(asked(2, kind), ignore)));
    const [small, fine] = [await read({ format: 'png' }), await read({ format: 'png16' })];
    expect([small.width, small.height, small.depth, fine.depth]).toEqual([4, 3, 8, 16]);
    expect([...fine.data].every((word, i) => Math.abs(word / 257 - small.data[i]!) <= 0.5)).toBe(true);
  });
  it('the input is drawn as it is, whatever its range', async () => {
    const studio = await opened(x);
    const { data } = libraryDecode(await bytes(await studio.encode(asked(-1, { format: 'png' }), ignore)));
    expect([...data]).toEqual(
      Array.from({ length: 3 * 48 }, (_, i) => Math.round(255 * x.data[(i % 3) * 48 + Math.floor(i / 3)]!)),
    );
  });
  it('with a limit of pixels it is reduced by a whole factor', async () => {
    const studio = await opened(ramp(60, 80));
    const read = libraryDecode(await bytes(await studio.encode(asked(-1, { format: 'png', most: 1200 }), ignore)));
    expect([read.width, read.height]).toEqual([40, 30]);
  });
});

describe('long work on a file', () => {
  const large = ramp(2000, 2000);
  it('tells how far it is and ends with nothing when it is stopped', async () => {
    const studio = await opened(large);
    const told: number[] = [];
    const work = studio.encode(asked(-1, { format: 'png16' }), (done) => {
      told.push(done);
      void studio.stopEncoding();
    });
    expect(await work).toBeNull();
    expect(told).toEqual([expect.any(Number)]);
    expect(told[0]).toBeGreaterThan(0);
    expect(told[0]).toBeLessThan(1);
  });
  it('a newer request takes the place of the one before', async () => {
    const studio = await opened(large);
    const first = studio.encode(asked(-1, { format: 'png16' }), ignore);
    const second = studio.encode(asked(-1), ignore);
    expect(await first).toBeNull();
    expect((await second)?.blob.size).toBe(128 + 4 * 12e6);
  });
});

describe('the size of a file, foretold', () => {
  const kinds = [{ format: 'png' }, { format: 'png16' }] as const;
  it.each(kinds)(
    '$format: within a quarter, for a picture that is rough at the top and flat at the bottom (seed 8)',
    async (kind) => {
      const next = random(8);
      const x: Tensor<Float32Array> = {
        shape: [1, 3, 900, 700],
        data: Float32Array.from({ length: 3 * 900 * 700 }, (_, i) =>
          i % 630000 < 300000 ? Math.round(255 * next()) / 255 : 0.5,
        ),
      };
      const studio = await opened(x);
      const size = (await studio.encode(asked(-1, kind), ignore))?.blob.size ?? 0;
      const told = (await studio.foretell(asked(-1, kind))) ?? 0;
      expect(Math.abs(told - size) / size).toBeLessThan(0.25);
    },
  );
  it.each(kinds)('$format: exactly, for a small picture', async (kind) => {
    for (const [height, width] of [
      [1, 1],
      [7, 5],
      [64, 3],
      [9, 300],
    ] as const) {
      const studio = await opened(ramp(height, width));
      const size = (await studio.encode(asked(-1, kind), ignore))?.blob.size;
      expect(await studio.foretell(asked(-1, kind))).toBe(size);
    }
  });
  it('values exactly, and nothing where nothing is computed yet', async () => {
    const studio = await opened(ramp(40, 60));
    expect(await studio.foretell(asked(2))).toBeNull();
    await studio.run(chain, [{ node: 2, look }], ignore);
    expect(await studio.foretell(asked(2))).toBe((await studio.encode(asked(2), ignore))?.blob.size);
  });
});
