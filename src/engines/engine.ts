import type { AnyOp } from '../core/registry';
import type { Params, Schema } from '../core/schema';
import type { Shape, Tensor } from '../core/tensor';

export interface RunOptions {
  /** Stops the work; `run` then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** How much is done, 0 to 1; at most once a slice. */
  readonly progress?: ((done: number) => void) | undefined;
  /** Milliseconds of work between two pauses, in which messages are answered. */
  readonly slice?: number | undefined;
}

/** Something that runs ops on float32 tensors. */
export interface Engine {
  readonly name: string;
  /** True, or why not, as a sentence for people. */
  supports(op: AnyOp, params: Params<Schema>, shapes: Readonly<Record<string, Shape>>): true | string;
  /** @throws RangeError when inputs and parameters do not fit, before any work; the signal's reason when stopped. */
  run(
    op: AnyOp,
    params: Params<Schema>,
    inputs: Readonly<Record<string, Tensor>>,
    options?: RunOptions,
  ): Promise<Tensor<Float32Array>>;
}
