// What one row of the tables is: an op of ours, how its cases are drawn, and the same computation in an oracle's words.

import type { Tensor } from '../../src/core/tensor';
import type { Attribute, Constant, Node } from './onnx';
import type { Random } from './random';

export interface Drawn {
  readonly params: Readonly<Record<string, unknown>>;
  /** `x` and the weights, in float32 values. */
  readonly inputs: Readonly<Record<string, Tensor>>;
}

/** Nodes from the drawn inputs, by our names, to `y`. */
export interface Recipe {
  readonly nodes: readonly Node[];
  readonly constants?: readonly Constant[];
  /** Inputs in another form than ours: PRelu takes slopes [C, 1, 1]. */
  readonly feeds?: Readonly<Record<string, Tensor>>;
}

export interface Row {
  readonly op: string;
  /** How many cases it gets, against 1 for an activation. */
  readonly weight?: number;
  draw(random: Random): Drawn;
  /** Where the oracle computes something else: the name of the exception. `y` is ours. */
  except?(drawn: Drawn & { readonly y: Tensor }): string | null;
  onnx(drawn: Drawn): Recipe;
  /** Largest error, relative to the largest expected value and 1. */
  readonly tolerance?: number;
}

/** One operator on the inputs of those names. */
export const one = (
  type: string,
  attributes: Readonly<Record<string, Attribute>> = {},
  inputs: readonly string[] = ['x'],
  more: Omit<Recipe, 'nodes'> = {},
): Recipe => ({ nodes: [{ type, inputs, outputs: ['y'], attributes }], ...more });

/** Operators in a row; each takes the result of the one before it as its first input. */
export function chain(
  steps: readonly { type: string; attributes?: Node['attributes']; more?: readonly string[] }[],
  constants: readonly Constant[] = [],
): Recipe {
  const nodes = steps.map(({ type, attributes = {}, more = [] }, i) => ({
    type,
    inputs: [i === 0 ? 'x' : `t${i}`, ...more],
    outputs: [i === steps.length - 1 ? 'y' : `t${i + 1}`],
    attributes,
  }));
  return { nodes, constants };
}

export const floats = (name: string, data: readonly number[], shape: readonly number[] = [data.length]): Constant => ({
  name,
  kind: 'float',
  shape,
  data,
});
export const ints = (name: string, ...data: number[]): Constant => ({ name, kind: 'int64', shape: [data.length], data });

/** A parameter that is a list of numbers; a number stands for both axes. */
export const numbersOf = (value: unknown): readonly number[] => [value].flat().map(Number);
export const real = (value: unknown): { readonly real: number } => ({ real: Number(value) });
