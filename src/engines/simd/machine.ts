// Runs plans: memory for what they need, their calls in slices that can be stopped, element-wise steps fused into the step before.

import type { Shape, Tensor } from '../../core/tensor';
import { sizeOf } from '../../core/tensor';
import type { RunOptions } from '../engine';
import { pause } from '../pause';
import type { Arena } from './arena';
import type { Crew } from './crew';
import { type ChannelSums, measuring, statBytes } from './measuring';
import type { Given, Job, Place, Plan, Stage } from './plan';
import { built, replayed } from './replay';
import type { Routines } from './routines';
import { runs } from './runs';

/** A tensor in the engine's memory. `data` is a view for the moment: it ends when memory is taken, so read it again after every pause. */
export class Held implements Tensor<Float32Array> {
  private released = false;
  /** What was found out about its first item while it was made. */
  sums: readonly ChannelSums[] | undefined;
  constructor(
    private readonly arena: Arena,
    readonly shape: Shape,
    /** Its address. */
    readonly at: number,
  ) {}

  get data(): Float32Array<ArrayBuffer> {
    if (this.released) throw new Error('Held: expected a tensor that is still held, received one that was released');
    return this.arena.floats(this.at, sizeOf(this.shape));
  }

  belongsTo(arena: Arena): boolean {
    return this.arena === arena && !this.released;
  }

  /** Gives its memory back; once is enough. */
  release(): void {
    if (this.released) return;
    this.released = true;
    this.arena.give(this.at);
  }
}

/** A plan with its inputs and the shapes of its results. */
export interface Work {
  readonly plan: Plan;
  readonly inputs: Readonly<Record<string, Given>>;
  readonly outputs: Readonly<Record<string, Shape>>;
}

const defaultSlice = 8;

export class Machine {
  constructor(
    readonly arena: Arena,
    private routines: Routines,
    /** Threads that share the jobs of a stage. */
    private readonly crew?: Crew,
  ) {}

  /** Goes on in another memory, where all that is held fits; no routine may run meanwhile. */
  move(memory: WebAssembly.Memory, routines: Routines): boolean {
    if (!this.arena.move(memory)) return false;
    this.routines = routines;
    return true;
  }

  /** A copy of the values in the engine's memory. @throws RangeError when they do not fit. */
  hold({ shape, data }: Tensor): Held {
    const held = this.empty(shape);
    held.data.set(data);
    return held;
  }

  /** An uninitialised tensor. */
  empty(shape: Shape): Held {
    return new Held(this.arena, shape, this.arena.take(4 * sizeOf(shape)));
  }

  /**
   * Runs a plan and the element-wise plans after it, which see the same values while they are in the cache. Each of `then` takes the output of the
   * one before as its `x`.
   * @throws RangeError when memory is short; the signal's reason when stopped. Nothing stays held then.
   */
  async run(work: Work, then: readonly Work[] = [], options: RunOptions = {}): Promise<Record<string, Held>> {
    options.signal?.throwIfAborted();
    const outputs: Record<string, Held> = {};
    const lent: number[] = [];
    try {
      for (const [name, shape] of Object.entries(work.outputs)) outputs[name] = this.empty(shape);
      const stages = this.stagesOf(work, outputs, lent);
      const maps = then.map(({ plan, inputs }) => {
        const inner = this.placeFor(inputs, outputs, lent);
        if (!plan.pointwise) throw new Error('Machine: expected an element-wise plan to fuse, received another');
        return plan.pointwise(inner);
      });
      const y = outputs.y;
      const all = maps.length > 0 && y ? fused(stages, maps, y) : stages;
      const measured = options.measure && y ? measuring(all, y) : null;
      const sumsAt = measured ? this.take(statBytes * measured.count, lent) : 0;
      const scratch = Math.max(0, work.plan.scratch ?? 0, ...then.map(({ plan }) => plan.scratch ?? 0));
      // A cache line between threads.
      const stride = scratch + 64;
      const scratchAt = scratch > 0 ? this.take(stride * (this.crew?.size ?? 1), lent) : 0;
      await this.perform(measured ? measured.stages(sumsAt) : all, scratchAt, stride, options);
      if (measured && y) y.sums = measured.joined(this.arena.doubles(sumsAt, (statBytes / 8) * measured.count));
      return outputs;
    } catch (error) {
      for (const held of Object.values(outputs)) held.release();
      throw error;
    } finally {
      for (const at of lent) this.arena.give(at);
    }
  }

