// Short ways to write the steps of chains that come with ConvScope.

import { heNormal } from './init';
import type { Bank, WeightValue } from './op';
import { parse } from './parse';
import { opOf } from './registry';
import type { Step } from './scene';

/** A step with complete parameters. */
export function written(
  op: string,
  params: Readonly<Record<string, unknown>> = {},
  weights?: Readonly<Record<string, WeightValue>>,
): Step {
  const complete = { op, params: parse(opOf(op).params, params, op) };
  return weights ? { ...complete, weights } : complete;
}

/** Weights as they are drawn for a layer that a ReLU follows (He and others, 2015); four digits that count, so that a link stays short. */
export function drawn(filters: number, channels: number, size: number, seed: number, negativeSlope = 0): Bank {
  const { data } = heNormal([filters, channels, size, size], seed, { nonlinearity: 'leakyRelu', negativeSlope });
  const at = (o: number, c: number, u: number, v: number) =>
    Number(data[((o * channels + c) * size + u) * size + v]!.toPrecision(4));
  const count = (n: number) => [...Array(n).keys()];
  return count(filters).map((o) => count(channels).map((c) => count(size).map((u) => count(size).map((v) => at(o, c, u, v)))));
}
