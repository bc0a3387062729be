// Norms of blocks of neighbouring values: instance, group and layer norm differ in what a block is and which weight a value gets.

import { constant, normalised, read } from './expression';
import { defineOp, type Example, type Op, type Starter, type WeightField } from './op';
import { stretches } from './pointwise';
import type { Reaches } from './reach';
import type { Params, Schema } from './schema';
import { type Shape, sizeOf, type Values } from './tensor';

type Names = 'x' | 'weight' | 'bias';
type Shapes = { readonly [K in Names]: Shape };

/** How a tensor falls into blocks. */
export interface Blocks {
  /** Values of one block; they lie side by side. */
  readonly length: number;
  /** Which γ and β belong to the value at a flat index. */
  weightAt(index: number): number;
}

export interface BlockNorm<S extends Schema> {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly formula: string;
  readonly inputs: { readonly [K in Names]: string };
  readonly params: S;
  eps(params: Params<S>): number;
  /** @throws RangeError when the shapes do not fit. */
  blocks(shapes: Shapes, params: Params<S>): Blocks;
  /** How many numbers γ and β hold when a step gives single ones. */
  weights(x: Shape, params: Params<S>): number;
  /** Whose mean and variance take part: `channel`. */
  readonly among: string;
  reach(x: Shape, params: Params<S>): Reaches;
  torch(params: Params<S>): string;
  onnx(params: Params<S>): string;
  readonly traps: readonly string[];
  readonly examples: readonly Example<Names>[];
  readonly starter: Starter;
}

export const blockNorm = <const S extends Schema>(declared: BlockNorm<S>): Op<Names, S, Names> => {
  const weight = (title: string, help: string, value: number): WeightField<S> => ({
    kind: 'perChannel',
    title,
    help,
    default: value,
    min: -1000,
    max: 1000,
    step: 0.05,
    length: declared.weights,
  });
  return defineOp({
    name: declared.name,
    title: declared.title,
    summary: declared.summary,
    formula: declared.formula,
    family: 'normalisation',
    inputs: declared.inputs,
    weights: {
      weight: weight('Scale γ', 'Multiplies the normalised values.', 1),
      bias: weight('Shift β', 'Added to the normalised values.', 0),
    },
    params: declared.params,

    infer(shapes, params) {
      declared.blocks(shapes, params);
      return shapes.x;
    },
    reach: ({ x }, params) => declared.reach(x, params),

    *forward({ x, weight, bias }, params, y) {
      const { length, weightAt } = declared.blocks({ x: x.shape, weight: weight.shape, bias: bias.shape }, params);
      const eps = declared.eps(params);
      const size = x.data.length;
      for (let start = 0; start < size; start += length) {
        const progress = (share: number) => (start + share * length) / size;
        const { mean, inverse } = yield* moments(x.data, start, length, eps, (done) => progress(done * 0.6));
        for (const { from, to, done } of stretches(length)) {
          for (let i = start + from; i < start + to; i++) {
            const k = weightAt(i);
            y.data[i] = (x.data[i]! - mean) * inverse * weight.data[k]! + bias.data[k]!;
          }
          yield done === 1 ? progress(1) : progress(0.6 + 0.4 * done);
        }
      }
    },

    differentiable: ['x', 'weight', 'bias'],
    // Every value also moves mean and variance: dx = (g − mean(g) − x̂·mean(g·x̂)) / σ with g = γ·dy.
    backward({ x, weight, bias }, params, dy, { x: dx, weight: dw, bias: db }) {
      const { length, weightAt } = declared.blocks({ x: x.shape, weight: weight.shape, bias: bias.shape }, params);
      for (let start = 0; start < x.data.length; start += length) {
        const { mean, inverse } = last(moments(x.data, start, length, declared.eps(params), Number));
        let [sum, sumNormal] = [0, 0];
        for (let i = start; i < start + length; i++) {
          const k = weightAt(i);
          const normal = (x.data[i]! - mean) * inverse;
          const g = dy.data[i]! * weight.data[k]!;
          sum += g;
          sumNormal += g * normal;
          dw.data[k]! += dy.data[i]! * normal;
          db.data[k]! += dy.data[i]!;
        }
        for (let i = start; i < start + length; i++) {
          const normal = (x.data[i]! - mean) * inverse;
          const g = dy.data[i]! * weight.data[weightAt(i)]!;
          dx.data[i]! += inverse * (g - (sum + normal * sumNormal) / length);
        }
      }
    },

    explain(params, shapes, output) {
      const { length, weightAt } = declared.blocks(shapes, params);
      const at = weightAt(output);
      const over = { starts: [output - (output % length)], length, step: 1 };
      const formula = normalised({
        x: read('x', output),
        mean: { kind: 'gathered', what: 'mean', over, letter: 'μ' },
        variance: { kind: 'gathered', what: 'variance', over, letter: 'σ²' },
        eps: constant(declared.eps(params), 'ε'),
        scale: read('weight', at, 'γ'),
        shift: read('bias', at, 'β'),
      });
      const beside = `the mean and variance of its ${declared.among}`;
      return { how: 'map', terms: [{ x: output, weight: at }], bias: at, beside, formula };
    },
    cost: ({ x, weight, bias }) => ({
      macs: 3 * sizeOf(x),
      parameters: sizeOf(weight) + sizeOf(bias),
      bytes: 4 * (4 * sizeOf(x) + sizeOf(weight) + sizeOf(bias)),
    }),
    torch: declared.torch,
    onnx: declared.onnx,
    traps: declared.traps,
    examples: declared.examples,
    starter: declared.starter,
  });
};

/** Refuses γ or β of a shape that is not among those accepted. @throws RangeError */
export function checkWeights(op: string, { weight, bias }: Shapes, accepted: readonly Shape[]): void {
  for (const [name, shape] of Object.entries({ weight, bias })) {
    if (!accepted.some((one) => one.join() === shape.join())) {
      const shapes = accepted.map((one) => `[${one.join(', ')}]`).join(' or ');
      throw new RangeError(`${op}: expected ${name} of shape ${shapes}, received [${shape.join(', ')}]`);
    }
  }
}

interface Moments {
  readonly mean: number;
  /** One divided by the root of the biased variance and epsilon. */
  readonly inverse: number;
}

/** In two passes, with what rounding left of the mean taken out again (Chan, Golub and LeVeque, 1983). */
function* moments(
  data: Values,
  start: number,
  length: number,
  eps: number,
  progress: (done: number) => number,
): Generator<number, Moments> {
  let sum = 0;
  for (const { from, to, done } of stretches(length)) {
    for (let i = start + from; i < start + to; i++) sum += data[i]!;
    if (done < 1) yield progress(done / 2);
  }
  const mean = sum / length;
  let [squares, left] = [0, 0];
  for (const { from, to, done } of stretches(length)) {
    for (let i = start + from; i < start + to; i++) {
      const d = data[i]! - mean;
      squares += d * d;
      left += d;
    }
    if (done < 1) yield progress((1 + done) / 2);
  }
  const shift = left / length;
  return { mean: mean + shift, inverse: 1 / Math.sqrt(Math.max(squares / length - shift * shift, 0) + eps) };
}

/** What a generator returns in the end. */
function last<T>(work: Generator<unknown, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
