import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gathered, valued } from '../../src/core/expression';
import type { Explanation } from '../../src/core/op';
import { parse } from '../../src/core/parse';
import { starterScene } from '../../src/core/quick';
import { type AnyOp, ops } from '../../src/core/registry';
import type { Params, Schema } from '../../src/core/schema';
import { trace } from '../../src/core/sequential';
import { sizeOf, type Tensor, zeros } from '../../src/core/tensor';
import { distinct, paramsOf, trial } from './arbitrary';
import { attempt, fill, finished, type Inputs, shapes } from './filled';

const seed = 20260;
const picture = [1, 3, 300, 451];

for (const op of Object.values(ops)) {
  describe(op.name, () => {
    it('documents itself', () => {
      expect(op.summary).toMatch(/^[A-Z].*\.$/);
      expect(op.title).not.toBe('');
      expect(op.formula).toContain('y');
      expect(Object.keys(op.inputs)[0]).toBe('x');
      expect(Object.keys(op.weights).sort()).toEqual(
        Object.keys(op.inputs)
          .filter((name) => name !== 'x')
          .sort(),
      );
      for (const field of [...Object.values(op.params), ...Object.values(op.weights)]) {
        expect(field.title).toMatch(/^[A-Z]/);
        expect(field.help).toMatch(/^[A-Z].*\.$/);
        expect(`${field.title}${field.help}`).not.toContain('!');
      }
      for (const trap of op.traps ?? []) expect(trap).toMatch(/\.$/);
    });

    it('has defaults that its own parameters accept', () => {
      const defaults = Object.fromEntries(Object.entries(op.params).map(([name, field]) => [name, field.default]));
      expect(parse(op.params, defaults, op.name)).toEqual(parse(op.params, {}, op.name));
    });

    it('starts on a photograph of 451 × 300', () => {
      const scene = starterScene(op.name);
      const [y] = trace(scene, picture);
      expect(sizeOf(y ?? [])).toBeGreaterThan(0);
    });

    for (const { title, inputs, params, output } of op.examples) {
      it(`example: ${title}`, () => {
        const y = evaluate(op, inputs, parse(op.params, params, op.name));
        expect(y.shape).toEqual(output.shape);
        for (const [i, v] of y.data.entries()) expect(v).toBeCloseTo(output.data[i]!, 12);
      });
      it(`gradient by central differences: ${title}`, () => {
        expect(gradientErrors(op, inputs, parse(op.params, params, op.name), 1)).toEqual([]);
      });
    }

    it('refuses what its parameters do not accept, in words', () => {
      for (const [name, field] of Object.entries(op.params)) {
        for (const wrong of ['0,5x', Number.NaN, {}, [1, 2, 3], Number.POSITIVE_INFINITY, field.kind === 'maybe' ? true : null]) {
          expect(() => parse(op.params, { [name]: wrong }, op.name)).toThrow(
            expect.objectContaining({
              name: 'RangeError',
              message: expect.stringMatching(`^${op.name} ${name}: expected .+, received .+`),
            }),
          );
        }
      }
      expect(() => parse(op.params, { nonsense: 1 }, op.name)).toThrow(/nonsense: expected .*unknown parameter/);
    });

    it(`keeps its promises for random parameters and sizes, seed ${seed}`, () => {
      let ran = 0;
      fc.assert(
        fc.property(...trial(op), (raw, x, side, pick) => {
          const params = parse(op.params, raw, op.name);
          const inputs = attempt(() => fill(op, params, distinct(x, pick), side));
          if (!inputs) return;
          ran += 1;
          const y = evaluate(op, inputs, params);
          const cost = op.cost(shapes(inputs), params);
          expect(Object.values(cost).every((n) => Number.isInteger(n) && n >= 0)).toBe(true);
          const sizes = op.sizes?.(shapes(inputs), params);
          if (sizes) expect([sizes.height.output, sizes.width.output]).toEqual(y.shape.slice(2));
          expect(op.torch(params)).toMatch(/^[\w.]+\(.*\)$/);
          expect(op.onnx(params)).toMatch(/^([A-Z]\w+\(.*\)|None: .*\.)$/);
          if (y.data.length === 0) return;
          const output = pick % y.data.length;
          explains(op, inputs, params, output, y.data[output]!);
        }),
        { seed, numRuns: 300 },
      );
      expect(ran).toBeGreaterThan(30);
    });

    it(`has the gradient of its forward pass for random parameters, seed ${seed}`, () => {
      fc.assert(
        fc.property(paramsOf(op), fc.integer({ min: 0, max: 9999 }), (raw, pick) => {
          const params = parse(op.params, raw, op.name);
          const inputs = attempt(() => fill(op, params, distinct([2, 2, 4, 5], pick), 2));
          if (!inputs || !isSmooth(op, inputs, params)) return;
          expect(gradientErrors(op, inputs, params, 7)).toEqual([]);
        }),
        { seed, numRuns: 60 },
      );
    });
  });
}

