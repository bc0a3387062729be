// Runs cases of our ops and holds them against an oracle.

import { parse } from '../../src/core/parse';
import { type AnyOp, opOf } from '../../src/core/registry';
import type { Params, Schema } from '../../src/core/schema';
import { type Tensor, zeros } from '../../src/core/tensor';
import type { Result } from './ort';
import { Random } from './random';
import type { Drawn, Row } from './row';

export interface Case extends Drawn {
  readonly op: AnyOp;
  readonly complete: Params<Schema>;
  readonly y: Tensor<Float64Array>;
}

/** Draws until our op accepts; what it refuses must be a RangeError. */
export function accepted(name: string, draw: Row['draw'], random: Random): Case {
  for (let tries = 0; tries < 200; tries++) {
    const drawn = draw(random);
    try {
      return compute(name, drawn);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  throw new Error(`${name}: no case of 200 was accepted`);
}

/** Our values, in float64. @throws RangeError where the op refuses the case. */
export function compute(name: string, drawn: Drawn): Case {
  const op = opOf(name);
  const complete = parse(op.params, drawn.params, name);
  const shapes = Object.fromEntries(Object.entries(drawn.inputs).map(([input, { shape }]) => [input, shape]));
  const y = zeros(op.infer(shapes, complete));
  for (const _ of op.forward(drawn.inputs, complete, y));
  return { ...drawn, op, complete, y };
}

/** What differs, or nothing. `tolerance` is relative to the largest value, and to 1. */
export function difference(ours: Tensor, theirs: Result, tolerance: number): string {
  if (ours.shape.join() !== theirs.shape.join()) return `shape [${ours.shape}] against [${theirs.shape}]`;
  const largest = theirs.data.reduce((most, v) => (Number.isFinite(v) ? Math.max(most, Math.abs(v)) : most), 1);
  const at = ours.data.findIndex((v, i) => !alike(v, theirs.data[i] ?? Number.NaN, tolerance * largest));
  return at < 0 ? '' : `y[${at}]: ${ours.data[at]} against ${theirs.data[at]}`;
}

const alike = (a: number, b: number, within: number): boolean => Object.is(a, b) || a === b || Math.abs(a - b) <= within;

/** A case in words that fit an error message. */
export const described = ({ params, inputs }: Drawn): string =>
  `${JSON.stringify(params)} on ${Object.entries(inputs)
    .map(([name, { shape }]) => `${name} [${shape}]`)
    .join(', ')}`;

/** The generator of one row: rows do not disturb one another. */
export const randomOf = (seed: number, op: string): Random =>
  new Random([...op].reduce((hash, letter) => Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0), seed));
