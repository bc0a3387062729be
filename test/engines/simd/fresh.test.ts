import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { freshness } from '../../../scripts/lib/assembly.mjs';

it.each(['plain', 'relaxed', 'threads'])('%s.wasm is made of the sources as they are; if not, run npm run build:simd', (name) => {
  expect(readFileSync(new URL(`../../../src/engines/simd/binaries/${name}.stamp`, import.meta.url), 'utf8')).toBe(freshness());
});

it('every routine has a name of its own; of two with one name the compiler keeps one in silence', () => {
  const folder = new URL('../../../src/engines/simd/assembly/', import.meta.url);
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...readFileSync(new URL(file, folder), 'utf8').matchAll(/^export function (\w+)/gm)])
    .map((match) => match[1]);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});
