import type { Family, Op } from './op';
import * as declared from './ops';
import type { Schema } from './schema';

/** The widest op, for code that reads declarations: inputs, parameters and gradients by name. */
export type AnyOp = Op<string, Schema, string>;

/** Families in the order in which they are listed, with their headings. */
export const families: Readonly<Record<Family, string>> = {
  convolution: 'Convolution',
  pooling: 'Pooling',
  sampling: 'Resampling',
  channels: 'Channels and noise',
  activation: 'Activation',
  normalisation: 'Normalisation',
};

const rank = Object.keys(families);

/** Every op by name, in the order in which they are listed: by family, then by name. */
export const ops: Readonly<Record<string, AnyOp>> = Object.fromEntries(
  Object.values<AnyOp>(declared)
    .sort((a, b) => rank.indexOf(a.family) - rank.indexOf(b.family))
    .map((op) => [op.name, op]),
);

/** @throws RangeError when there is no such op. */
export function opOf(name: string): AnyOp {
  const op = Object.hasOwn(ops, name) ? ops[name] : undefined;
  if (!op) throw new RangeError(`op: expected one of ${Object.keys(ops).join(', ')}, received "${name}"`);
  return op;
}
