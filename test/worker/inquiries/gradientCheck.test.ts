import { describe, expect, it } from 'vitest';
import { trace } from '../../../src/core/sequential';
import { sizeOf } from '../../../src/core/tensor';
import type { Checked } from '../../../src/worker/inquiries/gradientCheck';
import { amountOf, around, conv, edge, mean, opened, picture, relu, scene, step, toConstant, value } from './chains';

describe('a check by differences', () => {
  it('knows a kink: a pixel on the corner of a ReLU has two slopes', async () => {
    const x = picture(1, 4, 4);
    x.data[5] = 0;
    const check = await (await opened(x))(
      'gradientCheck',
      { from: value(0, 0, 1, 1), what: { of: 'x', channel: 0, row: 0, column: 0 }, h: 1e-3 },
      scene(relu),
    );
    expect(check).toMatchObject({ value: 0, backward: 0, left: 0, verdict: 'kink' });
    expect(check.right).toBeCloseTo(1, 9);
  });
  it('of one pixel of a large picture loses no digits to the rest of it', async () => {
    const x = picture(3, 120, 140);
    const chain = scene(conv(), step('tanh'), conv());
    const inquire = await opened(x);
    for (const from of [mean(2, 1), toConstant(2, 0.3)]) {
      const what: Checked = { of: 'x', channel: 1, row: 70, column: 55 };
      const check = await inquire('gradientCheck', { from, what, h: 1e-4 }, chain);
      // The slope in float64 throughout.
      const target = { shape: x.shape, data: new Float64Array(x.data.length).fill(0.3) };
      const [plus = 0, , minus = 0] = around(from, chain, x, what, 1e-2, target);
      expect(check.verdict).toBe('agrees');
      expect(check.quotient / ((plus - minus) / 2e-2)).toBeCloseTo(1, 3);
      expect(check.plus - check.minus).toBeCloseTo(2e-4 * check.quotient, 14);
      expect(check.middle).toBeCloseTo(amountOf(from, chain, x, target), 5);
      // With a step ten times as short the difference is a tenth; sums over 50,400 values would be off in the third digit.
      const short = await inquire('gradientCheck', { from, what, h: 1e-7 }, chain);
      expect(Math.abs(short.quotient / check.quotient - 1)).toBeLessThan(1e-6);
    }
  });
  it('of one number of many filters loses no digits to the others, through filters, norms and pools behind it', async () => {
    const x = picture(3, 60, 70);
    const bank = (made: number, read: number) =>
      Array.from({ length: made }, (_, o) =>
        Array.from({ length: read }, (_, c) => edge.map((row) => row.map((v, j) => 0.1 * v * Math.cos(o + 2 * c + j)))),
      );
    const filters = (made: number, read: number) => step('conv2d', { padding: 1 }, { weight: bank(made, read), bias: 0.1 });
    const chain = scene(
      filters(6, 3),
      step('tanh'),
      step('batchNorm', { training: true }, { weight: [0.5, 1, 0.7, 1.2, 0.9, 0.4], bias: 0.2 }),
      { ...relu, off: true },
      step('avgPool2d', { kernelSize: 2 }),
      step('convTranspose2d', { stride: 2, groups: 2 }, { weight: bank(6, 2), bias: 0 }),
      step('sigmoid'),
    );
    const inquire = await opened(x);
    const shape = trace(chain, x.shape).at(-1)!;
    const target = { shape, data: new Float64Array(sizeOf(shape)).fill(0.3) };
    for (const from of [mean(6, 1), toConstant(6, 0.3)])
      for (const [node, name, at] of [
        [0, 'weight', 31],
        [0, 'bias', 0],
        [2, 'weight', 4],
        [5, 'weight', 20],
      ] as const) {
        const what: Checked = { of: 'weight', node, name, at };
        const check = await inquire('gradientCheck', { from, what, h: 1e-4 }, chain);
        const [plus = 0, , minus = 0] = around(from, chain, x, what, 1e-3, target);
        const slope = (plus - minus) / 2e-3;
        expect(Math.abs(check.quotient - slope), `${node} ${name}`).toBeLessThan(1e-5 * Math.abs(slope) + 1e-9);
        expect(check.middle).toBeCloseTo(amountOf(from, chain, x, target), 5);
        const short = await inquire('gradientCheck', { from, what, h: 1e-7 }, chain);
        expect(Math.abs(short.quotient - check.quotient)).toBeLessThan(1e-6 * Math.abs(check.quotient) + 1e-9);
      }
  });
  it('agrees where all that a number does is taken away again: a norm behind it takes its bias', async () => {
    const x = picture(3, 60, 70);
    const chain = scene(conv({ groups: 3 }), step('batchNorm', { training: true }), step('sigmoid'));
    const what = { of: 'weight', node: 0, name: 'bias', at: 0 } as const;
    const check = await (await opened(x))('gradientCheck', { from: toConstant(2, 0.3), what, h: 1e-4 }, chain);
    expect(Math.abs(check.quotient)).toBeLessThan(1e-8);
    expect(check.verdict).toBe('agrees');
  });
  it('of a pixel that nothing reads finds a slope of 0, and one that a norm spreads is compared on all of the picture', async () => {
    const x = picture(3, 40, 50);
    const inquire = await opened(x);
    const what: Checked = { of: 'x', channel: 1, row: 20, column: 31 };
    const unread = scene(step('stridedSlice', { stride: 2 }));
    const still = await inquire('gradientCheck', { from: mean(0, 1), what, h: 1e-4 }, unread);
    expect(still).toMatchObject({ backward: 0, quotient: 0, verdict: 'agrees' });
    const norm = scene(step('instanceNorm'), step('sigmoid'));
    const from = toConstant(1, 0.2);
    const check = await inquire('gradientCheck', { from, what, h: 1e-4 }, norm);
    const target = { shape: x.shape, data: new Float64Array(x.data.length).fill(0.2) };
    const [plus = 0, , minus = 0] = around(from, norm, x, what, 1e-4, target);
    expect(check.quotient / ((plus - minus) / 2e-4)).toBeCloseTo(1, 4);
    expect(check.verdict).toBe('agrees');
  });
  it('says so where the step is too long for a bend', async () => {
    const square = scene(step('tanh'), step('tanh'));
    const ask = async (h: number) =>
      (await opened(picture(1, 4, 4)))(
        'gradientCheck',
        { from: value(1, 0, 1, 1), what: { of: 'x', channel: 0, row: 0, column: 0 }, h },
        square,
      );
    expect((await ask(0.5)).verdict).toBe('differs');
    expect((await ask(1e-4)).verdict).toBe('agrees');
  });
});
