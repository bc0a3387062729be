import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Breath } from '../../../src/image/breath';
import { npyBytes, writeNpy } from '../../../src/image/npy/write';
import { random } from '../make';
import { readNpy } from './readNpy';

const written = async (shape: readonly number[], values: readonly number[]): Promise<Buffer> =>
  Buffer.from(await (await writeNpy({ shape, data: Float32Array.from(values) }, new Breath())).arrayBuffer());

const odd = [0, -0, 1e-45, -3.4028234663852886e38, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1 / 3];

describe('a tensor as .npy', () => {
  it('starts as the format says, with values at a multiple of 64 bytes', async () => {
    const bytes = await written([1, 2, 2, 2], odd);
    expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x93NUMPY\x01\0');
    const length = bytes.readUInt16LE(8);
    expect((10 + length) % 64).toBe(0);
    expect(bytes.subarray(10, 10 + length).toString('latin1')).toMatch(
      /^\{'descr': '<f4', 'fortran_order': False, 'shape': \(1, 2, 2, 2\), \} *\n$/,
    );
    expect(bytes.length).toBe(10 + length + 4 * 8);
  });
  it('says beforehand how many bytes it takes, whatever the length of its header', async () => {
    const shapes = [[1], [1, 3, 5, 7], [1, 1, 1, 100000], [2, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]];
    for (const shape of shapes) {
      const size = shape.reduce((n, d) => n * d, 1);
      expect(npyBytes(shape)).toBe((await written(shape, new Array<number>(size).fill(1))).length);
    }
  });
  it('a reader written from the format finds every bit (seed 21)', async () => {
    const next = random(21);
    const values = Float32Array.from({ length: 3 * 300 * 400 }, (_, i) => odd[i] ?? (next() - 0.5) * 10 ** (20 * next() - 10));
    const { shape, data } = readNpy(await written([1, 3, 300, 400], [...values]));
    expect(shape).toEqual([1, 3, 300, 400]);
    expect(Buffer.from(data.buffer).equals(Buffer.from(values.buffer))).toBe(true);
  });
  it('stops when it is aborted', async () => {
    const abort = new AbortController();
    const x = { shape: [1, 1, 1000, 1000], data: new Float32Array(1e6) };
    const told: number[] = [];
    const work = writeNpy(x, new Breath(abort.signal), (done) => {
      told.push(done);
      if (told.length === 2) abort.abort();
    });
    await expect(work).rejects.toMatchObject({ name: 'AbortError' });
    expect(told).toHaveLength(2);
  });
});

const hasNumPy = spawnSync('python3', ['-c', 'import numpy']).status === 0;

it.skipIf(!hasNumPy)('NumPy, where there is one, loads the same numbers in the same places', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'npy-'));
  try {
    const file = join(folder, 'x.npy');
    writeFileSync(file, await written([1, 2, 3, 4], [...odd, ...Array.from({ length: 16 }, (_, i) => i / 7)]));
    const script = `import numpy, sys
x = numpy.load(sys.argv[1])
print(x.dtype, x.shape, x.flags['C_CONTIGUOUS'], x[0, 1, 2, 3] == numpy.float32(15 / 7), x.tobytes().hex())`;
    const { stdout, stderr } = spawnSync('python3', ['-c', script, file], { encoding: 'utf8' });
    const hex = Buffer.from(Float32Array.from([...odd, ...Array.from({ length: 16 }, (_, i) => i / 7)]).buffer).toString('hex');
    expect([stderr, stdout.trim()]).toEqual(['', `float32 (1, 2, 3, 4) True True ${hex}`]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
