// PNG files as they occur, and as they are found broken.
import { deflateSync, inflateSync } from 'node:zlib';
import * as make from './make';

/** Every colour type and depth, transparency of every kind, chunks that browsers may act on. */
export function pngs(seed: number): { name: string; native: boolean; data: Uint8Array }[] {
  const next = make.random(seed);
  const [width, height] = [1 + Math.floor(next() * 70), 1 + Math.floor(next() * 50)];
  const numbers = (count: number, most: number) => Array.from({ length: count }, () => Math.floor(next() * (most + 1)));
  const png = (depth: number, type: number, samples: readonly number[], more: Partial<make.PngSpec> = {}) =>
    make.png({ width, height, depth, type, samples, filters: numbers(5, 4), interlaced: next() < 0.3, split: 999, ...more });
  const pixels = width * height;
  const channels = { 0: 1, 2: 3, 4: 2, 6: 4 } as const;
  const found: { name: string; native: boolean; data: Uint8Array }[] = [];
  for (const depth of [1, 2, 4, 8]) {
    const samples = numbers(pixels, 2 ** depth - 1);
    found.push({ name: `grey ${depth}`, native: true, data: png(depth, 0, samples) });
    found.push({
      name: `grey ${depth}, key`,
      native: true,
      data: png(depth, 0, samples, { before: make.chunk('tRNS', [0, 1]) }),
    });
    const palette = make.chunk('PLTE', numbers(3 * (1 + Math.floor(next() * 2 ** depth)), 255));
    found.push({ name: `palette ${depth}`, native: true, data: png(depth, 3, samples, { before: palette }) });
    const [clear, faint] = [
      [0, 255],
      [0, 100],
    ].map((alpha) => [...palette, ...make.chunk('tRNS', alpha.slice(0, palette.length / 3))]);
    found.push({ name: `palette ${depth}, clear`, native: true, data: png(depth, 3, samples, { before: clear! }) });
    found.push({ name: `palette ${depth}, faint`, native: false, data: png(depth, 3, samples, { before: faint! }) });
  }
  const rgb = numbers(3 * pixels, 255);
  const gamma = [...make.chunk('gAMA', make.be(20000, 4)), ...make.chunk('cHRM', numbers(32, 255))];
  const turned = make.chunk('eXIf', make.exif(6));
  const animated = [...make.chunk('acTL', [0, 0, 0, 2, 0, 0, 0, 0])];
  found.push({ name: 'RGB', native: true, data: png(8, 2, rgb) });
  found.push({
    name: 'RGB, key',
    native: true,
    data: png(8, 2, rgb, { before: make.chunk('tRNS', [0, rgb[0]!, 0, rgb[1]!, 0, rgb[2]!]) }),
  });
  found.push({ name: 'RGB, gamma', native: true, data: png(8, 2, rgb, { before: gamma }) });
  found.push({
    name: 'RGB, sRGB and cICP',
    native: true,
    data: png(8, 2, rgb, { before: [...make.chunk('cICP', [9, 16, 0, 1]), ...make.chunk('sRGB', [1])] }),
  });
  found.push({ name: 'RGB, significant bits', native: true, data: png(8, 2, rgb, { before: make.chunk('sBIT', [5, 6, 5]) }) });
  found.push({ name: 'RGB, turned', native: true, data: png(8, 2, rgb, { before: turned }) });
  found.push({ name: 'RGB, animated', native: true, data: png(8, 2, rgb, { before: animated }) });
  for (const type of [4, 6] as const) {
    const count = channels[type];
    const withAlpha = (alpha: (i: number) => number) =>
      numbers(count * pixels, 255).map((v, i) => (i % count === count - 1 ? alpha(i) : v));
    found.push({
      name: `type ${type}, opaque`,
      native: true,
      data: png(
        8,
        type,
        withAlpha(() => 255),
      ),
    });
    found.push({
      name: `type ${type}, clear`,
      native: true,
      data: png(
        8,
        type,
        withAlpha((i) => 255 * (i % 3 === 0 ? 0 : 1)),
      ),
    });
    found.push({
      name: `type ${type}, faint`,
      native: false,
      data: png(
        8,
        type,
        withAlpha(() => 128),
      ),
    });
  }
  for (const type of [0, 2, 4, 6] as const) {
    found.push({ name: `type ${type}, 16 bits`, native: false, data: png(16, type, numbers(channels[type] * pixels, 65535)) });
  }
  return found;
}

/** A bit that flipped; a file cut; pixels that stop early; a filter that does not exist. */
export function damaged(good: Uint8Array, kind: number, any: (below: number) => number): Uint8Array {
  const pixels = inflateSync(Buffer.concat(idats(good)));
  const rebuilt = (packed: Uint8Array) =>
    Uint8Array.from([...good.subarray(0, 33), ...make.chunk('IDAT', packed), ...make.chunk('IEND', [])]);
  if (kind === 0) {
    const data = good.slice();
    data[33 + any(data.length - 33)]! ^= 1 << any(8);
    return data;
  }
  if (kind === 1) return good.slice(0, 60 + any(good.length - 60));
  if (kind === 2) return rebuilt(deflateSync(pixels.subarray(0, any(pixels.length))));
  pixels[121 * any(30)] = 5 + any(250);
  return rebuilt(deflateSync(pixels));
}

function idats(png: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = [];
  const view = new DataView(png.buffer, png.byteOffset);
  for (let at = 8; at < png.length; at += 12 + view.getUint32(at)) {
    if (view.getUint32(at + 4) === 0x49444154) found.push(png.subarray(at + 8, at + 8 + view.getUint32(at)));
  }
  return found;
}
