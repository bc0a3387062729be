import { describe, expect, it } from 'vitest';
import { adapted } from '../../src/core/adapted';
import { bankOf, channelRead, frameFor, frameOf, sliceOf } from '../../src/core/bank';
import { bankPresets } from '../../src/core/bankPresets';
import type { Bank, KernelField, Matrix } from '../../src/core/op';
import { parse } from '../../src/core/parse';
import { opOf } from '../../src/core/registry';
import type { Scene, Step } from '../../src/core/scene';
import type { Schema } from '../../src/core/schema';
import { parseScene, runScene, trace } from '../../src/core/sequential';
import { type Tensor, zeros } from '../../src/core/tensor';

const fieldOf = (op: string): KernelField<Schema> => {
  const field = opOf(op).weights.weight;
  if (field?.kind !== 'kernel') throw new Error(`${op} has no kernel`);
  return field;
};
const scene = (...steps: Step[]): Scene => ({ version: 1, input: 'unit', steps });

/** Numbers that repeat, from a seed. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return (state % 2000) / 1000 - 1;
  };
}
function picture(channels: number, h: number, w: number, seed: number): Tensor<Float64Array> {
  const x = zeros([1, channels, h, w]);
  const next = numbers(seed);
  for (let i = 0; i < x.data.length; i++) x.data[i] = next();
  return x;
}
function lists(outer: number, inner: number, h: number, w: number, seed: number): number[][][][] {
  const next = numbers(seed);
  const many = <T>(n: number, one: () => T): T[] => Array.from({ length: n }, one);
  return many(outer, () => many(inner, () => many(h, () => many(w, next))));
}

describe('a bank of kernels', () => {
  it.each([
    [5, 3, 1],
    [6, 4, 2],
    [6, 3, 3],
  ])('of %i filters on %i channels in %i groups is the convolution of plain loops (seed 5)', (filters, channels, groups) => {
    const x = picture(channels, 5, 6, 5);
    const per = channels / groups;
    const weight = lists(filters, per, 2, 3, 7);
    const { y } = runScene(scene({ op: 'conv2d', params: { groups }, weights: { weight, bias: 0.25 } }), x);
    expect(y.shape).toEqual([1, filters, 4, 4]);
    let at = 0;
    for (let o = 0; o < filters; o++)
      for (let i = 0; i < 4; i++)
        for (let j = 0; j < 4; j++) {
          let sum = 0.25;
          const first = Math.floor((o * groups) / filters) * per;
          for (let c = 0; c < per; c++)
            for (let u = 0; u < 2; u++)
              for (let v = 0; v < 3; v++) sum += weight[o]![c]![u]![v]! * x.data[((first + c) * 5 + i + u) * 6 + j + v]!;
          expect(y.data[at++]).toBeCloseTo(sum, 12);
        }
  });

  it('of a transposed convolution has inputs first and is stamped by plain loops (seed 9)', () => {
    const x = picture(2, 2, 3, 9);
    const weight = lists(2, 3, 2, 2, 11);
    const { y } = runScene(scene({ op: 'convTranspose2d', params: { stride: 2 }, weights: { weight, bias: [1, 2, 3] } }), x);
    const expected = Array.from({ length: 3 }, (_, o) => Array.from({ length: 4 }, () => new Array<number>(6).fill(o + 1)));
    for (let c = 0; c < 2; c++)
      for (let o = 0; o < 3; o++)
        for (let i = 0; i < 2; i++)
          for (let j = 0; j < 3; j++)
            for (let u = 0; u < 2; u++)
              for (let v = 0; v < 2; v++)
                expected[o]![2 * i + u]![2 * j + v]! += weight[c]![o]![u]![v]! * x.data[(c * 2 + i) * 3 + j]!;
    expect(y.shape).toEqual([1, 3, 4, 6]);
    for (const [k, value] of expected.flat(2).entries()) expect(y.data[k]).toBeCloseTo(value, 12);
  });

  it.each(['conv2d', 'convTranspose2d'])('of equal kernels is what one kernel for all gives (%s, groups 1 and 3)', (op) => {
    const x = picture(3, 4, 4, 3);
    const kernel: Matrix = [
      [1, 2],
      [3, 5],
    ];
    for (const groups of [1, 3]) {
      const params = parse(opOf(op).params, { groups }, op);
      const frame = frameFor(fieldOf(op), x.shape, params, [2, 2]);
      const bank = frame && bankOf(fieldOf(op), frame, () => kernel);
      const one = runScene(scene({ op, params, weights: { weight: kernel } }), x).y;
      const many = runScene(scene({ op, params, weights: { weight: bank ?? [] } }), x).y;
      expect(many).toEqual(one);
    }
  });

  it('survives a scene as JSON, and the number of its filters is the channels of the result', () => {
    const weight = lists(16, 3, 3, 3, 2);
    const read = parseScene(JSON.parse(JSON.stringify(scene({ op: 'conv2d', params: {}, weights: { weight } }))));
    expect(read.steps[0]?.weights?.weight).toEqual(weight);
    expect(trace(read, [1, 3, 10, 10])).toEqual([[1, 16, 8, 8]]);
  });

  it.each<[unknown, RegExp]>([
    [[[[[1]], [[2]]], [[[3]]]], /expected 2 kernels in every list, received 1 in list 2/],
    [[[[[1, 2]]], [[[3]]]], /expected kernels of 1 rows and 2 columns, received 1 rows and 1 columns in kernel 2, 1/],
    [[[[[1, null]]]], /expected numbers only, received null in row 1, column 2 of kernel 1, 1/],
    [[[[1]]], /expected rows of numbers, received \[1\] of kernel 1, 1/],
  ])('%j is refused', (weight, message) => {
    const given = { version: 1, input: 'unit', steps: [{ op: 'conv2d', weights: { weight } }] };
    expect(() => trace(parseScene(given), [1, 1, 8, 8])).toThrow(message);
  });
  it('is refused where an op has one matrix only', () => {
    const given = { version: 1, input: 'unit', steps: [{ op: 'mix1x1', weights: { weight: lists(1, 1, 2, 2, 1) } }] };
    expect(() => parseScene(given)).toThrow(RangeError);
  });
  it('that reads other channels than the picture has is refused with both numbers', () =>
    expect(() => trace(scene({ op: 'conv2d', params: {}, weights: { weight: lists(2, 3, 1, 1, 1) } }), [1, 1, 4, 4])).toThrow(
      'with 1 channels in 1 groups a kernel must read 1 channels, received 3',
    ));
});

describe('filters and channels of a bank', () => {
  it.each([
    ['conv2d', 1],
    ['conv2d', 3],
    ['convTranspose2d', 1],
    ['convTranspose2d', 3],
  ])('are found where they were put (%s, %i groups)', (op, groups) => {
    const field = fieldOf(op);
    const params = parse(opOf(op).params, { groups }, op);
    const frame = frameFor(field, [1, 3, 8, 8], params, [1, 1], 6)!;
    const bank = bankOf(field, frame, (f, c) => [[10 * f + c]]);
    expect(frameOf(field, bank, params)).toEqual(frame);
    for (let f = 0; f < frame.filters; f++)
      for (let c = 0; c < frame.channels; c++) expect(sliceOf(field, bank, frame, f, c)).toEqual([[10 * f + c]]);
    expect(channelRead(frame, 5, 0)).toBe(groups === 3 ? 2 : 0);
  });
  it('are as many as groups divide', () => {
    const field = fieldOf('conv2d');
    const params = parse(opOf('conv2d').params, { groups: 3 }, 'conv2d');
    expect(frameFor(field, [1, 3, 8, 8], params, [3, 3], 16)).toMatchObject({ filters: 18, channels: 1 });
  });
});

describe('weights that follow the settings', () => {
  const x = picture(4, 5, 5, 13);
  const step = (groups: number, weight: Bank): Step => ({ op: 'conv2d', params: { groups }, weights: { weight, bias: 0 } });
  it('joined groups keep the result', () => {
    const parted = step(2, lists(4, 2, 3, 3, 17));
    const joined = adapted({ ...parted, params: { groups: 1 } }, x.shape);
    const [a, b] = [runScene(scene(parted), x).y, runScene(scene(joined), x).y];
    expect(b.shape).toEqual(a.shape);
    for (const [i, v] of a.data.entries()) expect(b.data[i]).toBeCloseTo(v, 12);
  });
  it('parted groups keep the kernels of the channels that stay', () => {
    const weight = lists(4, 4, 1, 1, 19);
    const parted = adapted({ ...step(1, weight), params: { groups: 2 } }, x.shape).weights?.weight;
    expect(parted).toEqual([weight[0]!.slice(0, 2), weight[1]!.slice(0, 2), weight[2]!.slice(2), weight[3]!.slice(2)]);
  });
  it('for a grey picture the channels are summed, and grey is spread over colours', () => {
    const grey = adapted(step(1, [[[[1]], [[2]], [[3]]]]), [1, 1, 5, 5]).weights?.weight;
    expect(grey).toEqual([[[[6]]]]);
    expect(adapted(step(1, [[[[6]]]]), [1, 3, 5, 5]).weights?.weight).toEqual([[[[2]], [[2]], [[2]]]]);
  });
  it('a list of biases gets as long as there are filters', () => {
    const weight = lists(3, 4, 1, 1, 23);
    const more = adapted({ op: 'conv2d', params: {}, weights: { weight, bias: [5] } }, x.shape);
    expect(more.weights?.bias).toEqual([5, 0, 0]);
    expect(trace(scene(more), x.shape)).toEqual([[1, 3, 5, 5]]);
  });
  it('what fits is the very same step, and what cannot fit stays', () => {
    const fine = step(2, lists(4, 2, 3, 3, 29));
    expect(adapted(fine, x.shape)).toBe(fine);
    const odd = { ...fine, params: { groups: 3 } };
    expect(adapted(odd, x.shape)).toBe(odd);
  });
});

describe('bank presets', () => {
  it('have unique names, a sentence, a source, kernels of one size', () => {
    expect(new Set(bankPresets.map(({ name }) => name)).size).toBe(bankPresets.length);
    for (const { filters, kernel, shows, source } of bankPresets) {
      expect(shows).toMatch(/\.$/);
      expect(source).toMatch(/\.$/);
      const sizes = Array.from({ length: filters }, (_, f) => kernel(f, 0, 3)).map((m) => [m.length, m[0]?.length].join());
      expect(new Set(sizes).size).toBe(1);
    }
  });
  it.each(bankPresets.filter(({ name }) => name !== 'heBank').map((preset) => [preset.name, preset] as const))(
    '%s has the same kernel on every channel, a third of it each',
    (_, { kernel, filters }) => {
      for (let f = 0; f < filters; f++) {
        expect(kernel(f, 2, 3)).toEqual(kernel(f, 0, 3));
        const [whole, third] = [kernel(f, 0, 1).flat(), kernel(f, 0, 3).flat()];
        for (const [i, v] of whole.entries()) expect(3 * third[i]!).toBeCloseTo(v, 3);
      }
    },
  );
  it('Kirsch points in eight directions, each a turn of the first, with sum 0', () => {
    const kirsch = bankPresets.find(({ name }) => name === 'compassBank')!;
    const all = Array.from({ length: 8 }, (_, f) => kirsch.kernel(f, 0, 1));
    expect(all[0]).toEqual([
      [5, 5, 5],
      [-3, 0, -3],
      [-3, -3, -3],
    ]);
    expect(all[2]).toEqual([
      [-3, -3, 5],
      [-3, 0, 5],
      [-3, -3, 5],
    ]);
    expect(new Set(all.map(String)).size).toBe(8);
    for (const kernel of all) expect(kernel.flat().reduce((a, b) => a + b, 0)).toBe(0);
  });
});
