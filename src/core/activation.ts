// What pointwise activations share: a function and its derivative make an op.

import { defineOp, type Interval, type Op, type Starter } from './op';
import { pointwise, stretches } from './pointwise';
import type { Params, Schema } from './schema';
import { sizeOf, tensor } from './tensor';

export const infinity = Number.POSITIVE_INFINITY;
/** Every number. */
export const reals: Interval = ['(', -infinity, infinity, ')'];

/** The declaration of a function of one value. */
export interface Activation<S extends Schema> {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  /** TeX. */
  readonly formula: string;
  readonly params: S;
  /** @throws RangeError when parameters do not go together. */
  check?(params: Params<S>): void;
  value(params: Params<S>): (x: number, index: number) => number;
  /** The derivative; at kinks the one that torch takes. */
  slope(params: Params<S>): (x: number, index: number) => number;
  /** What decides besides the value, in words. */
  beside?(params: Params<S>): string | undefined;
  range(params: Params<S>): Interval;
  /** Where it jumps or bends sharply, in rising order. */
  kinks?(params: Params<S>): readonly number[];
  readonly samples?: readonly [from: number, to: number];
  readonly leak?: { readonly op: string; readonly param: string };
  /** Multiply-accumulates for one value. */
  readonly macs?: number;
  torch(params: Params<S>): string;
  onnx(params: Params<S>): string;
  readonly traps?: readonly string[];
  readonly examples: readonly {
    readonly title: string;
    readonly params?: Readonly<Record<string, unknown>>;
    readonly x: readonly number[];
    readonly y: readonly number[];
  }[];
  readonly starter?: Starter;
}

/** A pointwise op. A slope of 0 stops every gradient, an infinite one too. */
export const activation = <const S extends Schema>(declared: Activation<S>): Op<'x', S, 'x'> =>
  defineOp({
    name: declared.name,
    title: declared.title,
    summary: declared.summary,
    formula: declared.formula,
    family: 'activation',
    inputs: { x: 'any shape' },
    weights: {},
    params: declared.params,

    infer({ x }, params) {
      declared.check?.(params);
      return x;
    },

    *forward({ x }, params, y) {
      const value = declared.value(params);
      for (const { from, to, done } of stretches(x.data.length)) {
        for (let i = from; i < to; i++) y.data[i] = value(x.data[i]!, i);
        yield done;
      }
    },

    differentiable: ['x'],
    backward({ x }, params, dy, { x: dx }) {
      const slope = declared.slope(params);
      for (let i = 0; i < dy.data.length; i++) {
        const factor = slope(x.data[i]!, i);
        if (factor !== 0) dx.data[i]! += dy.data[i]! * factor;
      }
    },

    explain(params, _, output, inputs) {
      const beside = declared.beside?.(params);
      const at = inputs?.x.data[output];
      const point = at !== undefined && {
        point: { value: declared.value(params)(at, output), slope: declared.slope(params)(at, output) },
      };
      return { ...pointwise(output), ...(beside !== undefined && { beside }), ...point };
    },
    cost: ({ x }) => ({ macs: (declared.macs ?? 0) * sizeOf(x), parameters: 0, bytes: 8 * sizeOf(x) }),
    domain: reals,
    range: declared.range,
    kinks: declared.kinks ?? (() => []),
    ...(declared.samples && { samples: declared.samples }),
    ...(declared.leak && { leak: declared.leak }),
    torch: declared.torch,
    onnx: declared.onnx,
    ...(declared.traps && { traps: declared.traps }),
    examples: declared.examples.map(({ title, params = {}, x, y }) => ({
      title,
      inputs: { x: tensor([x.length], x) },
      params,
      output: tensor([y.length], y),
    })),
    starter: declared.starter ?? { input: 'signed' },
  });

/** `1 / (1 + e^−x)`, which reaches 0 and 1. */
export const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
/** `ln(1 + e^x)` without overflow. */
export const softPlus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
/** `x` held between two bounds; NaN stays. */
export const clamp = (x: number, low: number, high: number): number => Math.min(Math.max(x, low), high);