  private stagesOf({ plan, inputs }: Work, outputs: Readonly<Record<string, Held>>, lent: number[]): readonly Stage[] {
    const before = lent.length;
    const again = replayed(plan, this.placeFor(inputs, outputs, lent));
    if (again) return again;
    for (const at of lent.splice(before)) this.arena.give(at);
    return built(plan, this.placeFor(inputs, outputs, lent));
  }

  private take(bytes: number, lent: number[]): number {
    const at = this.arena.take(bytes);
    lent.push(at);
    return at;
  }

  private placeFor(inputs: Work['inputs'], outputs: Readonly<Record<string, Held>>, lent: number[]): Place {
    const { arena } = this;
    const known = new Map<string, number>();
    const put: Place['put'] = (values) => {
      const at = this.take(values.byteLength, lent);
      if (values instanceof Float32Array) arena.floats(at, values.length).set(values);
      else if (values instanceof Int32Array) arena.ints(at, values.length).set(values);
      else arena.doubles(at, values.length).set(values);
      return at;
    };
    const copied = (name: string): number => {
      const input = inputs[name];
      if (!input) throw new Error(`Machine: expected one of ${Object.keys(inputs).join(', ')}, received ${name}`);
      if (input instanceof Held && input.belongsTo(arena)) return input.at;
      if (!input.data) throw new Error(`Machine: expected values of ${name}, received only its shape`);
      return put(input.data instanceof Float32Array ? input.data : Float32Array.from(input.data));
    };
    return {
      at: (name) => {
        const output = outputs[name];
        if (output) return output.at;
        const at = known.get(name) ?? copied(name);
        known.set(name, at);
        return at;
      },
      put,
      take: (bytes) => this.take(bytes, lent),
      floats: (at, count) => arena.floats(at, count),
      doubles: (at, count) => arena.doubles(at, count),
      ints: (at, count) => arena.ints(at, count),
    };
  }

  private async perform(stages: readonly Stage[], scratch: number, stride: number, options: RunOptions): Promise<void> {
    const { signal, progress, slice = defaultSlice } = options;
    const total = stages.reduce((sum, stage) => sum + (typeof stage === 'function' ? 0 : stage.length), 0);
    let done = 0;
    let start = performance.now();
    for (const stage of stages) {
      if (typeof stage === 'function') {
        stage();
        continue;
      }
      if (this.crew && stage.length > 1) {
        const before = done;
        await this.crew.perform(stage, scratch, stride, slice, (part) => {
          signal?.throwIfAborted();
          progress?.((before + part) / total);
        });
        done += stage.length;
        continue;
      }
      for (const job of stage) {
        for (const [routine, ...args] of job.calls) this.routines(routine, args, scratch);
        done += 1;
        if (done === total || performance.now() - start < slice) continue;
        progress?.(done / total);
        await pause();
        signal?.throwIfAborted();
        start = performance.now();
      }
    }
    progress?.(1);
  }
}

type Mapping = ReturnType<NonNullable<Plan['pointwise']>>;

/** The stages with the maps in every job that finishes values of `y`; or the maps as a stage at the end, where a plan does not say. */
function fused(stages: readonly Stage[], maps: readonly Mapping[], y: Held): readonly Stage[] {
  let written = 0;
  for (const stage of stages)
    if (typeof stage !== 'function') for (const { writes = [] } of stage) for (const run of writes) written += run.count;
  const mapped = (at: number, run: { count: number; plane: number }) => maps.flatMap((map) => map(at, at, run));
  if (written !== sizeOf(y.shape)) return [...stages, runs(y.at, y.at, y.shape, (_, at, run) => mapped(at, run))];
  return stages.map((stage) =>
    typeof stage === 'function'
      ? stage
      : stage.map(
          (job): Job => ({
            get calls() {
              return [...job.calls, ...(job.writes ?? []).flatMap((run) => mapped(run.at, run))];
            },
            get writes() {
              return job.writes ?? [];
            },
          }),
        ),
  );
}
