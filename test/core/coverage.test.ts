import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../../src/core/parse';
import { opOf } from '../../src/core/registry';
import type { Step } from '../../src/core/scene';
import { coverageIn, coverageOf, readsOfPlane, shapesOf } from '../../src/core/sequential';
import { placeOf, type Shape, sizeOf } from '../../src/core/tensor';
import { paramsOf, shape } from '../contract/arbitrary';

const across = (step: Step, width: number) => coverageOf(step, [1, 1, 1, width]).width;
const pool = (params: Record<string, unknown>): Step => ({ op: 'maxPool2d', params });

describe('coverage', () => {
  it('finds the positions that rounding down leaves unread', () => {
    const { reads, unread } = across(pool({ kernelSize: [1, 3], stride: 3 }), 8);
    expect(Array.from(reads)).toEqual([1, 1, 1, 1, 1, 1, 0, 0]);
    expect(unread).toEqual([6, 7]);
  });
  it('finds the positions between strides and between the taps of a dilated window', () => {
    expect(across(pool({ kernelSize: [1, 1], stride: [1, 3] }), 7).unread).toEqual([1, 2, 4, 5]);
    expect(across(pool({ kernelSize: [1, 2], stride: [1, 4], dilation: [1, 2] }), 7).unread).toEqual([1, 3, 5]);
  });
  it('says what ceil mode invents', () => {
    const { invented, unread, feeds } = across(pool({ kernelSize: [1, 3], ceilMode: true }), 7);
    expect([invented, unread, Array.from(feeds)]).toEqual([2, [], [3, 3, 1]]);
  });
  it('counts overlaps of windows, pixels inside more often than at the border', () => {
    const coverage = coverageOf(pool({ kernelSize: 2, stride: 1 }), [1, 1, 3, 3]);
    expect(Array.from(readsOfPlane(coverage))).toEqual([1, 2, 1, 2, 4, 2, 1, 2, 1]);
  });
  it('sees the border read more often when it is repeated', () => {
    const step = { op: 'conv2d', params: { padding: [0, 0, 1, 1], paddingMode: 'replicate' }, weights: { weight: [[1, 1, 1]] } };
    expect(Array.from(across(step, 4).reads)).toEqual([3, 3, 3, 3]);
    expect(Array.from(across({ ...step, params: { padding: [0, 0, 1, 1] } }, 4).feeds)).toEqual([2, 3, 3, 2]);
  });
  it('is one of each for an op that works value by value', () => {
    const { width } = coverageOf({ op: 'relu', params: {} }, [1, 3, 2, 3]);
    expect([Array.from(width.reads), Array.from(width.feeds), width.unread]).toEqual([[1, 1, 1], [1, 1, 1], []]);
  });
  it('skips pixels when nearest shrinks', () => {
    expect(across({ op: 'interpolate', params: { scaleFactor: [1, 0.5] } }, 8).unread).toEqual([1, 3, 5, 7]);
  });
  it('shows the checkerboard of a transposed convolution: kernel 3, stride 2', () => {
    const step = { op: 'convTranspose2d', params: { stride: [1, 2] }, weights: { weight: [[1, 1, 1]] } };
    expect(Array.from(across(step, 4).feeds)).toEqual([1, 1, 2, 1, 2, 1, 2, 1, 1]);
  });
  it('of an unpooling goes by the pool that stored where its maxima were', () => {
    const steps: Step[] = [pool({ kernelSize: 2 }), { op: 'maxUnpool2d', params: { kernelSize: 2 } }];
    const { width } = coverageIn(steps, 1, [
      [1, 1, 6, 7],
      [1, 1, 3, 3],
    ]);
    expect([Array.from(width.reads), Array.from(width.feeds)]).toEqual([
      [2, 2, 2],
      [1, 1, 1, 1, 1, 1, 0],
    ]);
  });
  it('refuses a step that does not fit', () => {
    expect(() => across(pool({ kernelSize: 9 }), 4)).toThrow(RangeError);
  });
});

const separable = ['conv2d', 'maxPool2d', 'avgPool2d', 'convTranspose2d', 'minPool2d', 'medianPool2d', 'lpPool2d'];

describe('coverage along the axes counts what explanations of all outputs name, seed 78', () => {
  it.each(separable)('of %s', (name) => {
    const op = opOf(name);
    let ran = 0;
    fc.assert(
      fc.property(paramsOf(op), shape, (raw, xShape) => {
        const step: Step = { op: name, params: raw };
        let coverage: ReturnType<typeof coverageOf>;
        try {
          coverage = coverageOf(step, xShape);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
          return;
        }
        const params = parse(op.params, raw, name);
        const shapes = shapesOf(op, step, params, xShape);
        const y = op.infer(shapes, params);
        if (sizeOf(y) === 0 || sizeOf(y) > 3000) return;
        ran += 1;
        // Output (0, 0) reads the channels of its own group; the first of them stands for all.
        expect(Array.from(readsOfPlane(coverage))).toEqual(explained(op.explain.bind(op), params, shapes, y, xShape));
      }),
      { seed: 78, numRuns: 250 },
    );
    expect(ran).toBeGreaterThan(20);
  });
});

function explained(
  explain: ReturnType<typeof opOf>['explain'],
  params: ReturnType<typeof parse>,
  shapes: Readonly<Record<string, Shape>>,
  y: Shape,
  x: Shape,
): number[] {
  const [, , h = 1, w = 1] = x;
  const counts = new Array<number>(h * w).fill(0);
  for (let at = 0; at < y[2]! * y[3]!; at++) {
    for (const term of explain(params, shapes, at).terms) {
      if (term.x === null) continue;
      const [n, c, i, j] = placeOf(x, term.x);
      if (n === 0 && c === 0) counts[i * w + j]! += 1;
    }
  }
  return counts;
}
