import { describe, expect, it } from 'vitest';
import { Breath } from '../../../src/image/breath';
import { CannotOpen } from '../../../src/image/cannotOpen';
import { decode } from '../../../src/image/decode';
import { writeNpy } from '../../../src/image/npy/write';
import { random } from '../make';

type Write = (view: DataView, at: number, value: number) => void;
interface File {
  readonly descr: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly fortran?: boolean;
  readonly bytes?: number;
  readonly write?: Write;
  readonly version?: 1 | 2;
}
/** A .npy file by the description of the format, least byte first unless `write` does otherwise. */
function npy({ descr, shape, values, fortran = false, bytes = 4, write, version = 1 }: File): Blob {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const words = `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${tuple}), }\n`;
  const start = version === 1 ? 10 : 12;
  const view = new DataView(new ArrayBuffer(start + words.length + bytes * values.length));
  for (const [i, letter] of [...`\x93NUMPY${version === 1 ? '\x01' : '\x02'}\0`].entries())
    view.setUint8(i, letter.charCodeAt(0));
  if (version === 1) view.setUint16(8, words.length, true);
  else view.setUint32(8, words.length, true);
  for (const [i, letter] of [...words].entries()) view.setUint8(start + i, letter.charCodeAt(0));
  const put = write ?? ((into: DataView, at: number, value: number) => into.setFloat32(at, value, true));
  for (const [i, value] of values.entries()) put(view, start + words.length + bytes * i, value);
  return new Blob([view.buffer]);
}
const u8: Pick<File, 'descr' | 'bytes' | 'write'> = { descr: '|u1', bytes: 1, write: (view, at, v) => view.setUint8(at, v) };
const opened = async (file: File | Blob, options = {}) => {
  const { tensor, notes } = await decode(file instanceof Blob ? file : npy(file), options);
  return { shape: tensor.shape, values: [...tensor.data], notes };
};
const near = (values: readonly number[], expected: readonly number[]) => {
  expect(values).toHaveLength(expected.length);
  values.forEach((v, i) => {
    expect(v).toBeCloseTo(expected[i]!, 5);
  });
};

describe('an array of NumPy as a picture', () => {
  it('rows and columns are a grey picture of three equal channels', async () => {
    const { shape, values, notes } = await opened({ descr: '<f4', shape: [2, 3], values: [0, 0.25, 0.5, 0.75, 1, 0.125] });
    expect(shape).toEqual([1, 3, 2, 3]);
    near(
      values,
      [0, 1, 2].flatMap(() => [0, 0.25, 0.5, 0.75, 1, 0.125]),
    );
    expect(notes).toEqual(['NPY of float32, shape (2, 3), read as rows and columns.', 'Values 0 to 1 are black to white.']);
  });
  it('channels come last or first, by which axis can be colours; both are the same picture', async () => {
    const levels = Array.from({ length: 60 }, (_, i) => (i * 37) % 256);
    const last = await opened({ ...u8, shape: [4, 5, 3], values: levels });
    const first = await opened({
      ...u8,
      shape: [3, 4, 5],
      values: [0, 1, 2].flatMap((c) => levels.filter((_, i) => i % 3 === c)),
    });
    expect(last.shape).toEqual([1, 3, 4, 5]);
    near(
      last.values,
      [0, 1, 2].flatMap((c) => levels.filter((_, i) => i % 3 === c).map((v) => v / 255)),
    );
    expect(first.values).toEqual(last.values);
    expect([last, first].map(({ notes }) => notes[0])).toEqual([
      'NPY of uint8, shape (4, 5, 3), read as rows, columns and channels.',
      'NPY of uint8, shape (3, 4, 5), read as channels, rows and columns.',
    ]);
  });
  it('of a batch the first is taken, and feature maps stay as many as they are', async () => {
    const next = random(5);
    const values = Array.from({ length: 2 * 7 * 9 * 8 }, () => Math.fround(next()));
    const { shape, values: read, notes } = await opened({ descr: '<f4', shape: [2, 7, 9, 8], values });
    expect(shape).toEqual([1, 7, 9, 8]);
    expect(read).toEqual(values.slice(0, 504));
    expect(notes).toContain('The first of 2 pictures.');
  });
  it('a fourth channel that comes last is transparency, laid on white', async () => {
    const { shape, values } = await opened({ ...u8, shape: [2, 1, 4], values: [255, 0, 0, 255, 0, 0, 255, 51] });
    expect(shape).toEqual([1, 3, 2, 1]);
    near(values, [1, 0.8, 0, 0.8, 0, 1]);
  });
  it('the first axis is the fastest where the file says so', async () => {
    const { values } = await opened({ descr: '<f4', shape: [2, 3], fortran: true, values: [0, 0.75, 0.25, 1, 0.5, 0.125] });
    near(values.slice(0, 6), [0, 0.25, 0.5, 0.75, 1, 0.125]);
  });
  it.each<[string, Partial<File>]>([
    ['>f4', { write: (view, at, v) => view.setFloat32(at, v, false) }],
    ['<f8', { bytes: 8, write: (view, at, v) => view.setFloat64(at, v, true) }],
    ['>f8', { bytes: 8, write: (view, at, v) => view.setFloat64(at, v, false), version: 2 }],
    ['>u2', { bytes: 2, write: (view, at, v) => view.setUint16(at, v * 65535, false) }],
    ['<i8', { bytes: 8, write: (view, at, v) => view.setBigInt64(at, BigInt(v * 255), true) }],
    ['<i4', { write: (view, at, v) => view.setInt32(at, v * 255, true) }],
    ['<f2', { bytes: 2, write: (view, at, v) => view.setUint16(at, [0, 0x3266, 0x3c00][v === 0.2 ? 1 : v * 2]!, true) }],
  ])('reads %s', async (descr, how) => {
    const { values } = await opened({ descr, shape: [1, 3], values: [0, 0.2, 1], ...how });
    values.slice(0, 3).forEach((v, i) => {
      expect(Math.abs(v - [0, 0.2, 1][i]!)).toBeLessThan(2e-4);
    });
  });
});

