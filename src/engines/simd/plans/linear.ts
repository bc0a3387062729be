// Linear layers, 1 × 1 mixing of channels and grey: weighted sums of values at the same place.

import { type Mixing, mixingOf } from '../../../core/mixing';
import { grey } from '../../../core/ops/grey';
import { linear } from '../../../core/ops/linear';
import { mix1x1 } from '../../../core/ops/mix1x1';
import { imageAxes, type Shape, sizeOf } from '../../../core/tensor';
import { type Given, type Place, type Plan, planned } from '../plan';
import { mixStages, mixTiling } from './mix';

type Weighted = Readonly<Record<'x' | 'weight' | 'bias', Given>>;

const shapesOf = ({ x, weight, bias }: Weighted) => ({ x: x.shape, weight: weight.shape, bias: bias.shape });

export const linearAxis = (x: Shape, over: 'last' | 'channels'): number => (over === 'channels' ? 1 : x.length - 1);

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

const greys = { bt601: [0.299, 0.587, 0.114], bt709: [0.2126, 0.7152, 0.0722] } as const;

export const mixers = [
  planned(linear, ({ params, inputs }) =>
    mixed(inputs, mixingOf('linear', shapesOf(inputs), linearAxis(inputs.x.shape, params.over))),
  ),
  planned(mix1x1, ({ inputs }) => mixed(inputs, mixingOf('mix1x1', shapesOf(inputs), 1))),
  planned(grey, ({ params, inputs: { x } }) => {
    const [outer, inputs, h, w] = imageAxes('grey', x.shape);
    const values = params.weights === 'mean' ? new Array<number>(inputs).fill(1 / inputs) : greys[params.weights];
    const mix = { outer, inputs, inner: h * w, outputs: 1, groups: 1 };
    const tiling = mixTiling(mix);
    return {
      how: `one weighted sum of ${inputs} planes`,
      scratch: tiling.scratch,
      build: (place) => {
        const weight = place.put(Float32Array.from(values));
        return mixStages(place, mix, tiling, { x: place.at('x'), y: place.at('y'), weight, bias: null });
      },
    };
  }),
];
