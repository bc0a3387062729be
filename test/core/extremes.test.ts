import { describe, expect, it } from 'vitest';
import { starterScene } from '../../src/core/quick';
import { type AnyOp, ops } from '../../src/core/registry';
import { backward, profile, runScene } from '../../src/core/sequential';
import { type Shape, sizeOf, type Tensor } from '../../src/core/tensor';
import { distinct } from '../contract/arbitrary';

const every = Object.values(ops).map((op) => [op.name, op] as const);
const filled = (shape: Shape, value: number): Tensor => ({ shape, data: new Float64Array(sizeOf(shape)).fill(value) });

/** The starter of an op, with other parameters. */
function started(op: AnyOp, params: Readonly<Record<string, unknown>> = {}) {
  const scene = starterScene(op.name);
  return { ...scene, steps: scene.steps.map((step) => ({ ...step, params: { ...step.params, ...params } })) };
}

/** The result, or null where the op refuses it in a sentence. */
function attempt(op: AnyOp, x: Tensor, params?: Readonly<Record<string, unknown>>): Tensor | null {
  try {
    return runScene(started(op, params), x).y;
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    expect(error instanceof Error && error.message).toMatch(/received|but|does not fit|needs/);
    return null;
  }
}

describe('every op', () => {
  it.each(every)('%s keeps an empty batch empty, forwards and backwards', (_, op) => {
    const pass = runScene(started(op), filled([0, 3, 8, 8], 1), { keep: true });
    expect(pass.y.shape[0]).toBe(0);
    const { x } = backward(pass, { of: 'loss', gradient: (y) => filled(y.shape, 1) });
    expect(x.shape).toEqual([0, 3, 8, 8]);
  });
  it.each(every)('%s makes numbers of a picture of one pixel, or says why not', (_, op) => {
    const y = attempt(op, distinct([1, 3, 1, 1], 5));
    if (y) expect(Array.from(y.data).every(Number.isFinite)).toBe(true);
  });
  it.each(every)('%s takes NaN and infinities without an error', (_, op) => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const pass = runScene(started(op), filled([1, 3, 8, 8], value), { keep: true });
      expect(pass.y.data.length).toBeGreaterThan(0);
      if (op.differentiable.includes('x')) backward(pass, { of: 'value', at: 0 });
    }
  });
  it.each(every)('%s lets one NaN spoil at most what its receptive field says', (_, op) => {
    const x = distinct([1, 3, 8, 8], 6);
    const clean = runScene(started(op), x).y;
    const data = Float64Array.from(x.data);
    data[64 + 8 * 3 + 3] = Number.NaN;
    const spoilt = runScene(started(op), { shape: x.shape, data }).y;
    const [step] = profile(started(op), x.shape);
    const width = clean.shape[3] ?? 1;
    const changed = Array.from(spoilt.data.keys()).filter((at) => !Object.is(spoilt.data[at], clean.data[at]));
    for (const at of changed) {
      const { size = 1, jump = 1, start = 0 } = step?.field?.width ?? {};
      const first = start + (at % width) * jump;
      expect([Math.floor(first) <= 3, Math.ceil(first + size - 1) >= 3]).toEqual([true, true]);
    }
  });
  it.each(every.filter(([, op]) => 'stride' in op.params && op.family !== 'convolution'))(
    '%s with a stride of 1024 reads its first window, or says why not',
    (_, op) => {
      const y = attempt(op, distinct([1, 3, 8, 8], 7), { stride: 1024, ceilMode: undefined });
      if (y && op.name !== 'zeroInsert' && op.name !== 'maxUnpool2d') expect(y.shape).toEqual([1, 3, 1, 1]);
    },
  );
  it.each(every)('%s says how it reaches into the picture where its result has another size', (_, op) => {
    const scene = started(op);
    const { y } = runScene(scene, distinct([1, 3, 8, 8], 8));
    if (y.shape[2] !== 8 || y.shape[3] !== 8) expect(op.reach).toBeTypeOf('function');
  });
});

const functions = every.filter(([, op]) => op.family === 'activation' && Object.keys(op.weights).length === 0);
/** Comparisons: torch's heaviside and threshold too take the branch that a comparison with NaN takes. */
const comparisons = ['binaryStep', 'threshold'];

describe('activations', () => {
  it.each(functions.filter(([name]) => !comparisons.includes(name)))('%s keeps NaN', (_, op) => {
    expect(Array.from(runScene(started(op), filled([1, 1, 2, 2], Number.NaN)).y.data)).toEqual(new Array(4).fill(Number.NaN));
  });
});