describe('which values are black and white', () => {
  const judged = async (values: readonly number[]) => {
    const { values: read, notes } = await opened({ descr: '<f4', shape: [1, values.length], values });
    return { read: read.slice(0, values.length), note: notes[1] };
  };
  it('−1 to 1 as generators use, with a word on how to compute with these', async () => {
    const { read, note } = await judged([-1, 0, 0.5]);
    near(read, [0, 0.5, 0.75]);
    expect(note).toMatch(/^Values −1 to 1 are black to white: choose −1 to 1/);
  });
  it('0 to 255 where they are whole, or many', async () => {
    expect((await judged([0, 2, 51])).read).toEqual([0, 2 / 255, 0.2].map(Math.fround));
    expect((await judged([0.5, 127.5, 255])).note).toBe('Values 0 to 255 are black to white.');
  });
  it('others from the least to the largest, and what is no number stays', async () => {
    const { read, note } = await judged([-2, 0, 6, Number.NaN]);
    near(read.slice(0, 3), [0, 0.25, 1]);
    expect(read[3]).toBeNaN();
    expect(note).toBe('Values −2 to 6 were stretched to black and white.');
    expect((await judged([0, 1.5, 3.25])).note).toBe('Values 0 to 3.25 were stretched to black and white.');
  });
});

describe('what cannot be opened is a sentence', () => {
  const refusal = async (file: File | Blob): Promise<string> => {
    const error = await opened(file).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CannotOpen);
    return error instanceof Error ? error.message : '';
  };
  const some = { descr: '<f4', shape: [1, 2], values: [0, 1] };
  it.each<[string, File, string]>([
    ['numbers of another kind', { ...some, descr: '<c8' }, 'This NPY holds <c8; bool, int8 to int64'],
    ['one axis', { ...some, shape: [2] }, 'This NPY has the shape (2); a picture of 2 to 4 axes is expected.'],
    ['five axes', { ...some, shape: [2, 1, 1, 1, 1] }, 'This NPY has the shape (2, 1, 1, 1, 1); a picture of 2 to 4 axes'],
    [
      'fewer values than it says',
      { ...some, shape: [3, 4] },
      'This NPY ends early: 48 bytes of values are expected, received 8.',
    ],
    ['no pixels', { ...some, shape: [0, 4], values: [] }, 'This NPY is 4 × 0; at least 1 × 1 is expected.'],
    ['a size beyond the limits', { ...some, shape: [40000, 40000] }, 'This picture has 1\u202f600 megapixels; browsers decode'],
    [
      'more channels than fit',
      { ...some, shape: [500, 1000, 1000] },
      'This NPY has 500 channels of 1000 × 1000; at most 300000000',
    ],
  ])('%s', async (_, file, sentence) => {
    expect(await refusal(file)).toContain(sentence);
  });
  it('a header that is none', async () => {
    const bytes = new Uint8Array(await npy(some).arrayBuffer());
    const spoilt = (at: number, value: number) => new Blob([bytes.map((old, i) => (i === at ? value : old))]);
    expect(await refusal(spoilt(6, 9))).toBe('This NPY is broken: version 1, 2 or 3 is expected, received 9.');
    expect(await refusal(spoilt(12, 63))).toContain('one kind of numbers, fortran_order and shape are expected');
    expect(await refusal(new Blob([bytes.subarray(0, 30)]))).toMatch(/^The file ends early/);
  });
});

it('what was written is read again, every bit of it, and reduced on request', async () => {
  const next = random(8);
  const data = Float32Array.from({ length: 3 * 30 * 40 }, () => next());
  const file = await writeNpy({ shape: [1, 3, 30, 40], data }, new Breath());
  const whole = await decode(file);
  expect(whole.tensor.shape).toEqual([1, 3, 30, 40]);
  expect(whole.tensor.data).toEqual(data);
  const half = await decode(file, { shrink: 2 });
  expect(half.tensor.shape).toEqual([1, 3, 15, 20]);
  expect(half.tensor.data[0]).toBeCloseTo((data[0]! + data[1]! + data[40]! + data[41]!) / 4, 6);
  expect(half.notes).toContain('Reduced to 1/2 of its size.');
});
