import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Shape } from '../../../src/core/tensor';
import { sizeOf } from '../../../src/core/tensor';
import type { Place } from '../../../src/engines/simd/plan';
import { planForward } from '../../../src/engines/simd/planning';
import { randomTensor, stepOf } from './engine';
import { same } from './pools';

const shape: Shape = [1, 2, 40, 50];
const module = new WebAssembly.Module(readFileSync(new URL('../../../src/engines/simd/binaries/plain.wasm', import.meta.url)));

/** How many rows the routine says that it made of bytes. The calls of the plan are made here, because engines pass over what routines answer. */
function rowsOfBytes(kernel: number, values: Float32Array): number {
  const memory = new WebAssembly.Memory({ initial: 64, maximum: 65536 });
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const routines = exports as Record<string, (...args: number[]) => number>;
  let end = routines.heapBase!();
  const take = (size: number): number => {
    const at = 64 * Math.ceil(end / 64) + 64;
    end = at + size;
    return at;
  };
  const floats = (at: number, count: number) => new Float32Array(memory.buffer, at, count);
  const ints = (at: number, count: number) => new Int32Array(memory.buffer, at, count);
  const doubles = (at: number, count: number) => new Float64Array(memory.buffer, at, count);
  const put: Place['put'] = (table) => {
    const at = take(table.byteLength);
    const view = table instanceof Float32Array ? floats : table instanceof Int32Array ? ints : doubles;
    view(at, table.length).set(table);
    return at;
  };
  const work = planForward(stepOf('medianPool2d', same(kernel)), { shape }, false);
  if (typeof work === 'string') throw new Error(work);
  const [x, y] = [put(values), take(4 * sizeOf(work.outputs.y ?? []))];
  const stages = work.plan.build({ at: (name) => (name === 'x' ? x : y), put, take, floats, ints, doubles });
  const scratch = take(work.plan.scratch ?? 0);
  const jobs = stages.flatMap((stage) => (typeof stage === 'function' ? [] : stage));
  const answers = jobs.flatMap(({ calls }) => calls.map(([name, ...args]) => routines[name]!(...args, scratch)));
  return answers.reduce((sum, rows) => sum + rows, 0);
}

it.each([3, 4, 5, 7])('medians of a kernel of %i are made of bytes where a picture has eight bits, and only there', (kernel) => {
  const { data } = randomTensor(shape, kernel, 256);
  const eight = data.map((v) => Math.floor(v + 128) / 255);
  const signed = eight.map((v) => Math.fround(2 * v) - 1);
  const rows = 2 * (shape[2]! + (kernel % 2 ? 0 : 1));
  expect(rowsOfBytes(kernel, eight)).toBe(rows);
  expect(rowsOfBytes(kernel, signed)).toBe(rows);
  expect(rowsOfBytes(kernel, data)).toBe(0);
  // One value of the last row of a plane: windows above it are made of bytes still.
  const spoilt = eight.slice();
  spoilt[39 * 50 + 7] = 0.3;
  expect(rowsOfBytes(kernel, spoilt)).toBe(rows / 2 + 39 - (kernel - 1) + (kernel >> 1));
});
