import { describe, expect, it } from 'vitest';
import { agree } from '../../scripts/bench/page/agree';
import { interleaved } from '../../scripts/bench/page/measure';
import { entries } from '../../scripts/bench/page/rows';
import { Random } from '../../scripts/bench/page/work';
import { parse } from '../../src/core/parse';
import { opOf } from '../../src/core/registry';
import { model } from '../differential/onnx';

describe.each(entries.filter(({ bytes }) => !bytes))('$name', ({ sizes, make, threads }) => {
  it('is a computation of ours at each of its sizes, with its weights', () => {
    for (const { shape } of sizes) {
      let x = shape;
      for (const { op, params = {}, weights = {} } of make(shape, new Random(1)).steps) {
        const known = opOf(op);
        const shapes = Object.fromEntries(Object.entries(weights).map(([name, weight]) => [name, weight.shape]));
        x = known.infer({ x, ...shapes }, parse(known.params, params, op));
      }
      expect(x.every((d) => d > 0)).toBe(true);
    }
  });
  it('has a graph whose inputs are all there', () => {
    const { ort } = make(sizes[0]!.shape, new Random(1));
    if (!ort) return;
    const made = new Set(['x', '', ...(ort.constants ?? []).map(({ name }) => name)]);
    for (const { inputs, outputs } of ort.nodes) {
      expect(inputs.filter((name) => !made.has(name))).toEqual([]);
      for (const name of outputs) made.add(name);
    }
    expect(made.has('y')).toBe(true);
    expect(model({ ...ort, constants: ort.constants ?? [], inputs: [], outputs: ['y'] }).length).toBeGreaterThan(0);
  });
  if (threads !== undefined)
    it('has the size that two threads get', () => expect(sizes.map(({ label }) => label)).toContain(threads));
});

it('rows have different names', () => {
  expect(new Set(entries.map(({ name }) => name)).size).toBe(entries.length);
});

const plane = (...data: number[]) => ({ shape: [1, 1, 3, 3], data: Float32Array.from(data) });
const nine = plane(1, 2, 3, 4, 5, 6, 7, 8, 9);

it('results agree within the tolerance of the largest value, and NaN never does', () => {
  expect(agree(nine, plane(1, 2, 3, 4, 5.0008, 6, 7, 8, 9), 1e-4)).toBeNull();
  expect(agree(nine, plane(1, 2, 3, 4, 5.001, 6, 7, 8, 9), 1e-4)).toMatch(/^5 against 5\.00\d+ in plane 0, row 1, column 1$/);
  expect(agree(nine, plane(1, 2, 3, 4, Number.NaN, 6, 7, 8, 9), 1e-4)).toMatch(/NaN/);
});
it('a margin is not compared, a shape always is', () => {
  expect(agree(nine, plane(0, 0, 0, 0, 5, 0, 0, 0, 0), 1e-4, 1)).toBeNull();
  expect(agree(nine, { shape: [1, 1, 1, 9], data: nine.data }, 1e-4)).toBe('expected [1, 1, 3, 3], received [1, 1, 1, 9]');
});

it('libraries take turns, and a long call is made no more', async () => {
  const calls: string[] = [];
  const timed = (name: string, cold = 0) => ({ name, cold, run: () => calls.push(name) });
  const ms = await interleaved([timed('convscope'), timed('ort'), timed('tfjs', 9000)], {
    ...{ budget: 1, mostRounds: 5, longest: 100 },
  });
  expect(Object.keys(ms).sort()).toEqual(['convscope', 'ort', 'tfjs']);
  expect(ms.tfjs).toBe(9000);
  expect(calls).not.toContain('tfjs');
  const turns = calls.filter((name, i) => name !== calls[i - 1]);
  expect(turns.length).toBeGreaterThanOrEqual(10);
});
