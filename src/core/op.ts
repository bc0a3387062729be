import type { Expression } from './expression';
import type { Reaches } from './reach';
import type { Step } from './scene';
import type { Pair, Params, Schema } from './schema';
import type { Shape, Tensor } from './tensor';

export type Named<I extends string, T> = { readonly [K in I]: T };

/** One product or candidate behind an output value. */
export interface Term {
  /** Flat index into `x`; null where the window lies on padding of a constant. */
  readonly x: number | null;
  /** Flat index into `weight`, where the op has weights. */
  readonly weight?: number;
  /** Fixed coefficient: 1/divisor of an average, a bilinear weight. */
  readonly factor?: number;
}
/** In the order of their enumeration. Of a window as large as the picture they are made one by one, as they are asked for. */
export interface Terms extends Iterable<Term> {
  readonly length: number;
}
/**
 * How the terms make the value: `sum` adds products, `max` keeps the largest, `min` the smallest, `median` the lower middle one,
 * `norm` takes the root of the sum of powers, `map` applies a function to the only term.
 */
export interface Explanation {
  readonly how: 'sum' | 'max' | 'min' | 'median' | 'norm' | 'map';
  readonly terms: Terms;
  /** The exponent of a `norm`. */
  readonly power?: number;
  /** Flat index into `bias`, added at the end. */
  readonly bias?: number;
  /** What an average divides by. */
  readonly divisor?: number;
  /** Why: it counts the `window` with its padding, what of it lies on the padded picture (`clipped`) or on the picture (`inside`), or it was `given`. */
  readonly divides?: 'window' | 'clipped' | 'inside' | 'given';
  /** Where between the pixels of the input a resampled value is read: row and column, a whole number is the middle of a pixel. */
  readonly source?: readonly [row: number, column: number];
  /** Of a function of the term alone, where `inputs` were given: its value before it is rounded, and its slope there. */
  readonly point?: { readonly value: number; readonly slope: number };
  /** The arithmetic, where it is none of the above. */
  readonly formula?: Expression;
  /** A constant added at the end: a shift, what a border holds, or the noise drawn for this value. */
  readonly offset?: number;
  /** What else takes part, in words, where the function is not of the term alone: `the mean and variance of its channel`. */
  readonly beside?: string;
}

/** Numbers behind a result, one for each channel: the mean that a norm took. */
export interface Fact {
  readonly title: string;
  readonly values: readonly number[];
}

/** A range of numbers as it is written: `['(', 0, 1, ']']` holds 1, but not 0. */
export type Interval = readonly [open: '(' | '[', from: number, to: number, close: ')' | ']'];

/** How one axis of the output got its length, with the numbers in it. */
export interface AxisSize {
  readonly output: number;
  /** `⌊(451 + 0 − 6) / 6⌋ + 1` */
  readonly arithmetic: string;
  /** Input positions after the last window that no window reads. */
  readonly unread: number;
  /** Positions beyond the padded input that the last window covers, in ceil mode. */
  readonly invented: number;
}

export interface Cost {
  /** Multiply-accumulates. */
  readonly macs: number;
  readonly parameters: number;
  /** Read and written, as float32. */
  readonly bytes: number;
}

/** Rows of numbers. */
export type Matrix = readonly (readonly number[])[];
/** Kernels in two lists, in the order of the tensor: `[O][C/groups]` or `[C][O/groups]`. */
export type Bank = readonly (readonly Matrix[])[];

/** One small matrix, the same for every output and channel, or a bank of them: what the kernel editor edits. */
export interface KernelField<S extends Schema> {
  readonly kind: 'kernel';
  readonly title: string;
  readonly help: string;
  readonly default: Matrix;
  /** The tensor that one matrix fills. */
  shape(x: Shape, params: Params<S>, size: readonly [number, number]): Shape;
  /**
   * For kernels that lie on the picture, of which every filter and channel may have its own: the tensor's axes, and what parts its channels.
   * Absent where rows and columns are outputs and inputs.
   */
  readonly bank?: { readonly layout: 'OIHW' | 'IOHW'; groups(params: Params<S>): number };
}

/** How an input other than `x` is filled when a step gives no tensor for it. */
export type WeightField<S extends Schema> =
  | KernelField<S>
  | {
      /** One number for every channel, or a list with one each. */
      readonly kind: 'perChannel';
      readonly title: string;
      readonly help: string;
      readonly default: number;
      readonly min: number;
      readonly max: number;
      readonly step: number;
      /** `shapes` are those of the inputs that are declared before. */
      length(x: Shape, params: Params<S>, shapes: Readonly<Record<string, Shape>>): number;
    }
  | {
      /** Values that the nearest fitting layer before it stored under the same name, such as indices of a max-pool: no control, and none in a step. */
      readonly kind: 'stored';
      readonly title: string;
      readonly help: string;
      readonly default: number;
      /** Where no layer before it fits. */
      shape(x: Shape, params: Params<S>): Shape;
      /** The parameters with which the op takes what that layer stored; null where it does not fit. */
      take(x: Shape, params: Params<S>, from: Source): Params<S> | null;
      /** The layer in PyTorch's words, given the variable that holds what was stored. */
      torch(params: Params<S>, name: string): string;
    };

/** What may stand in the place of a step that overlaps unevenly. */
export interface Evened {
  /** The same op with a `kernel` that the stride divides, or a `resize` and a convolution. */
  readonly by: 'kernel' | 'resize';
  readonly kernel: Pair;
  readonly steps: readonly Step[];
}

