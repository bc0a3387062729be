import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Inspection, inspect, remembering } from '../../src/core/inspection';
import { parse } from '../../src/core/parse';
import { uniforms } from '../../src/core/random';
import { type AnyOp, opOf, ops } from '../../src/core/registry';
import type { Params, Schema } from '../../src/core/schema';
import { placeOf, type Tensor, tensor, zeros } from '../../src/core/tensor';
import { distinct, trial } from '../contract/arbitrary';
import { attempt, fill, finished, type Inputs, shapes } from '../contract/filled';

const seed = 606;

interface Given {
  readonly op: AnyOp;
  readonly params: Params<Schema>;
  readonly inputs: Inputs & { readonly x: Tensor };
  readonly y: Tensor;
}

/** Random inputs that the op takes, as engines exchange them; null where they do not fit or there is no output. */
function given(
  op: AnyOp,
  raw: Readonly<Record<string, unknown>>,
  x: readonly number[],
  side: number,
  pick: number,
): Given | null {
  const params = parse(op.params, raw, op.name);
  const inputs = attempt(() => fill(op, params, distinct([1, ...x.slice(1)], pick), side));
  if (!inputs?.x) return null;
  const y = zeros(op.infer(shapes(inputs), params));
  for (const _ of op.forward(inputs, params, y));
  return y.data.length === 0 ? null : { op, params, inputs: { ...inputs, x: inputs.x }, y };
}

const look = ({ op, params, inputs, y }: Given, output: number, channel: number | null = null): Inspection => {
  const [, c, row, column] = placeOf(y.shape, output);
  const [, , h = 1, w = 1] = y.shape;
  const [top, left] = [Math.max(0, row - 3), Math.max(0, column - 3)];
  const outputs = { top, left, height: Math.min(h - top, 6), width: Math.min(w - left, 6) };
  const asked = { output: { channel: c, row, column }, outputs, channel, most: [40, 40] as const, linked: true };
  return finished(inspect({ op, params, shapes: shapes(inputs) }, inputs, y, asked, remembering()));
};

const near = (a: number, b: number, size = 1) => expect(Math.abs(a - b)).toBeLessThan(1e-6 * Math.max(1, Math.abs(b), size));

describe('what is told of a value adds up to it', () => {
  for (const op of Object.values(ops)) {
    it(`${op.name}, at random outputs of random parameters, seed ${seed}`, () => {
      let told = 0;
      fc.assert(
        fc.property(...trial(op), (raw, x, side, pick) => {
          const one = given(op, raw, x, side, pick);
          if (!one) return;
          const output = pick % one.y.data.length;
          const seen = look(one, output);
          const value = one.y.data[output]!;
          expect(seen.value).toBe(value);
          if (!Number.isFinite(value)) return;
          told += 1;
          near(seen.told.exact, value);
          const { how, parts, others, bias, offset = 0, power = 1, count } = seen.told;
          if (how !== 'sum' && how !== 'norm') return;
          const sum = parts.reduce((all, part) => all + part.sum, others.sum);
          near(how === 'norm' ? sum ** (1 / power) : sum + offset + (bias ?? 0), value);
          expect(parts.reduce((all, part) => all + part.count, others.count)).toBe(count);
          for (const part of parts)
            near(
              part.terms.reduce((all, { product }) => all + product, part.rest.sum),
              part.sum,
            );
        }),
        { seed, numRuns: 120 },
      );
      expect(told).toBeGreaterThan(5);
    });
  }
});

