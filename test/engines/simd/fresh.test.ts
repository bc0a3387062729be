import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { freshness } from '../../../scripts/lib/assembly.mjs';

it.each(['plain', 'relaxed', 'threads'])('%s.wasm is made of the sources as they are; if not, run npm run build:simd', (name) => {
  expect(readFileSync(new URL(`../../../src/engines/simd/binaries/${name}.stamp`, import.meta.url), 'utf8')).toBe(freshness());
});
