// What a change of a step's numbers makes of the objective: only differences go forward, and only through channels that change.

import { forwardSteps, type Layer, layersOf } from '../../core/layers';
import { changedIn, kernelsOf, type Narrowed, ofInput, ofNumbers, placed, planesOf, wide } from '../../core/narrowed';
import type { Scene } from '../../core/scene';
import { type Shape, type Tensor, zeros } from '../../core/tensor';
import { breathed } from '../breathed';
import type { InquiryDesk } from '.';
import type { Pass } from './gradientsPass';

/** Products that plain loops are left with; more of a sum of products go to the engines, which keep seven digits of a difference. */
const mostPlain = 4e6;

/** A step whose numbers are moved, and what follows it. */
export interface Moved {
  /** How much the objective changes where the step has these weights. */
  by(weights: Readonly<Record<string, Tensor>>): Promise<number>;
}

/** Null where a step takes what another one stores anew: then nothing is left out. */
export function movedAt(pass: Pass, i: number, scene: Scene, desk: InquiryDesk): Moved | null {
  const layers = layersOf(scene, pass.x.shape);
  if (layers.some(({ takes }) => takes && layers.indexOf(takes.from) >= i)) return null;
  return {
    async by(weights) {
      let change = await ofStep(pass, i, weights, desk);
      for (let k = i + 1; k < pass.layers.length; k++) {
        if (changedIn(change).length === 0) return 0;
        change = await behind(pass, k, change, desk);
      }
      return added(pass, change);
    },
  };
}

async function ofStep(pass: Pass, i: number, weights: Readonly<Record<string, Tensor>>, desk: InquiryDesk): Promise<Tensor> {
  const [layer, x] = [pass.layers[i]!, pass.values[i]!];
  if (!kernelsOf(layer.op)) return difference(await plain({ ...layer, weights }, x, desk), await baseOf(pass, i, desk));
  const change = Object.fromEntries(Object.entries(weights).map(([name, to]) => [name, difference(to, layer.weights[name]!)]));
  return spread(pass, i, ofNumbers(layer, x, change), desk);
}

async function behind(pass: Pass, k: number, change: Tensor, desk: InquiryDesk): Promise<Tensor> {
  const [layer, x] = [pass.layers[k]!, pass.values[k]!];
  if (kernelsOf(layer.op)) return spread(pass, k, ofInput(layer, change), desk);
  // What works place by place leaves all other channels as they are.
  const alone = layer.op.kinks !== undefined && Object.keys(layer.weights).length === 0;
  const channels = alone ? changedIn(change) : null;
  const of = (whole: Tensor) => (channels ? planesOf(whole, channels) : whole);
  const [to, by] = [wide(of(x)), of(change)];
  for (let at = 0; at < to.data.length; at++) to.data[at]! += by.data[at]!;
  const made = difference(await plain(layer, to, desk), of(await baseOf(pass, k, desk)));
  return channels ? placed(made, channels, change.shape) : made;
}

const plain = async (layer: Layer, x: Tensor, { breath }: InquiryDesk): Promise<Tensor> =>
  (await breathed(forwardSteps([layer], x), breath)).y;

/** Results of steps as the pass has their inputs, in float64. */
const bases = new WeakMap<Pass, Map<number, Tensor>>();
async function baseOf(pass: Pass, k: number, desk: InquiryDesk): Promise<Tensor> {
  const known = bases.get(pass) ?? new Map<number, Tensor>();
  bases.set(pass, known);
  const base = known.get(k) ?? (await plain(pass.layers[k]!, pass.values[k]!, desk));
  known.set(k, base);
  return base;
}

/** Equal values differ by nothing, also where they are infinite. */
function difference(to: Tensor, from: Tensor): Tensor<Float64Array> {
  const by = zeros(from.shape);
  for (let at = 0; at < by.data.length; at++)
    by.data[at] = Object.is(to.data[at], from.data[at]) ? 0 : to.data[at]! - from.data[at]!;
  return by;
}

/** Runs a narrowed layer, and puts what it makes where it belongs in the k-th result. */
const spread = async (pass: Pass, k: number, { layer, x, outputs }: Narrowed, desk: InquiryDesk): Promise<Tensor> =>
  placed(await summed(layer, x, pass.ground.exact, desk), outputs, pass.values[k + 1]!.shape);

async function summed(layer: Layer, x: Tensor, exact: boolean, desk: InquiryDesk): Promise<Tensor> {
  const shapes: Record<string, Shape> = { x: x.shape };
  for (const [name, { shape }] of Object.entries(layer.weights)) shapes[name] = shape;
  if (exact || layer.op.cost(shapes, layer.params).macs <= mostPlain) return plain(layer, x, desk);
  const { workshop, breath } = desk;
  return (await workshop.engines.runLayers([layer], x, { signal: breath.signal, exact: true })).y;
}

/** What the changes of single values add up to. */
function added({ objective, values }: Pass, { shape, data }: Tensor): number {
  const { data: from } = values.at(-1)!;
  let sum = 0;
  for (let at = 0; at < data.length; at++) {
    const by = data[at]!;
    if (by !== 0) sum += objective.share(from[at]! + by, at, shape) - objective.share(from[at]!, at, shape);
  }
  return sum;
}
