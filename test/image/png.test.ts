import { decode as libraryDecode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { CannotOpen } from '../../src/image/cannotOpen';
import { decode } from '../../src/image/decode';
import { damaged } from '../../src/image/png/native';
import * as make from './make';

const asBlob = (data: Uint8Array<ArrayBuffer>): Blob => new Blob([data]);

/** [red of every pixel, green, blue], as decode gave them. */
async function planes(
  data: Uint8Array<ArrayBuffer>,
  options = {},
): Promise<{ shape: readonly number[]; values: number[]; notes: readonly string[] }> {
  const { tensor, notes } = await decode(asBlob(data), options);
  return { shape: tensor.shape, values: [...tensor.data], notes };
}

async function refused(data: Uint8Array<ArrayBuffer> | Blob, options = {}): Promise<CannotOpen> {
  try {
    await decode(data instanceof Blob ? data : asBlob(data), options);
  } catch (error) {
    if (error instanceof CannotOpen) return error;
    throw error;
  }
  throw new Error('was opened');
}

const f32 = (values: readonly number[]): number[] => values.map(Math.fround);

it('bytes that were read already are decoded, and the blob is not read again', async () => {
  const file = make.png({ width: 2, height: 1, depth: 8, type: 0, samples: [51, 255] });
  const blob = asBlob(file);
  Object.assign(blob, { arrayBuffer: () => Promise.reject(new Error('read again')) });
  const { tensor } = await decode(blob, { bytes: file.slice().buffer });
  expect([...tensor.data.slice(0, 2)]).toEqual(f32([0.2, 1]));
});

describe('stored values come out exactly', () => {
  it('every 8-bit level is v / 255', async () => {
    const samples = Array.from({ length: 256 }, (_, v) => v);
    const { values, shape } = await planes(make.png({ width: 16, height: 16, depth: 8, type: 0, samples }));
    expect(shape).toEqual([1, 3, 16, 16]);
    expect(values).toEqual(f32([...samples, ...samples, ...samples].map((v) => v / 255)));
  });
  it('16 bits keep their precision and say so', async () => {
    const { values, notes } = await planes(
      make.png({ width: 2, height: 1, depth: 16, type: 2, samples: [1, 2, 65535, 2570, 2624, 0] }),
    );
    expect(values).toEqual(f32([1, 2570, 2, 2624, 65535, 0].map((v) => v / 65535)));
    expect(notes).toEqual(['16 bits per channel, kept.']);
  });
  it('alpha lays colour on white in stored values, not rounded to bytes', async () => {
    const samples = [200, 100, 50, 128, 10, 20, 30, 0, 1, 2, 3, 255];
    const { values, notes } = await planes(make.png({ width: 3, height: 1, depth: 8, type: 6, samples }));
    const laid = (v: number, a: number): number => Math.fround((v / 255) * (a / 255) + 1 - a / 255);
    expect(values).toEqual([
      laid(200, 128),
      1,
      Math.fround(1 / 255),
      laid(100, 128),
      1,
      Math.fround(2 / 255),
      laid(50, 128),
      1,
      Math.fround(3 / 255),
    ]);
    expect(notes).toEqual(['Transparent parts are laid on white.']);
  });
  it('an alpha channel that is opaque everywhere makes no note', async () => {
    expect((await planes(make.png({ width: 1, height: 1, depth: 8, type: 4, samples: [7, 255] }))).notes).toEqual([]);
  });
  it('a transparent key colour of RGB and of grey becomes white', async () => {
    const rgb = make.png({
      width: 2,
      height: 1,
      depth: 8,
      type: 2,
      samples: [9, 8, 7, 9, 8, 6],
      before: make.chunk('tRNS', [0, 9, 0, 8, 0, 7]),
    });
    expect((await planes(rgb)).values).toEqual(f32([1, 9 / 255, 1, 8 / 255, 1, 6 / 255]));
    const grey = make.png({ width: 4, height: 1, depth: 2, type: 0, samples: [0, 1, 2, 3], before: make.chunk('tRNS', [0, 2]) });
    expect((await planes(grey)).values.slice(0, 4)).toEqual(f32([0, 1 / 3, 1, 1]));
  });
  it('a palette with alpha is looked up and laid on white', async () => {
    const before = [...make.chunk('PLTE', [255, 0, 0, 0, 255, 0, 0, 0, 255]), ...make.chunk('tRNS', [255, 0])];
    const { values } = await planes(make.png({ width: 3, height: 1, depth: 4, type: 3, samples: [0, 1, 2], before }));
    expect(values).toEqual([1, 1, 0, 0, 1, 0, 0, 1, 1]);
  });
  it('gAMA changes nothing: stored values count', async () => {
    const before = make.chunk('gAMA', make.be(100000, 4));
    const { values } = await planes(make.png({ width: 1, height: 1, depth: 8, type: 2, samples: [200, 100, 50], before }));
    expect(values).toEqual(f32([200 / 255, 100 / 255, 50 / 255]));
  });
});

describe('every kind of PNG agrees with fast-png', () => {
  const kinds = [0, 2, 3, 4, 6].flatMap((type) =>
    [1, 2, 4, 8, 16]
      .filter((depth) => (type === 3 ? depth <= 8 : type === 0 || depth >= 8))
      .flatMap((depth) => [false, true].map((interlaced) => ({ type, depth, interlaced }))),
  );
  it.each(kinds)(
    'colour type $type, $depth bits, interlaced $interlaced, all filters, small chunks (seed 11)',
    async ({ type, depth, interlaced }) => {
      const next = make.random(11);
      const [width, height, channels] = [13, 11, [1, 0, 3, 1, 2, 0, 4][type]!];
      const samples = Array.from({ length: width * height * channels }, () => Math.floor(next() * 2 ** depth));
      const palette = Array.from({ length: 3 * 256 }, (_, i) => (i * 7) % 256);
      const data = make.png({
        width,
        height,
        depth,
        type,
        samples,
        interlaced,
        filters: [4, 3, 2, 1, 0, 4],
        split: 37,
        before: type === 3 ? make.chunk('PLTE', palette.slice(0, 3 * 2 ** depth)) : [],
      });
      const { values } = await planes(data);
      const most = 2 ** depth - 1;
      const library = depth >= 8 ? [...libraryDecode(data).data] : samples;
      expect(library).toEqual(samples);
      const expected = (x: number, c: number): number => {
        const at = channels * x;
        if (type === 3) return palette[3 * library[at]! + c]! / 255;
        const value = library[at + (channels >= 3 ? c : 0)]! / most;
        const alpha = channels % 2 === 0 ? library[at + channels - 1]! / most : 1;
        return value * alpha + 1 - alpha;
      };
      for (let i = 0; i < values.length; i++) {
        expect(values[i]).toBeCloseTo(expected(i % (width * height), Math.floor(i / (width * height))), 6);
      }
    },
  );
});

describe('orientation', () => {
  // Stored 3 x 2:   1 2 3
  //                 4 5 6     and how EXIF 2.32 wants it shown.
  it.each([
    [
      1,
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ],
    [
      2,
      [
        [3, 2, 1],
        [6, 5, 4],
      ],
    ],
    [
      3,
      [
        [6, 5, 4],
        [3, 2, 1],
      ],
    ],
    [
      4,
      [
        [4, 5, 6],
        [1, 2, 3],
      ],
    ],
    [
      5,
      [
        [1, 4],
        [2, 5],
        [3, 6],
      ],
    ],
    [
      6,
      [
        [4, 1],
        [5, 2],
        [6, 3],
      ],
    ],
    [
      7,
      [
        [6, 3],
        [5, 2],
        [4, 1],
      ],
    ],
    [
      8,
      [
        [3, 6],
        [2, 5],
        [1, 4],
      ],
    ],
  ])('%i', async (orientation, shown) => {
    const before = make.chunk('eXIf', make.exif(orientation));
    const { values, shape } = await planes(
      make.png({ width: 3, height: 2, depth: 8, type: 0, samples: [1, 2, 3, 4, 5, 6], before }),
    );
    expect(shape).toEqual([1, 3, shown.length, shown[0]!.length]);
    expect(values.slice(0, 6).map((v) => Math.round(v * 255))).toEqual(shown.flat());
  });
});

describe('reduced while reading', () => {
  it('cells of 2 x 2 are averaged, the last ones over what they hold', async () => {
    const samples = [0, 100, 10, 20, 40, 30, 6, 8, 255];
    const { values, shape, notes } = await planes(make.png({ width: 3, height: 3, depth: 8, type: 0, samples }), { shrink: 2 });
    expect(shape).toEqual([1, 3, 2, 2]);
    [(0 + 100 + 20 + 40) / 4, (10 + 30) / 2, (6 + 8) / 2, 255].forEach((v, i) => void expect(values[i]).toBeCloseTo(v / 255, 6));
    expect(notes).toEqual(['Reduced to 1/2 of its size.']);
  });
});

describe('damaged files are refused with one sentence', () => {
  const good = make.png({
    width: 40,
    height: 30,
    depth: 8,
    type: 2,
    samples: Array.from({ length: 3600 }, (_, i) => (i * i * 31) % 256),
  });
  it('cut in the middle of the pixels', async () => {
    const error = await refused(good.slice(0, Math.floor(good.length / 2)));
    expect(error.reason).toBe('broken');
    expect(error.message).toMatch(/^This PNG is damaged or ends early: 30 rows are expected, received \d+\.$/);
  });
  it('one bit of the pixels flipped, anywhere (seed 3)', async () => {
    const next = make.random(3);
    for (let n = 0; n < 40; n++) {
      const bad = Uint8Array.from(good);
      bad[41 + Math.floor(next() * (good.length - 41 - 20))]! ^= 1 << Math.floor(next() * 8);
      expect((await refused(bad)).reason).toBe('broken');
    }
  });
  it('no palette, an unknown colour type, a wrong checksum of the header, no pixels', async () => {
    expect((await refused(make.png({ width: 1, height: 1, depth: 8, type: 3, samples: [0] }))).message).toMatch(
      /a palette is expected/,
    );
    const type5 = Uint8Array.from(good);
    type5[25] = 5;
    expect((await refused(type5)).reason).toBe('broken');
    expect((await refused(good.slice(0, 33))).message).toMatch(/pixels are expected/);
  });
  it('0 x 0 states both numbers', async () => {
    const empty = make.png({ width: 0, height: 0, depth: 8, type: 2, samples: [] });
    expect((await refused(empty)).message).toBe('This PNG is 0 × 0; at least 1 × 1 is expected.');
  });
  it('too large is refused before any pixel is read', async () => {
    const sized = (width: number, height: number): Uint8Array<ArrayBuffer> => {
      const data = Uint8Array.from(good);
      data.set([...make.be(width, 4), ...make.be(height, 4)], 16);
      return data;
    };
    expect(await refused(sized(30000, 30000))).toMatchObject({ reason: 'tooLarge' });
    expect(await refused(sized(6000, 5000))).toMatchObject({ reason: 'ask', over: { megapixels: 30, shrink: 2 } });
    expect((await refused(sized(6000, 5000), { large: true })).message).toMatch(/checksum of chunk IHDR/);
  });
  it('more data than the size holds is left unread', async () => {
    const bomb = make.png({ width: 2, height: 1, depth: 8, type: 0, samples: [5, 6] });
    const { deflateSync } = await import('node:zlib');
    const much = deflateSync(Buffer.concat([Buffer.from([0, 5, 6]), Buffer.alloc(64e6)]));
    const data = Uint8Array.from([...bomb.subarray(0, 33), ...make.chunk('IDAT', much), ...make.chunk('IEND', [])]);
    expect((await planes(data)).values.slice(0, 2)).toEqual(f32([5 / 255, 6 / 255]));
  });
  it('SVG, a web page, nothing: each has its reason', async () => {
    expect((await refused(new Blob(['<svg/>']))).reason).toBe('svg');
    expect((await refused(new Blob(['<!doctype html>']))).reason).toBe('notPicture');
    expect((await refused(new Blob([]))).reason).toBe('notPicture');
  });
  it('an aborted signal ends the reading with its reason', async () => {
    const samples = new Array<number>(300 * 300 * 3).fill(7);
    const abort = new AbortController();
    const work = decode(asBlob(make.png({ width: 300, height: 300, depth: 8, type: 2, samples })), { signal: abort.signal });
    abort.abort();
    await expect(work).rejects.toMatchObject({ name: 'AbortError' });
  });
});

it('the two pictures that tell a strict browser from others: one lacks a row, one has a wrong checksum and is whole', async () => {
  const [short, wrong] = damaged().map((data) => new Uint8Array(data));
  expect((await refused(short!)).message).toMatch(/2 rows are expected, received 1/);
  expect((await planes(wrong!)).values).toEqual(f32([7, 7, 7].map((v) => v / 255)));
  expect(() => libraryDecode(wrong!, { checkCrc: true })).toThrow(/CRC/i);
});
