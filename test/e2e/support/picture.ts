// Whether two pictures look the same, and the pictures that are kept to compare with.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { decode, encode } from 'fast-png';
import { expect } from 'playwright/test';

/** 8-bit RGB, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** What may differ: a pixel counts when one of its channels is further away than `channel` (of 255), and `share` of all pixels may count. */
export interface Tolerance {
  readonly channel: number;
  readonly share: number;
}

/** Pixels that the engine computed: roundings only. */
export const computed: Tolerance = { channel: 2, share: 0 };
/** What the browser drew: edges that fall between two pixels. */
export const drawn: Tolerance = { channel: 24, share: 0.02 };

/** How two pictures differ beyond the tolerance, in words; null where they are alike. */
export function unlike(actual: Picture, expected: Picture, { channel, share }: Tolerance): string | null {
  if (actual.width !== expected.width || actual.height !== expected.height)
    return `expected ${expected.width} x ${expected.height}, received ${actual.width} x ${actual.height}`;
  const pixels = expected.width * expected.height;
  let count = 0;
  let most = 0;
  for (let i = 0; i < pixels; i++) {
    let apart = 0;
    for (let c = 0; c < 3; c++) apart = Math.max(apart, Math.abs(actual.data[3 * i + c]! - expected.data[3 * i + c]!));
    if (apart > channel) count++;
    most = Math.max(most, apart);
  }
  if (count <= share * pixels) return null;
  return `${count} of ${pixels} pixels differ by more than ${channel}, the most by ${most}; at most ${Math.floor(share * pixels)} may`;
}

/** A PNG as RGB; what is transparent lies on white. */
export function pictureOf(png: Uint8Array): Picture {
  const { width, height, channels, data } = decode(png);
  const out = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const opacity = channels === 4 ? data[4 * i + 3]! / 255 : 1;
    for (let c = 0; c < 3; c++) {
      const value = channels < 3 ? data[channels * i]! : data[channels * i + c]!;
      out[3 * i + c] = Math.round(value * opacity + 255 * (1 - opacity));
    }
  }
  return { width, height, data: out };
}

const folder = new URL('../visual/', import.meta.url);
/** Every kept picture is small. */
const mostBytes = 20_000;

/** The picture is alike the one that is kept as `test/e2e/visual/NAME.png`; with UPDATE=1 it takes its place. */
export function expectPicture(name: string, actual: Picture, tolerance: Tolerance): void {
  const file = new URL(`${name}.png`, folder);
  if (process.env.UPDATE === '1') {
    const bytes = encode({ ...actual, channels: 3, depth: 8 });
    expect(bytes.length, `bytes of ${name}.png`).toBeLessThan(mostBytes);
    mkdirSync(folder, { recursive: true });
    if (!existsSync(file) || unlike(actual, pictureOf(readFileSync(file)), { channel: 0, share: 0 })) writeFileSync(file, bytes);
  }
  const difference = unlike(actual, pictureOf(readFileSync(file)), tolerance);
  if (difference) {
    const seen = new URL('../../../out/test/visual/', import.meta.url);
    mkdirSync(seen, { recursive: true });
    writeFileSync(new URL(`${name}.png`, seen), encode({ ...actual, channels: 3, depth: 8 }));
  }
  expect.soft(difference, `${name}.png, the received one is in out/test/visual`).toBeNull();
}
