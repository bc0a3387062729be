// Constants and graphs of one operator, for onnxruntime-web.

import type { Constant, Node } from '../../../test/differential/onnx';
import type { Recipe } from '../../../test/differential/row';
import type { Float32 } from './work';

export type { Constant } from '../../../test/differential/onnx';

export const floats = (name: string, data: ArrayLike<number>, shape: readonly number[] = [data.length]): Constant => ({
  name,
  kind: 'float',
  shape,
  data: Array.from(data),
});

/** One operator on `x` and its weights, in the order of their names here. */
export const oneOn = (type: string, attributes: Node['attributes'], weights: Readonly<Record<string, Float32>>): Recipe => ({
  nodes: [{ type, inputs: ['x', ...Object.keys(weights)], outputs: ['y'], attributes }],
  constants: Object.entries(weights).map(([name, { shape, data }]) => floats(name, data, shape)),
});