function evaluate(op: AnyOp, inputs: Inputs, params: Params<Schema>): Tensor<Float64Array> {
  const y = zeros(op.infer(shapes(inputs), params));
  let before = sizeOf(y.shape) > 0 ? 0 : 1;
  let forwards = true;
  for (const done of op.forward(inputs, params, y)) {
    forwards &&= done >= before;
    before = done;
  }
  expect([forwards, before]).toEqual([true, 1]);
  return y;
}

/** The terms of one output, put together as the explanation says, give that output. */
function explains(op: AnyOp, inputs: Inputs, params: Params<Schema>, output: number, value: number): void {
  const explanation = op.explain(params, shapes(inputs), output, inputs);
  const { point, formula } = explanation;
  const said = [
    explanation.how === 'map' ? mapped(op, inputs, params, explanation) : combined(inputs, explanation),
    point?.value,
    formula && valued(formula, inputs, (what, over) => finished(gathered(inputs.x!, what, over))).value,
  ];
  if (explanation.beside !== undefined && explanation.how === 'map') expect(point ?? formula).toBeDefined();
  for (const one of said) {
    if (one === undefined) continue;
    if (Number.isFinite(value)) expect(Math.abs(one - value)).toBeLessThan(1e-9 * Math.max(1, Math.abs(value)));
    else expect(one).toBe(value);
  }
}

function combined(inputs: Inputs, { how, terms, bias, power = 1, offset = 0 }: Explanation): number {
  const products = [...terms].map(({ x, weight, factor = 1 }) => {
    if (x === null) return { max: Number.NEGATIVE_INFINITY, min: Number.POSITIVE_INFINITY }[String(how)] ?? 0;
    return inputs.x!.data[x]! ** power * (weight === undefined ? 1 : inputs.weight!.data[weight]!) * factor;
  });
  const sum = () => products.reduce((a, b) => a + b, 0);
  const together = {
    max: () => Math.max(...products),
    min: () => Math.min(...products),
    median: () => products.sort((a, b) => a - b)[(products.length - 1) >> 1]!,
    norm: () => sum() ** (1 / power),
    sum,
    map: sum,
  }[how]();
  return together + offset + (bias === undefined ? 0 : inputs.bias!.data[bias]!);
}

/** The function applied to the only term: the op itself on a picture of that one value; undefined where others take part too. */
function mapped(
  op: AnyOp,
  inputs: Inputs,
  params: Params<Schema>,
  { terms: all, bias, beside }: Explanation,
): number | undefined {
  const terms = [...all];
  expect([terms.length, all.length]).toEqual([1, 1]);
  if (beside !== undefined) return undefined;
  const channel = bias ?? 0;
  const alone = Object.fromEntries(
    Object.entries(inputs).map(([name, { data }]) =>
      name === 'x' ? [name, one([1, 1, 1, 1], data[terms[0]!.x!]!)] : [name, one([1], data[channel]!)],
    ),
  );
  return evaluate(op, alone, params).data[0];
}

const one = (shape: readonly number[], value: number): Tensor => ({ shape, data: Float64Array.of(value) });

/** Whether a small step of an input moves the output smoothly enough for differences, and torch's forward and gradient belong together. */
function isSmooth(op: AnyOp, inputs: Inputs, params: Params<Schema>): boolean {
  if (
    op.name === 'interpolate' &&
    (params.antialias === true || params.mode === 'lanczos') &&
    op.infer(shapes(inputs), params)[3] === 1
  )
    return false;
  return evaluate(op, inputs, params).data.every((v) => Number.isFinite(v) && Math.abs(v) < 1e4);
}

/** Where the op's gradient of Σ dy·y differs from central differences; kinks, where the two one-sided slopes differ, are left out. */
function gradientErrors(op: AnyOp, inputs: Inputs, params: Params<Schema>, stride: number): string[] {
  const y = evaluate(op, inputs, params);
  const dy = distinct(y.shape, 3);
  const grads = Object.fromEntries(op.differentiable.map((name) => [name, zeros(inputs[name]!.shape)]));
  op.backward(inputs, params, dy, grads);
  const lossAt = (name: string, i: number, step: number): number => {
    const data = Float64Array.from(inputs[name]!.data);
    data[i]! += step;
    return evaluate(op, { ...inputs, [name]: { shape: inputs[name]!.shape, data } }, params).data.reduce(
      (sum, v, k) => sum + v * dy.data[k]!,
      0,
    );
  };
  const errors: string[] = [];
  for (const name of op.differentiable) {
    for (let i = 0; i < inputs[name]!.data.length; i += stride) {
      const value = inputs[name]!.data[i]!;
      const h = 1e-5;
      if (!Number.isFinite(value) || (name === 'x' && op.kinks?.(params).some((kink) => Math.abs(value - kink) <= h))) continue;
      const [low, middle, high] = [lossAt(name, i, -h), lossAt(name, i, 0), lossAt(name, i, h)];
      const [left, right] = [(middle - low) / h, (high - middle) / h];
      const size = Math.max(1, Math.abs(left), Math.abs(right));
      if (Math.abs(left - right) > 1e-2 * size) continue;
      const got = grads[name]!.data[i]!;
      if (Math.abs(got - (left + right) / 2) > 1e-4 * size) errors.push(`${name}[${i}]: ${got} against ${(left + right) / 2}`);
    }
  }
  return errors;
}
