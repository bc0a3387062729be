// One value of a result in plain arithmetic: which of two libraries is wrong where they disagree.

import { opOf } from '../../../src/core/registry';
import { prepare } from './ours';
import type { Float32, Step } from './work';

/** The value with this flat index, from the terms that the op says it is made of; null where it does not say so, or there are several steps. */
export function plainValue([step, ...others]: readonly Step[], x: Float32, index: number): number | null {
  if (!step || others.length > 0) return null;
  const { params } = prepare(step);
  const weights = step.weights ?? {};
  const shapes = { x: x.shape, ...Object.fromEntries(Object.entries(weights).map(([name, { shape }]) => [name, shape])) };
  const { how, terms, bias, power = 1, offset = 0 } = opOf(step.op).explain(params, shapes, index);
  if (how !== 'sum' && how !== 'max' && how !== 'min' && how !== 'norm') return null;
  let value = { sum: 0, norm: 0, max: Number.NEGATIVE_INFINITY, min: Number.POSITIVE_INFINITY }[how];
  for (const { x: at, weight, factor = 1 } of terms) {
    if (at === null) continue;
    const product = x.data[at]! ** power * (weight === undefined ? 1 : (weights.weight?.data[weight] ?? 1)) * factor;
    value = how === 'max' ? Math.max(value, product) : how === 'min' ? Math.min(value, product) : value + product;
  }
  return (how === 'norm' ? value ** (1 / power) : value) + offset + (bias === undefined ? 0 : (weights.bias?.data[bias] ?? 0));
}

/** Who is further from the plain value, as the end of a sentence; nothing where there is none. */
export function verdict(plain: number | null, ours: number, theirs: number, rival: string): string {
  if (plain === null) return '';
  // Written so that NaN is far away.
  const wrong = Math.abs(ours - plain) <= Math.abs(theirs - plain) || Number.isNaN(theirs) ? rival : 'ConvScope';
  return `; in plain arithmetic it is ${plain}, so ${wrong} is wrong`;
}
