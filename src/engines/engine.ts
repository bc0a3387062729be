import type { AnyOp } from '../core/registry';
import type { Params, Schema } from '../core/schema';
import type { Shape, Tensor, Values } from '../core/tensor';

export interface RunOptions {
  /** Stops the work; `run` then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** How much is done, 0 to 1; at most once a slice. */
  readonly progress?: ((done: number) => void) | undefined;
  /** Milliseconds of work between two pauses, in which messages are answered. */
  readonly slice?: number | undefined;
  /** Only algorithms that round like the plain sum: no Winograd, no FFT. */
  readonly exact?: boolean | undefined;
  /** The result may stay in the engine's memory; whoever gets it calls `release`. */
  readonly keep?: boolean | undefined;
  /** Somebody will ask for the statistics of the result: an engine may find them in passing, and keep them beside it. */
  readonly measure?: boolean | undefined;
}

/** A tensor, or its shape alone. */
export interface Given {
  readonly shape: Shape;
  readonly data?: Values;
}

/** A step that is ready to run on an `x`: parameters complete, weights as tensors. */
export interface Prepared {
  readonly op: AnyOp;
  readonly params: Params<Schema>;
  readonly weights: Readonly<Record<string, Tensor>>;
}

/** Whether an engine runs a step: how, or why not, as a sentence for people. */
export type Verdict = { readonly runs: true; readonly how: string } | { readonly runs: false; readonly why: string };

/** A result, and how it was made, as a phrase for people. */
export interface Made {
  readonly y: Tensor<Float32Array>;
  readonly how: string;
}

/** Something that runs ops on float32 tensors. */
export interface Engine {
  readonly name: string;
  /** @throws RangeError when inputs and parameters do not fit. */
  judge(step: Prepared, x: Given, options?: Pick<RunOptions, 'exact'>): Verdict;
  /**
   * Steps that it judged that it runs, one after the other.
   * @throws RangeError when a step does not fit, or memory is short; the signal's reason when stopped.
   */
  run(steps: readonly Prepared[], x: Tensor, options?: RunOptions): Promise<Tensor<Float32Array>>;
  /** What a step stores under that name for steps behind it; null where another engine has to find it. */
  store?(step: Prepared, name: string, x: Tensor, options?: RunOptions): Promise<Tensor> | null;
  /** Whether `means` may have an answer for this op: to know it takes no work. */
  mayMean?(op: string): boolean;
  /** The means over cells of factor × factor of what a step makes, without making that; null where there is no such way. As `run` otherwise. */
  means?(step: Prepared, x: Tensor, factor: number, options?: RunOptions): Promise<Made> | null;
  /** As `judge`, of the gradients of one step. */
  judgeBackward(step: Prepared, x: Given, options?: Pick<RunOptions, 'exact'>): Verdict;
  /** dL/d(input) of every differentiable input, given `dy` = dL/dy. */
  backward(step: Prepared, x: Tensor, dy: Tensor, options?: RunOptions): Promise<Readonly<Record<string, Tensor<Float32Array>>>>;
  /** Whether a tensor lies in its memory, where values may move when others take some. */
  holds(tensor: Tensor): boolean;
  /** Gives back the memory of a tensor that it kept; others are left alone. */
  release(tensor: Tensor): void;
}
