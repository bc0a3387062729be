import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../../src/core/parse';
import { starterScene } from '../../src/core/quick';
import { opOf, ops } from '../../src/core/registry';
import type { Step } from '../../src/core/scene';
import {
  hasScheme,
  numbersOf,
  rippleOf,
  type Scheme,
  type SchemeAxis,
  schemeOf,
  smallest,
  unfolded,
} from '../../src/core/scheme';
import { runScene, sizesOf } from '../../src/core/sequential';
import { placeOf, type Shape, sizeOf, type Tensor } from '../../src/core/tensor';
import { shapesOf } from '../../src/core/weights';
import { distinct, paramsOf, shape } from '../contract/arbitrary';

const windowed = Object.values(ops).filter(hasScheme);
const conv = (params: Record<string, unknown>, side = 3): Step => ({
  op: 'conv2d',
  params,
  weights: { weight: Array.from({ length: side }, () => new Array<number>(side).fill(1)) },
});

/** What a step does not fit is left out; anything but a RangeError is a fault. */
function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    return null;
  }
}

/** The pixels that a scheme shows behind an output, as `row,column`. */
function shownBehind({ height, width }: Scheme, i: number, j: number): string[] {
  const along = (axis: SchemeAxis, at: number) => axis.links.filter(({ output }) => output === at).map(({ input }) => input);
  const found = along(height, i).flatMap((r) => along(width, j).flatMap((s) => (r < 0 || s < 0 ? [] : [`${r},${s}`])));
  return [...new Set(found)].sort();
}

describe('the pixels that a scheme shows behind an output are those that its explanation names, seed 411', () => {
  it.each(windowed.map((op) => [op.name, op] as const))('of %s', (_, op) => {
    let ran = 0;
    fc.assert(
      fc.property(paramsOf(op), shape, fc.nat(9999), (raw, x, pick) => {
        const step: Step = { op: op.name, params: raw };
        const params = parse(op.params, raw, op.name);
        const scheme = attempt(() => schemeOf(step, x));
        if (!scheme || sizeOf(scheme.y) === 0 || sizeOf(scheme.y) > 20000) return;
        // Torch's own flaw: an antialiased result one pixel wide repeats its first row (src/core/ops/interpolate.ts).
        if ((raw.antialias === true || raw.mode === 'lanczos') && scheme.y[3] === 1) return;
        ran += 1;
        const shapes = shapesOf(op, step, params, x);
        const [, filters = 1, oh = 1, ow = 1] = scheme.y;
        const [i, j] = [pick % oh, Math.floor(pick / 7) % ow];
        const named = new Set<string>();
        for (let filter = 0; filter < filters; filter++) {
          const given = Object.keys(op.weights).length === 0 ? { x: distinct(x, pick) } : undefined;
          for (const term of op.explain(params, shapes, (filter * oh + i) * ow + j, given).terms) {
            if (term.x === null) continue;
            const [, , r, s] = placeOf(x, term.x);
            named.add(`${r},${s}`);
          }
        }
        expect(shownBehind(scheme, i, j)).toEqual([...named].sort());
      }),
      { seed: 411, numRuns: 250 },
    );
    expect(ran).toBeGreaterThan(20);
  });
});

describe('a scheme', () => {
  it('lays padding around the input, and taps of the first window on it', () => {
    const { width } = schemeOf(conv({ padding: [0, 0, 2, 1] }), [1, 1, 3, 5]);
    expect([width.first, width.last, width.before, width.after]).toEqual([-2, 5, 2, 1]);
    expect(width.links.filter(({ output }) => output === 0)).toEqual([
      { output: 0, input: -1, tap: 0, place: -2 },
      { output: 0, input: -1, tap: 1, place: -1 },
      { output: 0, input: 0, tap: 2, place: 0 },
    ]);
  });
  it('says which pixel a reflected border copies', () => {
    const { width } = schemeOf(conv({ padding: [0, 0, 2, 0], paddingMode: 'reflect' }), [1, 1, 3, 5]);
    expect(width.links.filter(({ place }) => place < 0).map(({ place, input }) => [place, input])).toEqual([
      [-2, 2],
      [-1, 1],
      [-1, 1],
    ]);
  });
  it('reaches beyond the padding in ceil mode', () => {
    const { width } = schemeOf({ op: 'maxPool2d', params: { kernelSize: 3, stride: 3, ceilMode: true } }, [1, 1, 3, 7]);
    expect([width.outputs, width.after, width.last]).toEqual([3, 0, 8]);
  });
  it('refuses a step that works value by value', () => {
    expect(() => schemeOf({ op: 'relu', params: {} }, [1, 1, 3, 3])).toThrow(/relu: expected an op that reads windows/);
  });
  it('says where between the pixels a resampled output comes from', () => {
    const step = { op: 'interpolate', params: { mode: 'bilinear', scaleFactor: 2 } };
    const sources = (params: Record<string, unknown>, outputs: readonly number[]) => {
      const numbers = numbersOf({ ...step, params: { ...step.params, ...params } }, [1, 1, 4, 4]);
      return outputs.map((output) => numbers?.explain(output).source?.[1]);
    };
    expect(sources({}, [1, 2, 3])).toEqual([0.25, 0.75, 1.25]);
    expect(sources({ alignCorners: true }, [0, 7])).toEqual([0, 3]);
  });
});