/** A layer that stored something. */
export interface Source {
  readonly params: Readonly<Record<string, unknown>>;
  readonly x: Shape;
  readonly y: Shape;
}
/** What a layer keeps beside its result, one value for each of that. */
export interface Storing<I extends string, S extends Schema> {
  /** Pauses as the op's `forward` does. */
  forward(inputs: Named<I, Tensor>, params: Params<S>): Generator<number, Tensor<Float64Array>>;
  /** The layer in PyTorch's words, as a call that returns both. */
  torch(params: Params<S>): string;
}

export interface Example<I extends string> {
  readonly title: string;
  readonly inputs: Named<I, Tensor>;
  readonly params: Readonly<Record<string, unknown>>;
  readonly output: Tensor;
}

/** What a person sees first when the op is put on a photograph. */
export interface Starter {
  readonly input?: InputRange;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly weights?: Readonly<Record<string, WeightValue>>;
}
/** How stored pixel values enter the maths: 0..1, or -1..1 as generators and discriminators use. */
export type InputRange = 'unit' | 'signed';
/** A number for all channels, one for each, a kernel matrix, or a bank of them. */
export type WeightValue = number | readonly number[] | Matrix | Bank;

export type Family = 'convolution' | 'pooling' | 'sampling' | 'channels' | 'activation' | 'normalisation';

/**
 * The declaration of an op. `I` are its input names, `S` the schema of its parameters, `G` the inputs it is differentiable in.
 * Everything that draws, checks, documents or runs the op reads this.
 */
export interface Op<I extends string, S extends Schema, G extends I> {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  /** TeX. */
  readonly formula: string;
  readonly family: Family;
  readonly inputs: Named<I, string>;
  readonly weights: { readonly [K in Exclude<I, 'x'>]: WeightField<S> };
  readonly params: S;
  /** The only place where the output shape is computed. @throws RangeError that states both numbers when the inputs do not fit. */
  infer(shapes: Named<I, Shape>, params: Params<S>): Shape;
  /** The arithmetic of `infer`, for the two image axes; absent for ops that keep the shape. */
  sizes?(shapes: Named<I, Shape>, params: Params<S>): { readonly height: AxisSize; readonly width: AxisSize };
  /** How outputs read the input along the image axes; absent for ops that take every value from the same place. */
  reach?(shapes: Named<I, Shape>, params: Params<S>): Reaches;
  /** The same layer as a chain of simpler ones, where that is how people explain it; the last one slides windows. `weights` are those of the step. */
  unfolded?(shapes: Named<I, Shape>, params: Params<S>, weights: Step['weights']): readonly Step[];
  /** Steps that make about the same with every output of as many pixels, where this one does not. */
  evened?(shapes: Named<I, Shape>, params: Params<S>, weights: Step['weights']): readonly Evened[];
  /** The reference. Writes `y`; after about every row of output it yields how much is done, 0 to 1: a place where work may pause or stop. */
  forward(inputs: Named<I, Tensor>, params: Params<S>, y: Tensor): Generator<number, void>;
  /** What a layer behind it may need of this one, by the name of that layer's input. */
  readonly stores?: Readonly<Record<string, Storing<I, S>>>;
  /** What a person should see of the work behind `forward` beside its result; pauses as it does. Absent where there is nothing. */
  facts?(inputs: Named<I, Tensor>, params: Params<S>): Generator<number, readonly Fact[]>;
  readonly differentiable: readonly G[];
  /** Adds dL/d(input) to `grads`, given `dy` = dL/dy. */
  backward(inputs: Named<I, Tensor>, params: Params<S>, dy: Tensor, grads: Named<G, Tensor>): void;
  /** The terms behind one output value, from the same enumerator as `forward`. `inputs` matter where values decide what is read. */
  explain(params: Params<S>, shapes: Named<I, Shape>, output: number, inputs?: Named<I, Tensor>): Explanation;
  cost(shapes: Named<I, Shape>, params: Params<S>): Cost;
  /** Values for which a function is made; absent for ops that are no function of values. */
  readonly domain?: Interval;
  /** Values that it can take. */
  range?(params: Params<S>): Interval;
  /** Where a pointwise function jumps or bends sharply, in rising order; `backward` says which slope counts there. Only pointwise ops have it. */
  kinks?(params: Params<S>): readonly number[];
  /** Between which values a plot of a pointwise function takes its samples; −5 to 5 where it is absent. */
  readonly samples?: readonly [from: number, to: number];
  /** Of a pointwise function that stops gradients: the op that is the same but for a slope, by the name of that parameter, which lets some through. */
  readonly leak?: { readonly op: string; readonly param: string };
  /** Weights that are statistics of earlier inputs, one for each channel, by their names. */
  readonly gathered?: { readonly mean: NoInfer<I>; readonly variance: NoInfer<I> };
  /** The same layer in PyTorch's words. */
  torch(params: Params<S>): string;
  /** The same layer in ONNX's words: operator and attributes, or the reason why there is none. */
  onnx(params: Params<S>): string;
  /** Where frameworks disagree or people stumble, one sentence each. */
  readonly traps?: readonly string[];
  readonly examples: readonly Example<I>[];
  readonly starter: Starter;
}

/** Identity at run time; at compile time it ties params, inputs and gradients together. */
export const defineOp = <I extends string, const S extends Schema, const G extends I>(op: Op<I, S, G>): Op<I, S, G> => op;
