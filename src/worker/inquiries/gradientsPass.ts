// A chain forward and backward on its ground, with all that lies between.

import { seed, through } from '../../core/backward';
import { layersOf } from '../../core/layers';
import { losses } from '../../core/losses';
import { distance, meanOfChannel, type Objective, oneValue } from '../../core/objective';
import type { Scene, Step } from '../../core/scene';
import { forwardSteps, type Layer, storing, supplied } from '../../core/sequential';
import { type Tensor, zeros } from '../../core/tensor';
import type { Node } from '../api';
import { breathed } from '../breathed';
import type { InquiryDesk } from '.';
import { type Ground, type Prepared, partBehind, wholeOrReduced } from './gradientsGround';

/** The number whose gradient is asked for. */
export type OriginAsked =
  | { readonly of: 'value'; readonly channel: number; readonly row: number; readonly column: number }
  | { readonly of: 'mean'; readonly channel: number }
  | { readonly of: 'loss'; readonly loss: string; readonly target: TargetAsked };
export type TargetAsked = { readonly of: 'constant'; readonly value: number } | { readonly of: 'node'; readonly node: Node };

/** Where gradients start: at a node of the page's scene. */
export interface From {
  readonly node: Node;
  readonly origin: OriginAsked;
}

/** A ground, the objective on it, and the scene as far as the node where the gradient starts. */
export interface Setting {
  readonly ground: Ground;
  readonly scene: Scene;
  readonly x: Tensor;
  readonly objective: Objective;
}
/** What went forward: the input of every step that is on, then the last result. */
export interface Forward {
  /** Index in the scene of every step that is on. */
  readonly on: readonly Node[];
  readonly layers: readonly Layer[];
  readonly values: readonly Tensor[];
  readonly amount: number;
}
/** By step that is on, then by input name. `nodes` are dL/d(value) of what `values` holds. */
export interface Pass extends Setting, Forward {
  readonly steps: readonly Readonly<Record<string, Tensor>>[];
  readonly nodes: readonly Tensor[];
}

/** The pass that was made last of an open picture. */
const last = new WeakMap<Tensor, { readonly key: string; readonly pass: Pass }>();

/** Forward and backward; the one before is kept for questions about it. */
export async function passFrom(from: From, desk: InquiryDesk): Promise<Pass> {
  const picture = await desk.during(-1, async (x) => x);
  const key = JSON.stringify([from, desk.scene]);
  const known = last.get(picture);
  if (known?.key === key) return known.pass;
  const { setting, forward } = await settingFrom(from, desk);
  const pass = { ...setting, ...forward, ...(await backwardOn(setting, forward, desk)) };
  last.set(picture, { key, pass });
  return pass;
}

/** Chooses the ground, and goes forward on it. */
export async function settingFrom({ node, origin }: From, desk: InquiryDesk): Promise<{ setting: Setting; forward: Forward }> {
  const scene = { ...desk.scene, steps: desk.scene.steps.slice(0, node + 1) };
  const on = (prepared: Prepared) => settled(prepared, scene, origin, desk);
  if (origin.of === 'value') {
    const part = await partBehind(scene, [origin.row, origin.column], desk);
    const made = part && (await on(part));
    if (made && (await agrees(made.forward.amount, node, origin, desk))) return made;
  }
  return on(await wholeOrReduced(scene, desk));
}

async function settled({ ground, x, place }: Prepared, scene: Scene, origin: OriginAsked, desk: InquiryDesk) {
  const ran = await forwardOn(ground, scene, x, desk);
  const y = ran.values.at(-1)!;
  const objective = objectiveOf(origin, y, place, (at) => ran.values[ran.on.filter((step) => step <= at).length]!);
  return { setting: { ground, scene, x, objective }, forward: { ...ran, amount: objective.amount(y) } };
}

function objectiveOf(origin: OriginAsked, y: Tensor, place: Prepared['place'], valuesAt: (node: Node) => Tensor): Objective {
  const [, channels = 1, height = 1, width = 1] = y.shape;
  if (origin.of === 'mean') return meanOfChannel(Math.min(origin.channel, channels - 1));
  if (origin.of === 'value') {
    const [row, column] = place(origin.row, origin.column);
    return oneValue((Math.min(origin.channel, channels - 1) * height + row) * width + column);
  }
  const loss = losses[origin.loss];
  if (!loss) throw new RangeError(`loss: expected one of ${Object.keys(losses).join(', ')}, received ${origin.loss}`);
  if (origin.target.of === 'node') return distance(loss, valuesAt(origin.target.node));
  const target = zeros(y.shape);
  target.data.fill(origin.target.value);
  return distance(loss, target);
}