describe('the smallest input that shows a pattern', () => {
  it.each(windowed.map((op) => [op.name]))('of %s on a photograph is small, and leaves over what the photograph does', (name) => {
    const scene = starterScene(name);
    const photograph: Shape = [1, 3, 300, 451];
    const small = smallest(scene.steps[0]!, photograph);
    if (!small) return;
    expect(Math.max(...small.slice(2))).toBeLessThanOrEqual(96);
    const [own, shown] = [sizesOf(scene, photograph, 0), sizesOf(scene, small, 0)];
    expect([shown?.height.unread, shown?.width.unread]).toEqual([own?.height.unread, own?.width.unread]);
  });
  it('keeps the remainder that the stride leaves: 451 columns at stride 6', () => {
    const step = { op: 'maxPool2d', params: { kernelSize: 6, stride: 6 } };
    expect(smallest(step, [1, 3, 300, 451])).toEqual([1, 3, 18, 19]);
  });
  it('shows three windows', () => {
    expect(smallest(conv({}), [1, 3, 300, 451])).toEqual([1, 3, 5, 5]);
    expect(smallest(conv({ padding: 1 }), [1, 3, 300, 451])).toEqual([1, 3, 3, 3]);
  });
  it('has longer windows than one pixel where the number of outputs is given, and two windows around a place that they decide over', () => {
    const adaptive = smallest({ op: 'adaptiveAvgPool2d', params: { outputSize: [4, 5] } }, [1, 3, 300, 451]);
    expect(adaptive?.slice(2)).toEqual([8, 10]);
    expect(smallest({ op: 'maxUnpool2d', params: {} }, [1, 3, 300, 451])?.slice(2)).toEqual([6, 6]);
  });
  it('is no larger than the picture', () => {
    expect(smallest(conv({}), [1, 1, 4, 3])).toEqual([1, 1, 4, 3]);
  });
  it('is none where a window spans more than can be drawn', () => {
    expect(smallest(conv({ dilation: 60 }), [1, 3, 300, 451])).toBeNull();
  });
});

describe('unfolded, a transposed convolution makes the same values, seed 412', () => {
  const op = opOf('convTranspose2d');
  const run = (steps: readonly Step[], x: Tensor) => runScene({ version: 1, input: 'unit', steps: [...steps] }, x).y;
  it.each([
    ['with one matrix for all', false],
    ['with a bank of kernels', true],
  ])('%s', (_, banked) => {
    let ran = 0;
    fc.assert(
      fc.property(paramsOf(op), shape, fc.integer({ min: 1, max: 3 }), fc.nat(9999), (raw, xShape, side, pick) => {
        const groups = Number(raw.groups);
        const [, channels = 1] = xShape;
        const cell = (k: number) => ((k * 37 + pick) % 17) - 8;
        const matrix = (k: number) => Array.from({ length: side }, (_, i) => [cell(k + 3 * i), cell(k + 3 * i + 1)]);
        const bank = Array.from({ length: channels }, (_, c) => [matrix(20 * c), matrix(20 * c + 10)]);
        const bias = banked ? Array.from({ length: 2 * groups }, (_, o) => o - 1) : 0.5;
        if (groups > 8) return;
        const step: Step = { op: op.name, params: raw, weights: { weight: banked ? bank : matrix(0), bias } };
        const x = distinct(xShape, pick);
        const expected = attempt(() => run([step], x));
        if (!expected || expected.data.length > 50000) return;
        const simpler = unfolded(step, xShape);
        const got = simpler && attempt(() => run([...simpler.before, simpler.last], x));
        // Cropping may not leave less than one pixel, which the transposed convolution can where output padding gives one back.
        if (!got) return;
        ran += 1;
        expect(got.shape).toEqual(expected.shape);
        got.data.forEach((value, k) => {
          expect(Math.abs(value - expected.data[k]!)).toBeLessThan(1e-12);
        });
      }),
      { seed: 412, numRuns: 400 },
    );
    expect(ran).toBeGreaterThan(30);
  });
  it('does not concern ops that slide windows themselves', () => {
    expect(unfolded(conv({}), [1, 1, 5, 5])).toBeNull();
  });
});

