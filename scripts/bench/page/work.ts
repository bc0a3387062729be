// What a row of the bench is: one computation in the words of ConvScope and of each rival that has it.

import type * as tf from '@tensorflow/tfjs-core';
import type { Shape } from '../../../src/core/tensor';
import type { Recipe } from '../../../test/differential/row';
import type { Cv, Mat, Owned } from './cv';

export interface Float32 {
  readonly shape: Shape;
  readonly data: Float32Array;
}

/** A step of ConvScope; parameters that are not given have their defaults. */
export interface Step {
  readonly op: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly weights?: Readonly<Record<string, Float32>>;
}

/** How OpenCV holds the channels: in one Mat of three, or in a Mat each. */
export type Form = 'whole' | 'planes';

export interface CvWork {
  /** Forms that it can work on; the faster one is measured. */
  readonly forms: readonly Form[];
  /** Prepares kernels, then answers what is called again and again, once a channel where the channels are apart. */
  make(cv: Cv, keep: <M extends Owned>(made: M) => M): (x: Mat, y: Mat, channel: number) => void;
}

/** How a rival's values may differ from ours, with the reason. */
export interface Difference {
  /** Pixels at the border that are not compared; infinite where nothing is. */
  readonly margin: number;
  readonly why: string;
}

export type Rival = 'ort' | 'tfjs' | 'opencv';

export interface Work {
  readonly steps: readonly Step[];
  readonly ort?: Recipe;
  /** On NHWC tensors in the backend; `weights` as `tfWeights` has them. */
  readonly tfjs?: (x: tf.Tensor4D, weights: Readonly<Record<string, tf.Tensor>>) => tf.Tensor;
  readonly tfWeights?: Readonly<Record<string, TfWeight>>;
  readonly opencv?: CvWork;
  readonly differs?: Partial<Record<Rival, Difference>>;
  /** Largest difference that passes, relative to the largest value and 1. */
  readonly tolerance?: number;
}

/** A weight for tfjs: our values and the order of axes that it wants. */
export interface TfWeight extends Float32 {
  readonly axes?: readonly number[];
}

export interface Size {
  readonly label: string;
  readonly shape: Shape;
}

/** A row at each of its sizes. */
export interface Entry {
  readonly name: string;
  readonly sizes: readonly Size[];
  /** From bytes of a picture to bytes; `make` is not asked then. */
  readonly bytes?: boolean;
  /** Also measured with two threads, at this size. */
  readonly threads?: string;
  make(shape: Shape, random: Random): Work;
}

/** Seeded values in -1 ... 1. */
export class Random {
  constructor(private state: number) {}

  next(): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return this.state / 2 ** 31 - 1;
  }

  values(shape: Shape, scale = 1): Float32 {
    const data = new Float32Array(shape.reduce((n, d) => n * d, 1));
    for (let i = 0; i < data.length; i++) data[i] = this.next() * scale;
    return { shape, data };
  }
}

/** Three channels at the three sizes of the bench. */
export const pictures: readonly Size[] = [
  { label: '256x256', shape: [1, 3, 256, 256] },
  { label: '1 MP', shape: [1, 3, 1024, 1024] },
  { label: '12 MP', shape: [1, 3, 3000, 4000] },
];
/** Where doubling 12 MP would take more memory than the rivals have: the result has 12 MP. */
export const enlarged: readonly Size[] = [...pictures.slice(0, 2), { label: '3 to 12 MP', shape: [1, 3, 1500, 2000] }];
export const small = pictures.slice(0, 2);