/** Whether a part gives the value that the whole has: not where a step depends on where in the picture it is. */
async function agrees(amount: number, node: Node, origin: OriginAsked & { of: 'value' }, desk: InquiryDesk): Promise<boolean> {
  const [, , height = 1, width = 1] = desk.shapes[node + 1] ?? [];
  const whole = await desk.during(node, async (y) => y.data[(origin.channel * height + origin.row) * width + origin.column]);
  if (whole === undefined)
    throw new RangeError(`A value of the result is expected, received row ${origin.row}, column ${origin.column}.`);
  return Object.is(whole, amount) || Math.abs(whole - amount) <= 1e-4 * Math.max(1, Math.abs(whole));
}

/** Goes forward again on the same ground: with a scene whose weights have changed. */
export async function forwardAgain(setting: Setting, scene: Scene, desk: InquiryDesk): Promise<Forward> {
  const ran = await forwardOn(setting.ground, scene, setting.x, desk);
  return { ...ran, amount: setting.objective.amount(ran.values.at(-1)!) };
}

async function forwardOn(ground: Ground, scene: Scene, x: Tensor, desk: InquiryDesk): Promise<Omit<Forward, 'amount'>> {
  const on = [...scene.steps.keys()].filter((i) => !scene.steps[i]!.off);
  const layers = layersOf(scene, x.shape);
  if (ground.exact) {
    const pass = await breathed(forwardSteps(layers, x, { keep: true }), desk.breath);
    return { on, layers: pass.layers, values: [x, ...pass.outputs.map((y) => y!)] };
  }
  const { engines } = desk.workshop;
  const values: Tensor[] = [x];
  const complete: Layer[] = [];
  const [wanted, stored] = [storing(layers), new Map<Layer, Tensor>()];
  for (const [i, layer] of layers.entries()) {
    const now = supplied(layer, stored);
    const name = wanted.get(layer);
    if (name !== undefined) stored.set(layer, await engines.store(now, name, values[i]!, options(desk)));
    const { y } = await engines.runLayers([now], values[i]!, options(desk));
    complete.push(now);
    values.push(y);
    desk.report((0.4 * (i + 1)) / on.length);
  }
  return { on, layers: complete, values };
}

export async function backwardOn({ ground, objective }: Setting, { on, layers, values }: Forward, desk: InquiryDesk) {
  const steps: Readonly<Record<string, Tensor>>[] = [];
  const nodes: Tensor[] = [];
  const dy = seed(objective.origin, values.at(-1)!);
  // As what it becomes on its way back is.
  nodes[on.length] = ground.exact ? dy : { shape: dy.shape, data: Float32Array.from(dy.data) };
  for (let i = on.length - 1; i >= 0; i--) {
    const grads = ground.exact
      ? through(layers[i]!, values[i]!, nodes[i + 1]!)
      : await desk.workshop.engines.backwardLayer(layers[i]!, values[i]!, nodes[i + 1]!, options(desk));
    steps[i] = grads;
    nodes[i] = grads.x ?? zeros(values[i]!.shape);
    desk.report(0.4 + 0.5 * (1 - i / on.length));
    if (desk.breath.due()) await desk.breath.rest();
  }
  return { steps, nodes };
}

/** What one step sends back on its ground, given dL/dy. */
export async function sentBack(pass: Pass, i: number, dy: Tensor, desk: InquiryDesk): Promise<Readonly<Record<string, Tensor>>> {
  if (pass.ground.exact) return through(pass.layers[i]!, pass.values[i]!, dy);
  return desk.workshop.engines.backwardLayer(pass.layers[i]!, pass.values[i]!, dy, options(desk));
}

/** Sums as they are written: what is shown is compared with differences. */
const options = ({ breath }: InquiryDesk) => ({ signal: breath.signal, exact: true });

/** The step of a scene at a node. @throws RangeError where there is none that is on. */
export function stepOn(scene: Scene, node: Node): Step {
  const step = scene.steps[node];
  if (!step || step.off) throw new RangeError(`A step that is on is expected, received ${node + 1}.`);
  return step;
}
