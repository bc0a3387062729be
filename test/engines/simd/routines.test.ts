import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openSimd } from '../../../src/engines/simd/engine';
import { bestBinary } from '../../../src/engines/simd/routines';

const bytesOf = (name: string) => readFileSync(new URL(`../../../src/engines/simd/binaries/${name}.wasm`, import.meta.url));
const hands = { helpers: 1, start: () => Promise.resolve() };

it('names the binary that this machine accepts, without having seen it', () => {
  const accepts = (name: string) => WebAssembly.validate(bytesOf(name));
  expect(bestBinary()).toBe(accepts('relaxed') ? 'relaxed' : 'plain');
  expect(bestBinary(hands)).toBe(accepts('threads') ? 'threads' : bestBinary());
  expect(bestBinary({ ...hands, helpers: 0 })).toBe(bestBinary());
});

it('opens with that binary alone, and says which one is missing without it', async () => {
  const best = bestBinary();
  expect((await openSimd({ [best]: bytesOf(best) })).binary).toBe(best);
  await expect(openSimd({})).rejects.toThrow(`expected the binary ${best}, received none`);
});
