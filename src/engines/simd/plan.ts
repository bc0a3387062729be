// What the planner of an op answers: which routines make the result, on which parts of it, and why those.

import type { Op } from '../../core/op';
import type { AnyOp } from '../../core/registry';
import type { Params, Schema } from '../../core/schema';
import type { Shape } from '../../core/tensor';
import type { Given } from '../engine';
import type { AxisTaps } from './plans/axisTaps';

/** A routine of assembly/index.ts and its arguments: addresses, counts, numbers. The scratch address of the thread is added as the last one. */
export type Call = readonly [routine: string, ...args: number[]];

/** Values of one plane of the result, finished: a following element-wise step is applied to them while they are in the cache. */
export interface Run {
  readonly at: number;
  readonly count: number;
  /** n · C + c */
  readonly plane: number;
}

/** Calls in order, by one thread: about 0.2 to 2 ms of work. Jobs of a stage do not depend on each other, and write different bytes. */
export interface Job {
  readonly calls: readonly Call[];
  readonly writes?: readonly Run[];
}

/** Jobs in any order and on any thread, or a little work between: small sums, tables that depend on them. */
export type Stage = readonly Job[] | (() => void);

/** Memory for as long as a plan runs. */
export interface Place {
  /** The address of an input or an output by name. A small input is copied in when it is asked for first. */
  at(name: string): number;
  /** Copies a table in and returns its address. */
  put(values: Float32Array | Float64Array | Int32Array): number;
  /** Uninitialised bytes. */
  take(bytes: number): number;
  /** Views, true until memory is taken. */
  floats(at: number, count: number): Float32Array;
  doubles(at: number, count: number): Float64Array;
  ints(at: number, count: number): Int32Array;
}

export interface Plan {
  /** How and why, for people: `van Herk, because 15 is 7 or more`. */
  readonly how: string;
  /** Bytes of scratch for each thread. */
  readonly scratch?: number;
  /** Addresses, tables and calls. */
  build(place: Place): readonly Stage[];
  /** Of an op whose value depends on the value at the same place alone: calls that map one run from `x` to `y`, which may be the same. */
  pointwise?(place: Place): (x: number, y: number, run: { readonly count: number; readonly plane: number }) => readonly Call[];
}

export type { Given } from '../engine';

/** What a planner reads. Of `x` and `dy` the shape counts; weights are read for their values. */
export interface Asked<I extends string, S extends Schema> {
  readonly params: Params<S>;
  readonly inputs: { readonly [K in I]: Given };
  /** Shapes of the results: `y`; of a backward plan the gradients, `dx`, `dweight`, … */
  readonly outputs: Readonly<Record<string, Shape>>;
  /** No algorithm that trades accuracy for speed: no Winograd, no FFT. */
  readonly exact: boolean;
}

/** The weights of an op whose every value is a weighted sum of values of its plane, rows and columns apart. */
export interface Axes {
  readonly down: AxisTaps;
  readonly across: AxisTaps;
}

/** The planners of one op: a plan, or why there is none, as a sentence for people. */
export interface Planned {
  readonly op: AnyOp;
  forward(asked: Asked<string, Schema>): Plan | string;
  /** `dy` is an input; the outputs are gradients, `d` and the input's name. */
  backward?(asked: Asked<string, Schema>): Plan | string;
  /** For the only thing that the op stores: 32-bit whole numbers in `y`, one for each value of the result. */
  store?(asked: Asked<string, Schema>): Plan;
  /** Null where the parameters make it another kind of op. */
  axes?(asked: Asked<string, Schema>): Axes | null;
}

/** Ties planners to the op whose parameters and inputs they read. */
export const planned = <I extends string, S extends Schema, G extends I>(
  op: Op<I, S, G>,
  forward: (asked: Asked<I, S>) => Plan | string,
  backward?: (asked: Asked<I | 'dy', S>) => Plan | string,
  further?: { readonly store?: (asked: Asked<I, S>) => Plan; readonly axes?: (asked: Asked<I, S>) => Axes | null },
): Planned => ({ op, forward, ...(backward && { backward }), ...further });
