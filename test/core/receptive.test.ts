import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../../src/core/parse';
import { starterScene } from '../../src/core/quick';
import { pixelsBehind } from '../../src/core/receptive';
import { type AnyOp, ops } from '../../src/core/registry';
import type { Scene } from '../../src/core/scene';
import { profile, totalCost, weightsOf } from '../../src/core/sequential';
import { type Shape, sizeOf, type Tensor, zeros } from '../../src/core/tensor';
import { distinct, paramsOf, shape } from '../contract/arbitrary';

const scene = (...steps: Scene['steps']): Scene => ({ version: 1, input: 'unit', steps });
const ones = (size: number) => Array.from({ length: size }, () => new Array<number>(size).fill(1));
const conv = (kernel: number, params: Record<string, unknown> = {}) => ({
  op: 'conv2d',
  params,
  weights: { weight: ones(kernel) },
});
const pool = (params: Record<string, unknown>) => ({ op: 'maxPool2d', params });

describe('the profile of a scene', () => {
  it('adds up the receptive field of VGG’s first two blocks to 16 pixels, 4 apart', () => {
    const block = [conv(3, { padding: 1 }), conv(3, { padding: 1 }), pool({ kernelSize: 2 })];
    const fields = profile(scene(...block, ...block), [1, 1, 32, 32]).map(({ field }) => field?.width);
    expect(fields.map((field) => field?.size)).toEqual([3, 5, 6, 10, 14, 16]);
    expect(fields.map((field) => field?.jump)).toEqual([1, 1, 2, 2, 2, 4]);
    expect(fields.map((field) => field?.start)).toEqual([-1, -2, -2, -4, -6, -6]);
  });
  it('tells height from width', () => {
    const [step] = profile(
      scene(pool({ kernelSize: [2, 3], dilation: [1, 4], stride: [5, 1], padding: [1, 0] })),
      [1, 3, 20, 20],
    );
    expect(step?.field).toEqual({ height: { size: 2, jump: 5, start: -1 }, width: { size: 9, jump: 1, start: 0 } });
  });
  it('leaves the field alone where every value comes from its own place', () => {
    const [before, after] = profile(scene(conv(3), { op: 'relu', params: {} }), [1, 3, 9, 9]);
    expect(after?.field).toEqual(before?.field);
  });
  it('narrows the distance of neighbours when upsampling', () => {
    const [, last] = profile(scene({ op: 'interpolate', params: { scaleFactor: 2 } }, conv(3)), [1, 1, 8, 8]);
    expect(last?.field?.width).toMatchObject({ size: 2, jump: 0.5 });
  });
  it('sees the whole picture behind the statistics of a batch', () => {
    const [step] = profile(scene({ op: 'batchNorm', params: { training: true } }), [1, 3, 7, 11]);
    expect([step?.field?.height.size, step?.field?.width.size]).toEqual([7, 11]);
  });
  it('counts parameters, multiply-accumulates and bytes', () => {
    const profiles = profile(scene(conv(3), { op: 'relu', params: {} }), [1, 3, 5, 6]);
    expect(profiles.map(({ shape }) => shape)).toEqual([
      [1, 1, 3, 4],
      [1, 1, 3, 4],
    ]);
    expect(profiles[0]).toMatchObject({ macs: 12 * 27, parameters: 28, bytes: 4 * (90 + 28 + 12) });
    expect(totalCost(profiles)).toEqual({ macs: 12 * 27, parameters: 28, bytes: 4 * (90 + 28 + 12) + 4 * 24 });
  });
  it('refuses what does not fit, with the step', () => {
    expect(() => profile(scene(pool({}), pool({ kernelSize: 9 })), [1, 1, 8, 8])).toThrow(/^step 2: maxPool2d/);
  });
  it.each(Object.keys(ops))('of %s starts on a photograph', (name) => {
    const [step] = profile(starterScene(name), [1, 3, 300, 451]);
    expect(Object.values(step?.field?.width ?? { size: 1 }).every(Number.isFinite)).toBe(true);
  });
});

describe('a pixel outside of the receptive field has no gradient, seed 77', () => {
  it.each(Object.values(ops).map((op) => [op.name, op] as const))('of %s', (_, op) => {
    let ran = 0;
    fc.assert(
      fc.property(paramsOf(op), shape, fc.integer({ min: 1, max: 4 }), fc.nat(9999), (raw, xShape, side, pick) => {
        const params = parse(op.params, raw, op.name);
        const inputs = filled(op, params, distinct(xShape, pick), side);
        if (!inputs || !op.differentiable.includes('x')) return;
        const shapes = Object.fromEntries(Object.entries(inputs).map(([name, { shape: s }]) => [name, s]));
        const y = op.infer(shapes, params);
        if (sizeOf(y) === 0 || sizeOf(y) > 20000 || y.length !== 4) return;
        const at = pick % sizeOf(y);
        const [row, column] = [Math.floor(at / y[3]!) % y[2]!, at % y[3]!];
        const reach = op.reach?.(shapes, params);
        const same = { size: 1, jump: 1, start: 0 };
        const down = pixelsBehind(reach?.height ?? same, row, xShape[2]!);
        const across = pixelsBehind(reach?.width ?? same, column, xShape[3]!);
        if (
          wraps(params) &&
          !(inside(reach?.height ?? same, row, xShape[2]!) && inside(reach?.width ?? same, column, xShape[3]!))
        )
          return;
        const dx = gradientOf(op, params, inputs, y, at);
        ran += 1;
        dx.data.forEach((value, k) => {
          if (value === 0) return;
          const [i, j] = [Math.floor(k / xShape[3]!) % xShape[2]!, k % xShape[3]!];
          expect([holds(down, i), holds(across, j)]).toEqual([true, true]);
        });
      }),
      { seed: 77, numRuns: 300 },
    );
    if (op.differentiable.includes('x')) expect(ran).toBeGreaterThan(10);
  });
});

/** Borders made of the picture itself are read where they were copied from. */
const wraps = ({ paddingMode, mode }: ReturnType<typeof parse>) =>
  ['reflect', 'replicate', 'circular'].includes(String(paddingMode ?? mode ?? 'zeros'));
const inside = ({ size, jump, start }: { size: number; jump: number; start: number }, at: number, length: number) =>
  start + at * jump >= 0 && start + at * jump + size <= length;
const holds = (range: readonly [number, number] | null, at: number) => range !== null && at >= range[0] && at <= range[1];

function filled(op: AnyOp, params: ReturnType<typeof parse>, x: Tensor, side: number): Record<string, Tensor> | null {
  const kernels = Object.entries(op.weights).filter(([, field]) => field.kind === 'kernel');
  try {
    const weights = weightsOf(op, { weights: Object.fromEntries(kernels.map(([name]) => [name, ones(side)])) }, params, x.shape);
    const inputs = { x, ...weights };
    op.infer(Object.fromEntries(Object.entries(inputs).map(([name, t]) => [name, t.shape])), params);
    return inputs;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function gradientOf(op: AnyOp, params: ReturnType<typeof parse>, inputs: Record<string, Tensor>, y: Shape, at: number): Tensor {
  const dy = zeros(y);
  dy.data[at] = 1;
  const grads = Object.fromEntries(op.differentiable.map((name) => [name, zeros(inputs[name]!.shape)]));
  op.backward(inputs, params, dy, grads);
  return grads.x!;
}