describe('cells that belong together', () => {
  for (const op of Object.values(ops)) {
    it(`${op.name}: pixel times weight is the product of each link, and the links of all channels make the value, seed ${seed}`, () => {
      fc.assert(
        fc.property(...trial(op, 4), (raw, x, side, pick) => {
          const one = given(op, raw, x, side, pick);
          if (!one) return;
          const output = pick % one.y.data.length;
          const first = look(one, output);
          let sum = 0;
          for (const channel of first.told.channels.length ? first.told.channels : [null]) {
            const { linked, kernel, x: pixels } = look(one, output, channel);
            // Coefficients that lie on the window are those of the one output.
            const comparable = one.inputs.weight?.shape.length === 4 ? linked : linked.slice(0, 1);
            for (const { links } of comparable) {
              for (const { cell, weight, product } of links) {
                if (cell < 0 || (kernel && weight < 0)) continue;
                const by = kernel ? kernel.values[weight]! : product === 0 ? 0 : 1;
                if (kernel) near(by * pixels.values[cell]!, product, Math.abs(by));
              }
            }
            sum += linked[0]!.links.reduce((all, { product }) => all + product, 0);
          }
          const { how, bias, offset = 0, exact } = first.told;
          if (how === 'sum' && Number.isFinite(exact)) near(sum + offset + (bias ?? 0), exact);
        }),
        { seed, numRuns: 40 },
      );
    });

    it(`${op.name}: a pixel feeds the outputs whose explanations name it, seed ${seed}`, () => {
      fc.assert(
        fc.property(...trial(op, 3), (raw, x, side, pick) => {
          const one = given(op, raw, x, side, pick);
          if (!one || one.y.data.length > 400) return;
          const seen = look(one, pick % one.y.data.length);
          const { channel } = seen;
          for (let output = 0; output < one.y.data.length; output++) {
            const [, , i, j] = placeOf(one.y.shape, output);
            const { terms, beside } = op.explain(one.params, shapes(one.inputs), output, one.inputs);
            if (beside !== undefined) return;
            for (const term of terms) {
              if (term.x === null) continue;
              const [, c, r, s] = placeOf(one.inputs.x.shape, term.x);
              const [row, column] = [r - seen.x.top, s - seen.x.left];
              if (c !== channel || row < 0 || column < 0 || row >= seen.x.rows || column >= seen.x.columns) continue;
              expect(seen.feeds.rows[row]).toContain(i);
              expect(seen.feeds.columns[column]).toContain(j);
              expect(seen.x.states[row * seen.x.columns + column]).toBe('read');
            }
          }
        }),
        { seed, numRuns: 25 },
      );
    });
  }
});

