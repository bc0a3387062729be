import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { agree } from '../../scripts/bench/page/agree';
import { interleaved } from '../../scripts/bench/page/measure';
import { prepare } from '../../scripts/bench/page/ours';
import { plainValue, verdict } from '../../scripts/bench/page/plain';
import { entries } from '../../scripts/bench/page/rows';
import { Random } from '../../scripts/bench/page/work';
import { parse } from '../../src/core/parse';
import { opOf } from '../../src/core/registry';
import { reference } from '../../src/engines/reference';
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

describe('a disagreement', () => {
  const x = new Random(7).values([1, 2, 6, 5]);
  const weight = new Random(8).values([2, 1, 3, 3]);
  const bias = { shape: [2], data: Float32Array.of(1, 2) };
  const filter = { op: 'conv2d', params: { groups: 2, padding: [1, 1, 1, 1] }, weights: { weight, bias } };
  const pool = (op: string) => ({ op, params: { kernelSize: 3, stride: 1, padding: 1 } });
  const norm = { op: 'lpPool2d', params: { kernelSize: 3, stride: 1, normType: 2 } };

  it.each([filter, pool('maxPool2d'), pool('minPool2d'), pool('avgPool2d'), norm])(
    'is settled by plain arithmetic: $op',
    async (step) => {
      const y = await reference.run([prepare(step)], x);
      for (let i = 0; i < y.data.length; i += 7) expect(plainValue([step], x, i)).toBeCloseTo(y.data[i]!, 5);
    },
  );
  it('is not, where a value is no sum or extreme of pixels, or there are several steps', () => {
    expect(plainValue([{ op: 'sigmoid' }], x, 0)).toBeNull();
    expect(plainValue([filter, filter], x, 0)).toBeNull();
  });
  it('says who is wrong', () => {
    const settled = (theirs: number) =>
      agree(nine, plane(1, theirs, 3, 4, 5, 6, 7, 8, 9), 1e-4, 0, (_, a, b) => verdict(2, a, b, 'tfjs'));
    expect(settled(7)).toBe('2 against 7 in plane 0, row 0, column 1; in plain arithmetic it is 2, so tfjs is wrong');
    expect(settled(Number.NaN)).toMatch(/so tfjs is wrong$/);
    expect(verdict(2, 7, 2, 'tfjs')).toMatch(/so ConvScope is wrong$/);
    expect(verdict(2, Number.NaN, 3, 'tfjs')).toMatch(/so ConvScope is wrong$/);
    expect(verdict(null, 7, 2, 'tfjs')).toBe('');
  });
});

describe('repeats, on a clock that only calls move', () => {
  let clock = 0;
  const calls: string[] = [];
  const timed = (name: string, ms: number, cold = ms) => ({
    ...{ name, cold },
    run: () => {
      clock += ms;
      calls.push(name);
    },
  });
  const limits = { budget: 100, mostRounds: 5, fewest: 5, longest: 100 };
  beforeEach(() => {
    calls.length = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => clock);
  });
  afterEach(() => vi.restoreAllMocks());

  it('are in turn, and their median counts', async () => {
    expect(await interleaved([timed('convscope', 4), timed('ort', 8), timed('copy', 3)], limits)).toEqual({
      ...{ convscope: 4, ort: 8, copy: 3 },
    });
    expect(calls.slice(-15)).toEqual(Array(5).fill(['convscope', 'ort', 'copy']).flat());
  });
  it('are not made of a long call far behind the fastest', async () => {
    const ms = await interleaved([timed('convscope', 4), timed('ort', 8), timed('tfjs', 9000)], limits);
    expect(ms).toEqual({ convscope: 4, ort: 8, tfjs: 9000 });
    expect(calls).not.toContain('tfjs');
  });
  it.each([3, 5])('are %i at least, as asked, of a long call near the fastest', async (fewest) => {
    await interleaved([timed('convscope', 200), timed('ort', 210)], { ...limits, fewest });
    expect(calls.slice(-2 * fewest)).toEqual(Array(fewest).fill(['convscope', 'ort']).flat());
  });
  it('of a short call are gathered until the clock can tell', async () => {
    expect((await interleaved([timed('convscope', 0.125), timed('ort', 4)], limits)).convscope).toBe(0.125);
    const last = calls.lastIndexOf('ort');
    expect(calls.slice(calls.lastIndexOf('ort', last - 1) + 1, last)).toHaveLength(20);
  });
});
