// Runs a recipe with onnxruntime-web: Wasm, one thread, no optimisation of the graph.

import * as ort from 'onnxruntime-web';
import type { Tensor } from '../../src/core/tensor';
import { model } from './onnx';
import type { Drawn, Recipe } from './row';

ort.env.wasm.numThreads = 1;
ort.env.logLevel = 'fatal';
const options = { graphOptimizationLevel: 'disabled', logSeverityLevel: 4 } as const;

export interface Result {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** What the oracle makes of a case. Rejects where it refuses it. */
export async function runRecipe({ nodes, constants = [], feeds = {} }: Recipe, { inputs }: Drawn): Promise<Result> {
  const read = new Set(nodes.flatMap((node) => node.inputs));
  const given = Object.entries({ ...inputs, ...feeds }).filter(([name]) => read.has(name));
  const bytes = model({
    nodes,
    constants,
    inputs: given.map(([name, { shape }]) => ({ name, shape })),
    outputs: ['y'],
  });
  const session = await ort.InferenceSession.create(bytes, options);
  try {
    const results = await session.run(Object.fromEntries(given.map(([name, tensor]) => [name, float32(tensor)])));
    const { y } = results;
    if (!(y?.data instanceof Float32Array)) throw new Error('expected a float tensor y');
    return { shape: y.dims, data: y.data };
  } finally {
    await session.release();
  }
}

const float32 = ({ shape, data }: Tensor): ort.Tensor => new ort.Tensor('float32', Float32Array.from(data), [...shape]);