describe('around one value', () => {
  const numbers = (grid: { readonly values: Float32Array }) => Array.from(grid.values);
  const convolution = (params: Readonly<Record<string, unknown>>, weight: Tensor, x: Tensor): Given => {
    const op = opOf('conv2d');
    const all = { x, weight, bias: tensor([weight.shape[0] ?? 1], new Array(weight.shape[0] ?? 1).fill(0.5)) };
    const parsed = parse(op.params, params, op.name);
    const y = zeros(op.infer(shapes(all), parsed));
    for (const _ of op.forward(all, parsed, y));
    return { op, params: parsed, inputs: all, y };
  };
  const rising = (h: number, w: number) =>
    tensor(
      [1, 1, h, w],
      Array.from({ length: h * w }, (_, k) => k),
    );
  const ones = (h: number, w: number) => tensor([1, 1, h, w], new Array(h * w).fill(1));

  it('a stride of 2 leaves the last column of 6 unread by a window of 3, and padding is a border', () => {
    const one = convolution({ stride: [1, 2], padding: [1, 0, 0, 0] }, ones(3, 3), rising(3, 6));
    const { x } = look(one, 0);
    expect([x.top, x.left, x.rows, x.columns]).toEqual([-1, 0, 4, 5]);
    expect(x.states.slice(0, 5)).toEqual(new Array(5).fill('border'));
    const wide = finished(
      inspect(
        { op: one.op, params: one.params, shapes: shapes(one.inputs) },
        one.inputs,
        one.y,
        {
          output: { channel: 0, row: 0, column: 1 },
          outputs: { top: 0, left: 0, height: 1, width: 2 },
          channel: null,
          most: [9, 9],
          linked: false,
        },
        remembering(),
      ),
    );
    expect(wide.x.states.includes('unread')).toBe(false);
    expect(wide.feeds.columns.map((columns) => columns.length)).toEqual([1, 1, 2, 1, 1]);
  });

  it('dilation leaves gaps in the window: rows 0, 2 and 4', () => {
    const { window } = look(convolution({ dilation: [2, 1] }, ones(3, 2), rising(6, 4)), 0);
    expect([window.rows, window.columns]).toEqual([
      [0, 2, 4],
      [0, 1],
    ]);
  });

  it('a mirrored border shows the pixels that it repeats', () => {
    const { x } = look(convolution({ padding: [0, 0, 1, 1], paddingMode: 'reflect' }, ones(1, 3), rising(1, 4)), 0);
    expect([numbers(x), x.states]).toEqual([
      [1, 0, 1, 2, 3, 2],
      ['mirrored', 'read', 'read', 'read', 'read', 'mirrored'],
    ]);
  });

  it('a flipped kernel meets the pixels the other way round', () => {
    const { linked, kernel } = look(convolution({ flip: true }, tensor([1, 1, 1, 3], [1, 2, 3]), rising(1, 5)), 0);
    expect(kernel && numbers(kernel)).toEqual([1, 2, 3]);
    expect(linked[0]?.links.map(({ cell, weight }) => [cell, weight])).toEqual([
      [0, 2],
      [1, 1],
      [2, 0],
    ]);
  });

  it('of thousands of terms the heaviest are listed, and the rest is one number', () => {
    const op = opOf('globalAvgPool2d');
    const x = tensor(
      [1, 1, 60, 60],
      Array.from({ length: 3600 }, (_, k) => (k === 1234 ? -9000 : 1)),
    );
    const y = zeros([1, 1, 1, 1]);
    for (const _ of op.forward({ x }, {}, y));
    const { told } = look({ op, params: {}, inputs: { x }, y }, 0);
    expect([told.count, told.divisor, told.parts[0]?.terms.length]).toEqual([3600, 3600, 12]);
    expect([told.parts[0]?.terms[0]?.row, told.parts[0]?.terms[0]?.column]).toEqual([20, 34]);
    near((told.parts[0]?.rest.sum ?? 0) * 3600, 3588);
  });

  it('of a hundred channels the heaviest are listed, and the others are one number', () => {
    const draw = uniforms(9);
    const values = Array.from({ length: 100 }, (_, k) => draw(k) - 0.5);
    const weight = tensor([1, 100, 1, 1], values);
    const x = tensor([1, 100, 1, 1], new Array(100).fill(1));
    const { told } = look(convolution({}, weight, x), 0);
    expect([told.parts.length, told.others.channels, told.channels.length]).toEqual([8, 92, 100]);
    near(
      told.parts.reduce((sum, part) => sum + part.sum, told.others.sum),
      values.reduce((a, b) => a + b, 0),
    );
  });

  it('ties of a maximum are counted, and NaN wins', () => {
    const op = opOf('maxPool2d');
    const params = parse(op.params, { kernelSize: 2 }, op.name);
    const pooled = (values: number[]) => {
      const x = tensor([1, 1, 2, 2], values);
      const y = zeros([1, 1, 1, 1]);
      for (const _ of op.forward({ x }, params, y));
      return look({ op, params, inputs: { x }, y }, 0).told;
    };
    expect(pooled([7, 3, 7, 1]).ranked).toMatchObject({ winner: 7, equal: 2, below: 0 });
    expect(pooled([7, Number.NaN, 9, 1]).exact).toBeNaN();
  });

  it('an output that does not exist is refused in a sentence', () => {
    const one = convolution({}, ones(1, 1), rising(2, 2));
    const asked = { output: { channel: 0, row: 2, column: 0 }, outputs: { top: 0, left: 0, height: 1, width: 1 } };
    expect(() =>
      finished(
        inspect(
          { op: one.op, params: one.params, shapes: shapes(one.inputs) },
          one.inputs,
          one.y,
          { ...asked, channel: null, most: [9, 9], linked: false },
          remembering(),
        ),
      ),
    ).toThrow('An output of [1, 1, 2, 2] is expected, received channel 0, row 2, column 0.');
  });
});
