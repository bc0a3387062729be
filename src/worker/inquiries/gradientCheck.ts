// One backward value against the quotient of differences: the number is moved a little each way, and what follows it is computed again in float64.

import { type Layer, layersOf } from '../../core/layers';
import type { Scene, Step } from '../../core/scene';
import { forwardSteps } from '../../core/sequential';
import type { Tensor } from '../../core/tensor';
import { gathered, numbersOf, weightValue, withNumbers } from '../../core/training';
import { weightsOf } from '../../core/weights';
import type { Node } from '../api';
import { breathed } from '../breathed';
import type { Inquiry, InquiryDesk } from '.';
import { movedAt } from './gradientMoved';
import { nearTo } from './gradientNear';
import { type From, type Pass, passFrom, stepOn } from './gradientsPass';

/** A number that the objective depends on. */
export type Checked =
  /** A value of the ground's picture. */
  | { readonly of: 'x'; readonly channel: number; readonly row: number; readonly column: number }
  /** A number that a step holds: the index among those of the weight. */
  | { readonly of: 'weight'; readonly node: Node; readonly name: string; readonly at: number };
export interface CheckAsked {
  readonly from: From;
  readonly what: Checked;
  readonly h: number;
}
export interface Check {
  readonly value: number;
  readonly backward: number;
  /** L(v + h), L(v) and L(v − h). */
  readonly plus: number;
  readonly middle: number;
  readonly minus: number;
  /** (L(v + h) − L(v − h)) / 2h. */
  readonly quotient: number;
  /** The same on each side alone. */
  readonly left: number;
  readonly right: number;
  /** Distance of both, as a share of the larger. */
  readonly error: number;
  /** `kink`: the two sides have slopes of their own, and the backward value is one of those between them. */
  readonly verdict: 'agrees' | 'kink' | 'differs';
}

/** What is told apart: of passes in float64, and of those of the engines. */
const tolerance = { exact: 1e-5, engines: 2e-3 };

export const gradientCheck: Inquiry<'gradientCheck'> = async ({ from, what, h }, desk) => {
  const pass = await passFrom(from, desk);
  const { value, backward, middle, beyond, moved } = await (what.of === 'x'
    ? pixelOf(pass, what, desk)
    : weightOf(pass, what, desk));
  const around = async (by: number): Promise<Amounts> => {
    const [plus, minus] = [await moved(value + by), await moved(value - by)];
    return { plus, middle, minus };
  };
  const amounts = await around(h);
  const found = judged(amounts, h, backward, pass.ground.exact, () => roundingOf(pass, what));
  // Closer to the value a bend becomes straight, a kink stays what it is.
  const stays = found.verdict !== 'kink' || gapOf(await around(h / 10), h / 10) > gapOf(amounts, h) / 2;
  const told = { plus: amounts.plus + beyond, middle: middle + beyond, minus: amounts.minus + beyond };
  return { value, backward, ...told, ...found, verdict: stays ? found.verdict : 'differs' };
};

/** The objective as it is, in float64 from a step on: the same for all numbers that are moved there. */
const middles = new WeakMap<Pass, Map<number, number>>();
async function middleOf(pass: Pass, step: number, compute: () => Promise<number>): Promise<number> {
  const known = middles.get(pass) ?? new Map<number, number>();
  middles.set(pass, known);
  const amount = known.get(step) ?? (await compute());
  known.set(step, amount);
  return amount;
}

type Amounts = Pick<Check, 'plus' | 'middle' | 'minus'>;
const gapOf = ({ plus, middle, minus }: Amounts, h: number): number => Math.abs(plus - 2 * middle + minus) / h;

/** Compares a slope with the amounts around it. */
function judged(
  { plus, middle, minus }: Amounts,
  h: number,
  backward: number,
  exact: boolean,
  rounding: () => number,
): Pick<Check, 'quotient' | 'left' | 'right' | 'error' | 'verdict'> {
  const [quotient, left, right] = [(plus - minus) / (2 * h), (middle - minus) / h, (plus - middle) / h];
  const size = Math.max(Math.abs(quotient), Math.abs(backward));
  const error = size === 0 ? 0 : Math.abs(quotient - backward) / size;
  const most = exact ? tolerance.exact : tolerance.engines;
  // Differences of amounts carry their rounding, which h magnifies.
  const noise = (8 * Number.EPSILON * Math.max(Math.abs(plus), Math.abs(minus))) / h;
  if (error <= most || Math.abs(quotient - backward) <= noise + rounding())
    return { quotient, left, right, error, verdict: 'agrees' };
  const slack = most * Math.max(size, Math.abs(left), Math.abs(right)) + noise;
  const between = backward >= Math.min(left, right) - slack && backward <= Math.max(left, right) + slack;
  return { quotient, left, right, error, verdict: between && Math.abs(right - left) > 2 * slack ? 'kink' : 'differs' };
}

