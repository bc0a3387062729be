// The fast engine: WebAssembly with four float32 in every instruction.

import { sizeOf, type Tensor } from '../../core/tensor';
import type { Engine, Given, Made, Prepared, RunOptions, Verdict } from '../engine';
import { Arena } from './arena';
import { Held, Machine, type Work } from './machine';
import { mayMean, planBackward, planForward, planMeans, planStored } from './planning';
import { type Again, type Binaries, type Hands, load } from './routines';

export type { Binaries, Hands } from './routines';

export interface OpenOptions {
  /** Watch the bytes around every block: for tests. */
  readonly guarded?: boolean;
  /** Threads beside this one. Only where memory can be shared: in Node, and in cross-origin isolated pages. */
  readonly hands?: Hands | undefined;
}

/** As fast as this machine allows. @throws WebAssembly.CompileError where there is no SIMD. */
export async function openSimd(binaries: Binaries, { guarded = false, hands }: OpenOptions = {}): Promise<SimdEngine> {
  const { memory, heapBase, routines, binary, crew, again } = await load(binaries, hands);
  return new SimdEngine(
    new Machine(new Arena(memory, heapBase, guarded), routines, crew),
    binary,
    again,
    crew?.size ?? 1,
    crew?.together,
  );
}

/** A memory of this size is exchanged for a smaller one where less than a quarter of it is in use. */
const large = 2 ** 30;
/** What is copied at once to the beginning of such a memory. */
const movable = 2 ** 28;

export class SimdEngine implements Engine {
  readonly name = 'simd';
  constructor(
    readonly machine: Machine,
    readonly binary: 'plain' | 'relaxed' | 'threads',
    private readonly again: Again,
    readonly threads = 1,
    /** Settles when all threads serve; work may be given before. */
    readonly together: Promise<unknown> = Promise.resolve(),
  ) {}

  /** A copy of a tensor in the engine's memory, so that runs do not copy it again. */
  hold(x: Tensor): Held {
    return this.machine.hold(x);
  }

  judge(step: Prepared, x: Given, { exact = false }: Pick<RunOptions, 'exact'> = {}): Verdict {
    const plan = planForward(step, x, exact);
    return typeof plan === 'string' ? { runs: false, why: plan } : { runs: true, how: plan.plan.how };
  }

  judgeBackward(step: Prepared, x: Given, { exact = false }: Pick<RunOptions, 'exact'> = {}): Verdict {
    const plan = planBackward(step, x, exact);
    return typeof plan === 'string' ? { runs: false, why: plan } : { runs: true, how: plan.plan.how };
  }

  async run(steps: readonly Prepared[], x: Tensor, options: RunOptions = {}): Promise<Tensor<Float32Array>> {
    const kept = x instanceof Held && x.belongsTo(this.machine.arena);
    let held = kept ? x : this.hold(x);
    const owned = (): boolean => !(kept && held === x);
    try {
      for (let i = 0; i < steps.length; ) {
        const first = workOf(steps[i]!, held, options);
        const then = fusedAfter(steps, i, first, options);
        const [from, count] = [i, 1 + then.length];
        const progress = (done: number): void => options.progress?.((from + done * count) / steps.length);
        const measure = options.measure === true && i + count === steps.length;
        const { y } = await this.machine.run(first, then, { ...options, measure, progress });
        if (owned()) held.release();
        held = y!;
        i += count;
      }
    } catch (error) {
      if (owned()) held.release();
      throw error;
    }
    if (options.keep) return owned() ? held : this.hold(held);
    return this.handed(held, owned());
  }

  async backward(step: Prepared, x: Tensor, dy: Tensor, options: RunOptions = {}): Promise<Record<string, Tensor<Float32Array>>> {
    const planned = planBackward(step, x, options.exact ?? false, dy);
    if (typeof planned === 'string') throw new RangeError(`${step.op.name}: ${planned}`);
    const outputs = await this.machine.run(planned, [], options);
    const gradients: Record<string, Tensor<Float32Array>> = {};
    for (const [name, held] of Object.entries(outputs)) gradients[name.slice(1)] = options.keep ? held : this.handed(held, true);
    return gradients;
  }

  store(step: Prepared, _: string, x: Tensor, options: RunOptions = {}): Promise<Tensor> | null {
    const work = planStored(step, x);
    return work && this.found(work, x, options);
  }
  private async found(work: Work, x: Tensor, { signal, slice }: RunOptions): Promise<Tensor> {
    const held = this.holds(x) ? x : this.hold(x);
    try {
      const { y } = await this.machine.run({ ...work, inputs: { ...work.inputs, x: held } }, [], { signal, slice });
      const [shape, places] = [y!.shape, this.machine.arena.ints(y!.at, sizeOf(y!.shape))];
      const data = Float64Array.from(places);
      y!.release();
      return { shape, data };
    } finally {
      if (held !== x) held.release();
    }
  }

  readonly mayMean = mayMean;
  means(step: Prepared, x: Tensor, factor: number, options: RunOptions = {}): Promise<Made> | null {
    const work = planMeans(step, x, factor, options.exact ?? false);
    return work && this.made(work, x, options);
  }
  private async made(work: Work, x: Tensor, options: RunOptions): Promise<Made> {
    const held = this.holds(x) ? x : this.hold(x);
    try {
      const { y } = await this.machine.run({ ...work, inputs: { ...work.inputs, x: held } }, [], options);
      return { y: options.keep ? y! : this.handed(y!, true), how: work.plan.how };
    } finally {
      if (held !== x) held.release();
    }
  }

  holds(tensor: Tensor): tensor is Held {
    return tensor instanceof Held && tensor.belongsTo(this.machine.arena);
  }

  release(tensor: Tensor): void {
    if (this.holds(tensor)) tensor.release();
  }

  /** A tensor that will stay, at a lower address where a large memory has room there, so that what lies behind can be given up; `x` is let go. */
  settle(x: Held, least = large): Held {
    const { arena } = this.machine;
    const bytes = 4 * sizeOf(x.shape);
    const at = arena.size >= least && bytes <= movable ? arena.next(bytes) : undefined;
    if (at === undefined || at > x.at) return x;
    const copy = this.hold(x);
    x.release();
    return copy;
  }

  /** Gives memory back to the system where most of a large one lies idle: memory of WebAssembly grows only, so another one takes its place. */
  async shrink(least = large): Promise<boolean> {
    const { arena } = this.machine;
    if (arena.size < least || 4 * arena.end > arena.size) return false;
    return this.again(arena.end, (memory, routines) => this.machine.move(memory, routines));
  }

  /** A copy outside of the engine's memory. */
  private handed(held: Held, owned: boolean): Tensor<Float32Array> {
    const data = held.data.slice();
    if (owned) held.release();
    return { shape: held.shape, data };
  }
}

function workOf(step: Prepared, x: Given, { exact = false }: RunOptions): Work {
  const planned = planForward(step, x, exact);
  if (typeof planned === 'string') throw new RangeError(`${step.op.name}: ${planned}`);
  return planned;
}

/** The element-wise steps right after step `i`. */
function fusedAfter(steps: readonly Prepared[], i: number, first: Work, options: RunOptions): Work[] {
  const then: Work[] = [];
  for (const step of steps.slice(i + 1)) {
    const shape = first.outputs.y ?? [];
    const work = workOf(step, { shape }, options);
    if (!work.plan.pointwise) break;
    then.push(work);
  }
  return then;
}
