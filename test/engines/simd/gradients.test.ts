import { describe, expect, it } from 'vitest';
import type { Prepared } from '../../../src/engines/engine';
import { backwardParity, openGuarded, randomTensor, stepOf } from './engine';

const engine = await openGuarded();

/** The worst gradient of a step on random pictures, as a share of what float32 sums of `products` products of values in ±1 may be off. */
function error(step: Prepared, shape: readonly number[], products: number): Promise<number> {
  const shapes = Object.fromEntries(Object.entries(step.weights).map(([name, { shape: own }]) => [name, own]));
  const dy = randomTensor(step.op.infer({ x: shape, ...shapes }, step.params), 2);
  return backwardParity(engine, step, randomTensor(shape, 1), dy, { atol: (16 + 0.75 * products) * 2 ** -24, rtol: 4e-7 });
}

function conv(
  channels: number,
  outputs: number,
  [kh, kw]: readonly [number, number],
  params: Readonly<Record<string, unknown>> = {},
): Prepared {
  const groups = typeof params.groups === 'number' ? params.groups : 1;
  const weight = randomTensor([outputs, channels / groups, kh, kw], channels + 31 * outputs + kh);
  return stepOf('conv2d', params, { weight, bias: randomTensor([outputs], outputs) });
}

describe('gradients of a convolution', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('agree with the reference for %i outputs and every tail length', async (outputs) => {
    for (let w = 1; w <= 20; w++)
      expect(await error(conv(3, outputs, [3, 3], { padding: [1, 1, 1, 1] }), [1, 3, 4, w], 72), `${w} wide`).toBeLessThanOrEqual(
        1,
      );
  });
  it.each(['zeros', 'reflect', 'replicate', 'circular'])(
    'give padding back to the pixels that it repeats: %s',
    async (paddingMode) => {
      for (const stride of [1, 2, 3]) {
        const step = conv(4, 6, [4, 5], { padding: [3, 1, 2, 4], paddingMode, stride: [stride, 4 - stride] });
        expect(await error(step, [2, 4, 11, 23], 400), `stride ${stride}`).toBeLessThanOrEqual(1);
      }
    },
  );
  it('take strides, dilations, groups and flipped kernels', async () => {
    for (const [stride, dilation, groups, flip] of [
      [[2, 2], [1, 1], 1, false],
      [[3, 2], [2, 3], 2, true],
      [[1, 1], [2, 9], 4, false],
      [[5, 4], [1, 1], 1, true],
      [[2, 4], [4, 2], 1, false],
    ] as const) {
      const step = conv(4, 8, [3, 3], { stride, dilation, groups, flip, padding: [2, 1, 9, 9] });
      expect(await error(step, [2, 4, 19, 37], 400), `stride ${stride}, dilation ${dilation}`).toBeLessThanOrEqual(1);
    }
  });
  it('are 0 where a long stride leaves pixels out', async () => {
    expect(await error(conv(2, 3, [1, 2], { stride: [3, 5] }), [1, 2, 20, 31], 100)).toBeLessThanOrEqual(1);
  });
  it('take one channel by itself', async () => {
    const step = conv(6, 12, [3, 5], { groups: 6, padding: [1, 1, 2, 2] });
    expect(await error(step, [2, 6, 21, 40], 400)).toBeLessThanOrEqual(1);
  });
  it('take many channels, in parts, and pictures of many tiles, by Winograd or not', async () => {
    expect(await error(conv(70, 40, [3, 3], { padding: [1, 1, 1, 1] }), [2, 70, 20, 22], 6000)).toBeLessThanOrEqual(1);
    expect(await error(conv(3, 4, [5, 5], { padding: [2, 2, 2, 2] }), [1, 3, 60, 1000], 4000)).toBeLessThanOrEqual(1);
    expect(await error(conv(2, 3, [33, 31], { padding: [16, 16, 15, 15] }), [1, 2, 20, 50], 4000)).toBeLessThanOrEqual(1);
  });
  it('are 0 for an empty batch', async () => {
    expect(await error(conv(3, 4, [3, 3]), [0, 3, 9, 9], 1)).toBe(0);
  });
  it('are refused where phases of the stride are too many, with their number', () => {
    const step = conv(1, 1, [40, 40], { stride: [40, 40] });
    expect(engine.judgeBackward(step, { shape: [1, 1, 80, 80] })).toEqual({ runs: false, why: expect.stringMatching(/1600/) });
  });
});