describe('numbers in the cells', () => {
  it('are whole digits, and the products of the terms add up to the output', () => {
    const step = {
      ...conv({ stride: 2, padding: [1, 0, 1, 0] }),
      weights: {
        weight: [
          [1, -2],
          [3, 0.5],
        ],
      },
    };
    const numbers = numbersOf(step, [1, 1, 5, 6]);
    expect(numbers?.x.data.every((v) => Number.isInteger(v) && v >= 0 && v <= 9)).toBe(true);
    numbers?.y.data.forEach((value, at) => {
      const sum = numbers
        .explain(at)
        .terms.reduce(
          (total, { x, weight = 0 }) =>
            total + (x === null ? 0 : numbers.x.data[x]! * (numbers.weights.weight?.data[weight] ?? 0)),
          0,
        );
      expect(sum).toBe(value);
    });
  });
  it('are left out where they would take long', () => {
    expect(numbersOf(conv({ groups: 1 }, 3), [1, 2048, 90, 90])).toBeNull();
  });
});

describe('steps that overlap evenly', () => {
  const op = opOf('convTranspose2d');
  const cures = (params: Record<string, unknown>, side: number) => {
    const step = {
      op: op.name,
      params,
      weights: { weight: Array.from({ length: side }, () => new Array<number>(side).fill(1)) },
    };
    const x = [1, 2, 9, 9];
    const parsed = parse(op.params, params, op.name);
    return { step, x, found: op.evened?.(shapesOf(op, step, parsed, x), parsed, step.weights) ?? [] };
  };
  const feedsInside = (step: Step, x: Shape) => {
    const { width } = schemeOf(step, x);
    const counts = new Map<number, number>();
    for (const { output, input } of width.links) if (input >= 0) counts.set(output, (counts.get(output) ?? 0) + 1);
    const third = Math.floor(width.outputs / 3);
    return new Set(Array.from({ length: width.outputs - 2 * third }, (_, i) => counts.get(third + i)));
  };
  it.each([
    [2, 3, 1, 1],
    [2, 3, 0, 0],
    [3, 4, 1, 2],
    [3, 5, 2, 0],
    [4, 6, 1, 3],
  ])(
    'stand in for stride %i, kernel %i, padding %i, output padding %i, with the same size',
    (stride, side, padding, outputPadding) => {
      const { step, x, found } = cures({ stride, padding, outputPadding, groups: 2 }, side);
      expect(feedsInside(step, x).size).toBeGreaterThan(1);
      expect(found.map(({ by }) => by)).toEqual(['kernel', 'resize']);
      const [kernel, resize] = found;
      expect(kernel?.kernel).toEqual([Math.ceil(side / stride) * stride, Math.ceil(side / stride) * stride]);
      expect(feedsInside(kernel!.steps[0]!, x).size).toBe(1);
      const size = (steps: readonly Step[]) => runScene({ version: 1, input: 'unit', steps: [...steps] }, distinct(x, 3)).y.shape;
      expect(size(kernel!.steps)).toEqual(size([step]));
      expect(size(resize!.steps)).toEqual([1, 2, 9 * stride, 9 * stride]);
    },
  );
  it('have weights of the same sum, and leave an even picture even where the widening is as long as the stride', () => {
    const { found, x } = cures({ stride: 2, padding: 1, outputPadding: 1 }, 3);
    const [kernel, resize] = found;
    const sum = (step: Step | undefined) => [step?.weights?.weight ?? 0].flat(4).reduce((a: number, b) => a + Number(b), 0);
    expect(sum(kernel?.steps[0])).toBeCloseTo(9, 12);
    expect(sum(resize?.steps[1])).toBeCloseTo(9 / 4, 12);
    expect(rippleOf(kernel!.steps[0]!, x)).toBeLessThan(1e-12);
  });
  it('are none where the stride divides the kernel', () => {
    expect(cures({ stride: 2, padding: 1 }, 4).found).toEqual([]);
  });
});

describe('how uneven an even picture comes out', () => {
  const stamped = (weight: readonly (readonly number[])[]): Step => ({
    op: 'convTranspose2d',
    params: { stride: 2 },
    weights: { weight },
  });
  it('is three quarters under ones of 3 × 3 at stride 2, where 1 to 4 stamps overlap', () => {
    expect(
      rippleOf(
        stamped([
          [1, 1, 1],
          [1, 1, 1],
          [1, 1, 1],
        ]),
        [1, 1, 9, 9],
      ),
    ).toBe(0.75);
  });
  it('is nothing under the weights of bilinear enlargement, which overlap as unevenly', () => {
    expect(
      rippleOf(
        stamped([
          [0.25, 0.5, 0.25],
          [0.5, 1, 0.5],
          [0.25, 0.5, 0.25],
        ]),
        [1, 1, 9, 9],
      ),
    ).toBe(0);
  });
});
