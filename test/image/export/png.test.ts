import { decode as libraryDecode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import type { Tensor } from '../../../src/core/tensor';
import { Breath } from '../../../src/image/breath';
import { colourMap } from '../../../src/image/colourMap';
import { decode } from '../../../src/image/decode';
import type { Paint } from '../../../src/image/display';
import { brushOf } from '../../../src/image/draw';
import { bytesOf, isGrey, wordsOf } from '../../../src/image/export/samples';
import { type PngKind, writePng } from '../../../src/image/png/write';
import { random } from '../make';

const breath = (): Breath => new Breath();

/** A PNG of given stored numbers, and what another library reads from it. */
async function through(
  kind: PngKind,
  samples: readonly number[],
): Promise<{ read: ReturnType<typeof libraryDecode>; bytes: number }> {
  const wide = kind.depth === 16 ? 2 : 1;
  const packed = Uint8Array.from(samples.flatMap((v) => (wide === 2 ? [v >> 8, v & 255] : [v])));
  const line = kind.width * kind.colours * wide;
  const blob = await writePng(kind, async (top, count) => packed.subarray(top * line, (top + count) * line), breath());
  const data = new Uint8Array(await blob.arrayBuffer());
  return { read: libraryDecode(data, { checkCrc: true }), bytes: data.length };
}

describe('a PNG holds every sample as it was given', () => {
  const next = random(11);
  const kinds = [8, 16].flatMap((depth) => [1, 3].map((colours) => [depth, colours] as const));
  it.each(kinds)('%i bits, %i colours, of any smoothness (seed 11)', async (depth, colours) => {
    for (const rough of [0, 1, 40, 2 ** depth]) {
      const [width, height] = [1 + Math.floor(next() * 90), 1 + Math.floor(next() * 60)];
      const most = 2 ** depth - 1;
      const samples = Array.from({ length: width * height * colours }, (_, i) => {
        const [x, y] = [Math.floor(i / colours) % width, Math.floor(i / colours / width)];
        return (x * 3 + y * 5 + Math.floor(next() * rough)) & most;
      });
      const { read } = await through({ width, height, depth: depth === 8 ? 8 : 16, colours: colours === 1 ? 1 : 3 }, samples);
      expect([read.width, read.height, read.depth, read.channels]).toEqual([width, height, depth, colours]);
      expect([...read.data]).toEqual(samples);
    }
  });
  it('a picture of several bands has no seam', async () => {
    const [width, height] = [1500, 900];
    const samples = Array.from({ length: 3 * width * height }, (_, i) => (i * 7 + (i >> 11)) & 255);
    const { read } = await through({ width, height, depth: 8, colours: 3 }, samples);
    expect(Buffer.from(read.data.buffer).equals(Buffer.from(samples))).toBe(true);
  });
  it('a smooth slope takes less than a tenth of its samples, thanks to filters', async () => {
    const samples = Array.from({ length: 3 * 256 * 256 }, (_, i) => (Math.floor(i / 3) % 256) ^ ((i % 3) * 80));
    expect((await through({ width: 256, height: 256, depth: 8, colours: 3 }, samples)).bytes).toBeLessThan(samples.length / 10);
  });
});

describe('work on a PNG', () => {
  const kind = { width: 2000, height: 2000, depth: 8, colours: 3 } as const;
  const flat = async (_: number, count: number) => new Uint8Array(6000 * count);
  it('tells how far it is, in rising steps up to 1', async () => {
    const told: number[] = [];
    await writePng(kind, flat, breath(), (done) => told.push(done));
    expect(told.length).toBeGreaterThan(5);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
  });
  it('stops at the next band when it is aborted', async () => {
    const abort = new AbortController();
    let bands = 0;
    const work = writePng(kind, flat, new Breath(abort.signal), () => {
      bands += 1;
      abort.abort();
    });
    await expect(work).rejects.toMatchObject({ name: 'AbortError' });
    expect(bands).toBe(1);
  });
  it('ends with the failure of what draws it', async () => {
    const failing = async (): Promise<Uint8Array> => {
      throw new RangeError('no more rows');
    };
    await expect(writePng(kind, failing, breath())).rejects.toThrow('no more rows');
  });
});

const stops = ['#43105f', '#f6f4f1', '#7e2706'];
const paint = (mapping: Paint['mapping'], low: number, high: number, channels: readonly number[]): Paint => ({
  mapping,
  channels,
  low,
  high,
});
const tensorOf = (c: number, width: number, values: readonly number[]): Tensor => ({
  shape: [1, c, values.length / c / width, width],
  data: Float32Array.from(values),
});

async function words(x: Tensor, how: Paint): Promise<{ channels: number; data: number[] }> {
  const colours = (await isGrey(x, how, breath())) ? 1 : 3;
  const kind = { width: x.shape[3] ?? 1, height: x.shape[2] ?? 1, depth: 16, colours } as const;
  const blob = await writePng(kind, wordsOf(x, how, stops, colours, breath()), breath());
  const read = libraryDecode(new Uint8Array(await blob.arrayBuffer()));
  return { channels: read.channels, data: [...read.data] };
}

describe('16 bits of a result', () => {
  it('every stored number of a 16-bit picture comes back', async () => {
    const samples = Array.from({ length: 256 * 256 }, (_, v) => v);
    const x = tensorOf(
      1,
      256,
      samples.map((v) => v / 65535),
    );
    expect(await words(x, paint('clamp', 0, 1, [0]))).toEqual({ channels: 1, data: samples });
  });
  it('three channels are red, green and blue, and our own decoder reads them back', async () => {
    const values = Array.from({ length: 12 }, (_, i) => (i * 5001) / 65535);
    const x = tensorOf(3, 2, values);
    const how = paint('clamp', 0, 1, [0, 1, 2]);
    const blob = await writePng({ width: 2, height: 2, depth: 16, colours: 3 }, wordsOf(x, how, stops, 3, breath()), breath());
    const { tensor } = await decode(blob);
    expect([...tensor.data]).toEqual(values.map(Math.fround));
  });
  it('ends of the scale are 0 and 65535, what lies beyond is cut', async () => {
    const x = tensorOf(1, 5, [-3, -2, 0, 2, 3]);
    expect((await words(x, paint('minmax', -2, 2, [0]))).data).toEqual([0, 0, 32768, 65535, 65535]);
    expect((await words(x, paint('abs', 0, 2, [0]))).data).toEqual([65535, 65535, 0, 65535, 65535]);
  });
  it('a signed scale mixes its colours 257 times finer than 8 bits, with zero at the middle stop', async () => {
    const { channels, data } = await words(tensorOf(1, 4, [-1, 0, 1, 0.5]), paint('symmetric', -1, 1, [0]));
    expect(channels).toBe(3);
    const mixed = (a: number, b: number): number => Math.round(257 * (a + (b - a) / 2));
    expect(data).toEqual(
      [
        [0x43, 0x10, 0x5f].map((v) => 257 * v),
        [0xf6, 0xf4, 0xf1].map((v) => 257 * v),
        [0x7e, 0x27, 0x06].map((v) => 257 * v),
        [mixed(0xf6, 0x7e), mixed(0xf4, 0x27), mixed(0xf1, 0x06)],
      ].flat(),
    );
  });
  it('a value that is no number has its own colour, so that grey becomes colour', async () => {
    const { channels, data } = await words(
      tensorOf(1, 3, [Number.NaN, 0.5, Number.POSITIVE_INFINITY]),
      paint('clamp', 0, 1, [0]),
    );
    expect(channels).toBe(3);
    expect(data).toEqual([255, 0, 255, 128, 128, 128, 0, 229, 255].map((v, i) => (i >= 3 && i < 6 ? 32768 : 257 * v)));
  });
  it('on a signed scale too', async () => {
    const { data } = await words(tensorOf(1, 3, [Number.NaN, 0, Number.NEGATIVE_INFINITY]), paint('symmetric', -1, 1, [0]));
    expect(data.map((word) => word / 257)).toEqual([255, 0, 255, 0xf6, 0xf4, 0xf1, 0, 229, 255]);
  });
  it('a scale of no width is the middle', async () => {
    expect((await words(tensorOf(1, 2, [4, 4]), paint('minmax', 4, 4, [0]))).data).toEqual([32768, 32768]);
  });
  it.each(['clamp', 'minmax', 'symmetric', 'abs'] as const)(
    '%s: shortened to 8 bits it is the drawing within one level (seed 5)',
    async (mapping) => {
      const next = random(5);
      const x = tensorOf(
        3,
        40,
        Array.from({ length: 3 * 40 * 30 }, () => 3 * next() - 1.5),
      );
      const how = paint(mapping, mapping === 'abs' || mapping === 'clamp' ? 0 : -1.2, 1.2, [0, 1, 2]);
      const drawn = await bytesOf(brushOf(x, how, colourMap(stops), 1, breath()), 3)(0, 30);
      const { data } = await words(x, how);
      const farthest = Math.max(...data.map((word, i) => Math.abs(word / 257 - drawn[i]!)));
      expect(farthest).toBeLessThan(1.2);
    },
  );
});

it('8 bits of one channel are written as one grey, of three as colours', async () => {
  const x = tensorOf(1, 3, [0, 0.5, 1]);
  const how = paint('clamp', 0, 1, [0]);
  const brush = brushOf(x, how, colourMap(stops), 1, breath());
  const blob = await writePng({ width: 3, height: 1, depth: 8, colours: 1 }, bytesOf(brush, 1), breath());
  const read = libraryDecode(new Uint8Array(await blob.arrayBuffer()));
  expect([read.channels, ...read.data]).toEqual([1, 0, 128, 255]);
  expect(await isGrey(x, paint('symmetric', -1, 1, [0]), breath())).toBe(false);
  expect(await isGrey(x, how, breath())).toBe(true);
});