/** What a sum of products may have lost where the engines rounded its terms to float32: of terms that cancel, all that is left of them. */
function roundingOf({ ground, on, nodes, values }: Pass, what: Checked): number {
  if (ground.exact || what.of === 'x') return 0;
  const i = on.indexOf(what.node);
  let [largest, sum] = [1, 0];
  for (const v of values[i]!.data) largest = Math.max(largest, Math.abs(v));
  for (const v of nodes[i + 1]!.data) sum += Math.abs(v);
  return 2 ** -24 * sum * largest;
}

interface Movable {
  readonly value: number;
  readonly backward: number;
  /** What of the objective changes with the number, and what stays. */
  readonly middle: number;
  readonly beyond: number;
  /** What changes, with another number in its place. */
  moved(to: number): Promise<number>;
}

async function pixelOf(pass: Pass, { channel, row, column }: Checked & { of: 'x' }, desk: InquiryDesk): Promise<Movable> {
  const [x] = pass.values;
  const [, channels = 1, height = 1, width = 1] = x!.shape;
  const at = (channel * height + row) * width + column;
  if (!(channel < channels && row < height && column < width))
    throw new RangeError(`A pixel of the picture is expected, received ${column}, ${row}.`);
  const [value, backward] = [x!.data[at]!, pass.nodes[0]!.data[at]!];
  // A ground that is computed exactly is small anyway.
  const near = pass.ground.exact ? null : await nearTo(pass, row, column, desk);
  if (near) {
    const middle = await near.amount(near.x);
    const data = near.x.data.slice();
    const moved = (to: number) => {
      data[near.at(channel, row, column)] = to;
      return near.amount({ shape: near.x.shape, data });
    };
    return { value, backward, middle, beyond: pass.amount - middle, moved };
  }
  const data = Float64Array.from(x!.data);
  const moved = (to: number) => {
    data[at] = to;
    return amountFrom(pass, 0, { shape: x!.shape, data }, pass.scene, desk);
  };
  return { value, backward, middle: await middleOf(pass, 0, () => moved(value)), beyond: 0, moved };
}

async function weightOf(pass: Pass, { node, name, at }: Checked & { of: 'weight' }, desk: InquiryDesk): Promise<Movable> {
  const step = stepOn(pass.scene, node);
  const i = pass.on.indexOf(node);
  const gradient = pass.steps[i]?.[name];
  const { op } = pass.layers[i]!;
  const held = weightValue(op, step, name);
  const numbers = numbersOf(held);
  const value = numbers[at];
  if (!gradient || value === undefined)
    throw new RangeError(`${step.op} ${name}: a number that has a gradient is expected, received ${at}.`);
  const stepWith = (to: number): Step => {
    const changed = withNumbers(
      held,
      numbers.map((one, n) => (n === at ? to : one)),
    );
    return { ...step, weights: { ...step.weights, [name]: changed } };
  };
  const backward = gathered(numbers.length, gradient).data[at]!;
  const differences = movedAt(pass, i, pass.scene, desk);
  if (differences) {
    const { params } = pass.layers[i]!;
    const by = (to: number) => differences.by(weightsOf(op, stepWith(to), params, pass.values[i]!.shape));
    return { value, backward, middle: pass.amount, beyond: 0, moved: async (to) => pass.amount + (await by(to)) };
  }
  const moved = (to: number) => {
    const steps = pass.scene.steps.map((one, n) => (n === node ? stepWith(to) : one));
    return amountFrom(pass, i, pass.values[i]!, { ...pass.scene, steps }, desk);
  };
  return { value, backward, middle: await middleOf(pass, i, () => moved(value)), beyond: 0, moved };
}

/** The objective, computed from what goes into the i-th step that is on. */
async function amountFrom(pass: Pass, i: number, x: Tensor, scene: Scene, { breath }: InquiryDesk): Promise<number> {
  const layers = layersOf(scene, pass.x.shape);
  // What was stored before that step stands.
  const isSupplied = ({ takes }: Layer): boolean => takes !== undefined && layers.indexOf(takes.from) < i;
  const rest = layers.map((layer, n) => (isSupplied(layer) ? pass.layers[n]! : layer)).slice(i);
  const { y } = await breathed(forwardSteps(rest, x), breath);
  return pass.objective.amount(y);
}
