// Activations: one pass, or none at all where they are fused into the step before.

import { leakyRelu } from '../../../core/ops/leakyRelu';
import { relu } from '../../../core/ops/relu';
import { type Plan, planned } from '../plan';
import { runs } from '../runs';

/** One routine over all values, with the same numbers for each. */
const map =
  (routine: string, ...numbers: readonly number[]) =>
  (outputs: Readonly<Record<string, readonly number[]>>): Plan => ({
    how: 'one pass over the values, four at a time',
    pointwise:
      () =>
      (x, y, { count }) => [[routine, x, y, count, ...numbers]],
    build: (place) => [
      runs(place.at('x'), place.at('y'), outputs.y ?? [], (x, y, { count }) => [[routine, x, y, count, ...numbers]]),
    ],
  });

export const maps = [
  planned(relu, ({ outputs }) => map('mapRelu')(outputs)),
  planned(leakyRelu, ({ params, outputs }) => map('mapLeakyRelu', params.negativeSlope)(outputs)),
];
