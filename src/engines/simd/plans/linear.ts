// Linear layers, 1 × 1 mixing of channels and grey: weighted sums of values at the same place.

import { type Mixing, mixingOf } from '../../../core/mixing';
import { grey } from '../../../core/ops/grey';
import { linear } from '../../../core/ops/linear';
import { mix1x1 } from '../../../core/ops/mix1x1';
import { imageAxes, type Shape, sizeOf } from '../../../core/tensor';
import { type Given, type Place, type Plan, planned, type Stage } from '../plan';
import { slidingAxis } from './frame';
import { type Mix, mixStages, mixTiling } from './mix';
import { planeSums } from './planeSums';
import { type Dense, type Placed, tilingOf } from './tiling';
import { weightGradient } from './weightGradient';

type Weighted = Readonly<Record<'x' | 'weight' | 'bias', Given>>;

const shapesOf = ({ x, weight, bias }: Weighted) => ({ x: x.shape, weight: weight.shape, bias: bias.shape });

function mixed(inputs: Weighted, mixing: Mixing): Plan {
  const mix = { ...mixing, groups: 1 };
  const tiling = mixTiling(mix);
  return {
    how: `a list of ${mixing.inputs} taps for every output, four outputs at a time`,
    scratch: tiling.scratch,
    build: (place) => {
      const bias = biasFor(place, inputs.bias.shape, mixing.outputs);
      return mixStages(place, mix, tiling, { x: place.at('x'), y: place.at('y'), weight: place.at('weight'), bias });
    },
  };
}

/** One bias for each output, also where one serves all. */
function biasFor(place: Place, shape: Shape, outputs: number): number {
  const at = place.at('bias');
  if (sizeOf(shape) === outputs) return at;
  return place.put(new Float32Array(outputs).fill(place.floats(at, 1)[0]!));
}

/**
 * dx mixes dy by the turned matrix. Each weight is a sum of products over all values of an input: where these lie side by side they are taken as
 * the pixels under a 1 × 1 kernel, otherwise dy is the matrix that mixes the rows of x. dbias adds up dy in the same way.
 */
function mixedGradients(inputs: Weighted, mixing: Mixing): Plan {
  const { outer, inputs: channels, inner, outputs } = mixing;
  if (outer * inner === 0) return nothing(channels * outputs, sizeOf(inputs.bias.shape));
  const back: Mix = { outer, inputs: outputs, outputs: channels, inner, groups: 1, apart: { input: channels, output: 1 } };
  const backTiling = mixTiling(back);
  const shared = sizeOf(inputs.bias.shape) !== outputs;
  const biasOf = (place: Place): Stage[] => {
    const of = shared
      ? { images: 1, planes: 1, length: outer * outputs * inner }
      : { images: outer, planes: outputs, length: inner };
    return planeSums(place, { ...of, at: place.at('dy'), to: place.at('dbias') });
  };
  if (inner > 1) {
    const dense = planes(mixing, inputs.x.shape);
    const tiling = tilingOf(dense);
    return {
      how: `sums over ${outputs} outputs for dx, over ${outer * inner} values for the weights, joined in float64`,
      scratch: Math.max(backTiling.scratch, tiling.scratch),
      build: (place) => [
        ...mixStages(place, back, backTiling, { x: place.at('dy'), y: place.at('dx'), weight: place.at('weight'), bias: null }),
        ...weightGradient(place, dense, tiling, { x: place.at('x'), dy: place.at('dy'), dweight: place.at('dweight') }),
        ...biasOf(place),
      ],
    };
  }
  const rows: Mix = { outer: 1, inputs: outer, outputs, inner: channels, groups: 1, apart: { input: outputs, output: 1 } };
  const rowsTiling = mixTiling(rows);
  return {
    how: `sums over ${outputs} outputs for dx, over ${outer} rows for the weights`,
    scratch: Math.max(backTiling.scratch, rowsTiling.scratch),
    build: (place) => [
      ...mixStages(place, back, backTiling, { x: place.at('dy'), y: place.at('dx'), weight: place.at('weight'), bias: null }),
      ...mixStages(place, rows, rowsTiling, { x: place.at('x'), y: place.at('dweight'), weight: place.at('dy'), bias: null }),
      ...biasOf(place),
    ],
  };
}

/** Of no rows at all. */
const nothing = (weights: number, biases: number): Plan => ({
  how: 'zeros, because there is no value',
  build: (place) => [
    [{ calls: [['clearFloats', place.at('dweight'), weights]] }, { calls: [['clearFloats', place.at('dbias'), biases]] }],
  ],
});

/** Rows of a picture from this width on are rows of their own: a table has a number for each of their columns. */
const wide = 256;

/** The values of a plane as pixels under a 1 × 1 kernel: those of narrow pictures in one row. */
function planes({ outer, inputs, inner, outputs }: Mixing, x: Shape): Dense {
  const width = (x.at(-1) ?? 1) < wide ? inner : x.at(-1)!;
  const axis = (length: number) => slidingAxis({ length, kernel: 1, stride: 1, dilation: 1, before: 0, after: 0 }, 'zeros');
  const placed = (length: number): Placed => ({ length, first: 0, step: 1 });
  return {
    images: outer,
    groups: 1,
    channels: inputs,
    outputs,
    down: axis(inner / width),
    across: axis(width),
    kernel: { perGroup: inputs * outputs, perOutput: inputs, perChannel: 1, at: () => 0 },
    result: { down: placed(inner / width), across: placed(width) },
  };
}

const greys = { bt601: [0.299, 0.587, 0.114], bt709: [0.2126, 0.7152, 0.0722] } as const;

export const mixers = [
  planned(
    linear,
    ({ params, inputs }) => mixed(inputs, linearMixing(inputs, params.over)),
    ({ params, inputs }) => mixedGradients(inputs, linearMixing(inputs, params.over)),
  ),
  planned(
    mix1x1,
    ({ inputs }) => mixed(inputs, mixingOf('mix1x1', shapesOf(inputs), 1)),
    ({ inputs }) => mixedGradients(inputs, mixingOf('mix1x1', shapesOf(inputs), 1)),
  ),
  planned(
    grey,
    ({ params, inputs: { x } }) => {
      const [outer, inputs, h, w] = imageAxes('grey', x.shape);
      return weighted({ outer, inputs, inner: h * w, outputs: 1, groups: 1 }, params.weights, 'x', 'y');
    },
    ({ params, inputs: { x } }) => {
      const [outer, outputs, h, w] = imageAxes('grey', x.shape);
      return weighted({ outer, inputs: 1, inner: h * w, outputs, groups: 1 }, params.weights, 'dy', 'dx');
    },
  ),
];

const linearMixing = (inputs: Weighted, over: 'last' | 'channels'): Mixing =>
  mixingOf('linear', shapesOf(inputs), over === 'channels' ? 1 : inputs.x.shape.length - 1);

/** Planes by the weights of the eye, or by equal ones. */
function weighted(mix: Mix, name: 'mean' | keyof typeof greys, from: string, to: string): Plan {
  const count = mix.inputs * mix.outputs;
  const values = name === 'mean' ? new Array<number>(count).fill(1 / count) : greys[name];
  const tiling = mixTiling(mix);
  return {
    how: `one weighted sum of ${count} planes`,
    scratch: tiling.scratch,
    build: (place) => {
      const weight = place.put(Float32Array.from(values));
      return mixStages(place, mix, tiling, { x: place.at(from), y: place.at(to), weight, bias: null });
    },
  };
}