describe('gradients of a transposed convolution', () => {
  const transposed = (
    channels: number,
    outputs: number,
    [kh, kw]: readonly [number, number],
    params: Readonly<Record<string, unknown>> = {},
  ): Prepared => {
    const groups = typeof params.groups === 'number' ? params.groups : 1;
    const weight = randomTensor([channels, outputs / groups, kh, kw], channels + 31 * outputs + kh);
    return stepOf('convTranspose2d', params, { weight, bias: randomTensor([outputs], outputs) });
  };
  it('agree with the reference for every tail length, and one to nine channels', async () => {
    for (let w = 1; w <= 20; w++) {
      const step = transposed(1 + (w % 9), 3, [4, 4], { stride: 2, padding: 1 });
      expect(await error(step, [1, 1 + (w % 9), 4, w], 400), `${w} wide`).toBeLessThanOrEqual(1);
    }
  });
  it('take strides, dilations, groups, padding that cuts off and padding at the end', async () => {
    for (const [stride, dilation, groups, padding, outputPadding] of [
      [[2, 2], [1, 1], 1, [0, 0], [1, 0]],
      [[3, 2], [2, 3], 2, [2, 1], [2, 2]],
      [[1, 1], [2, 9], 4, [3, 4], [1, 8]],
      [[5, 4], [1, 1], 1, [0, 9], [4, 3]],
      [[2, 1], [4, 2], 2, [1, 2], [3, 1]],
    ] as const) {
      const step = transposed(4, 8, [3, 3], { stride, dilation, groups, padding, outputPadding });
      expect(await error(step, [2, 4, 13, 27], 3000), `stride ${stride}, dilation ${dilation}`).toBeLessThanOrEqual(1);
    }
  });
  it('take many channels by Winograd or, where sums are to be plain, without', async () => {
    const step = transposed(40, 50, [3, 3], { padding: 1 });
    expect(await error(step, [2, 40, 20, 22], 6000)).toBeLessThanOrEqual(1);
    const how = (exact: boolean) => engine.judgeBackward(step, { shape: [2, 40, 20, 22] }, { exact });
    expect(how(false)).toMatchObject({ runs: true, how: expect.stringContaining('Winograd') });
    expect(how(true)).toMatchObject({ runs: true, how: expect.not.stringContaining('Winograd') });
  });
  it('are 0 for an empty batch', async () => {
    expect(await error(transposed(3, 4, [3, 3]), [0, 3, 9, 9], 1)).toBe(0);
  });
});

describe('gradients of a linear layer', () => {
  const linear = (inputs: number, outputs: number, over: string, biases: number): Prepared =>
    stepOf('linear', { over }, { weight: randomTensor([outputs, inputs], inputs), bias: randomTensor([biases], 3) });
  it('agree with the reference over the last axis', async () => {
    for (const [inputs, outputs, rows] of [
      [1, 1, 1],
      [5, 3, 2],
      [37, 11, 9],
      [700, 40, 70],
      [33, 600, 3],
    ] as const) {
      expect(await error(linear(inputs, outputs, 'last', outputs), [rows, inputs], 700), `${inputs} inputs`).toBeLessThanOrEqual(
        1,
      );
      expect(await error(linear(inputs, outputs, 'last', 1), [rows, inputs], 700), `${inputs} inputs`).toBeLessThanOrEqual(1);
    }
  });
  it('are 0 for no rows at all', async () => {
    expect(await error(linear(5, 3, 'last', 3), [0, 5], 1)).toBe(0);
    expect(await error(linear(5, 3, 'last', 1), [0, 2, 3, 5], 1)).toBe(0);
    expect(await error(linear(5, 3, 'channels', 3), [0, 5, 3, 4], 1)).toBe(0);
  });
  it('agree with the reference over the channels', async () => {
    for (const [inputs, outputs, w] of [
      [1, 1, 1],
      [5, 3, 2],
      [17, 9, 33],
    ] as const)
      expect(await error(linear(inputs, outputs, 'channels', outputs), [2, inputs, 7, w], 500)).toBeLessThanOrEqual(1);
  });
  it('agree with the reference over the channels of pictures of narrow and wide rows', async () => {
    for (const w of [255, 256, 257, 1003])
      expect(await error(linear(5, 3, 'channels', 3), [2, 5, 7, w], 6000), `${w} wide`).toBeLessThanOrEqual(1);
  });
});
