import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { Breath } from '../../src/image/breath';
import { depthOf, exactPng } from '../../src/image/png/exact';

const size = { width: 16, height: 16 };
const of = (levels: readonly number[], most: number) => ({
  shape: [1, 3, size.height, size.width],
  data: Float32Array.from({ length: 3 * 256 }, (_, i) => levels[i % levels.length]! / most),
});
const read = async (blob: Blob) => decode(new Uint8Array(await blob.arrayBuffer()));
const bytes = Array.from({ length: 256 }, (_, i) => i);

describe('exactPng', () => {
  it('gives every level of 8 bits back', async () => {
    const x = of(bytes, 255);
    expect(depthOf(x)).toBe(8);
    const png = await read(await exactPng(x, 8, new Breath()));
    expect([png.width, png.height, png.depth, png.channels]).toEqual([16, 16, 8, 3]);
    expect([...png.data]).toEqual(bytes.flatMap((level) => [level, level, level]));
  });

  it('gives levels of 16 bits back, high ones and those between two of 8 bits', async () => {
    const levels = [0, 1, 255, 256, 257, 12345, 32767, 32768, 65278, 65534, 65535];
    const x = of(levels, 65535);
    expect(depthOf(x)).toBe(16);
    const png = await read(await exactPng(x, 16, new Breath()));
    expect(png.depth).toBe(16);
    const plane = Array.from({ length: 3 }, (_, c) =>
      Array.from({ length: 256 }, (_, i) => levels[(c * 256 + i) % levels.length]),
    );
    expect([...png.data]).toEqual(Array.from({ length: 256 }, (_, i) => plane.map((channel) => channel[i])).flat());
  });

  it('cuts off what lies outside of 0 to 1', async () => {
    const png = await read(await exactPng(of([-0.5, 1.5], 1), 8, new Breath()));
    expect(new Set(png.data)).toEqual(new Set([0, 255]));
  });
});
