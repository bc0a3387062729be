// A chain of layers from the words of a case: `conv2d stride=1 padding=1 (conv1)`, with weights `conv1.weight` and `conv1.bias`.

import { parse } from '../../src/core/parse';
import { opOf } from '../../src/core/registry';
import { backward, finished, forwardSteps, type Layer } from '../../src/core/sequential';
import type { Shape, Tensor } from '../../src/core/tensor';

export interface Chained {
  readonly y: Tensor;
  /** By the names of the case: `x`, `conv1.weight`. */
  readonly grads: Readonly<Record<string, Tensor>>;
}

/** Makes our words of torch's: parameters in camelCase, and inputs that torch takes for granted. */
export type Adapt = (op: string, params: Record<string, unknown>, inputs: Record<string, Tensor>) => void;

/** @throws RangeError where the words name no layer. */
export function runChain(steps: readonly string[], inputs: Readonly<Record<string, Tensor>>, dy: Tensor, adapt: Adapt): Chained {
  const x = inputs.x;
  if (!x) throw new RangeError('expected an input x');
  const names: (string | undefined)[] = [];
  const layers: Layer[] = [];
  let channels: Shape = x.shape;
  for (const words of steps) {
    const { op: name, params: raw, label } = read(words);
    const op = opOf(name);
    const given = Object.entries(inputs).filter(([key]) => label !== undefined && key.startsWith(`${label}.`));
    const weights: Record<string, Tensor> = Object.fromEntries(
      given.map(([key, value]) => [key.slice(key.indexOf('.') + 1), value]),
    );
    // Only the count of channels matters for what is taken for granted.
    const withX: Record<string, Tensor> = { ...weights, x: { shape: channels, data: new Float64Array(0) } };
    adapt(name, raw, withX);
    const { x: _, ...rest } = withX;
    const params = parse(op.params, raw, name);
    channels = op.infer({ ...mapShapes(rest), x: channels }, params);
    layers.push({ op, params, weights: rest });
    names.push(label);
  }
  const pass = finished(forwardSteps(layers, x, { keep: true }));
  const { steps: found, x: dx } = backward(pass, { of: 'loss', gradient: () => dy });
  const grads: Record<string, Tensor> = { x: dx };
  found.forEach((gradients, i) => {
    for (const [name, gradient] of Object.entries(gradients)) if (names[i]) grads[`${names[i]}.${name}`] = gradient;
  });
  return { y: pass.y, grads };
}

const mapShapes = (tensors: Readonly<Record<string, Tensor>>): Record<string, Shape> =>
  Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape]));

/** `batch_norm training eps=1e-5 (bn)` */
function read(words: string): { op: string; params: Record<string, unknown>; label: string | undefined } {
  const [op = '', ...rest] = words.split(' ');
  const params: Record<string, unknown> = {};
  let label: string | undefined;
  for (const word of rest) {
    const [key = '', value] = word.split('=');
    if (key.startsWith('(')) label = key.slice(1, -1);
    else params[camel(key)] = value === undefined || readValue(value);
  }
  return { op: camel(op), params, label };
}

function readValue(text: string): unknown {
  if (text === 'True' || text === 'False') return text === 'True';
  return Number.isNaN(Number(text)) ? text : Number(text);
}

const camel = (name: string): string => name.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
