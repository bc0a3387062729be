// Questions about the open picture and what a scene makes of it, beyond the drawing of results. Each has a file of its own, loaded when it is first asked.

import type { Scene } from '../../core/scene';
import type { Shape, Tensor } from '../../core/tensor';
import type { Breath } from '../../image/breath';
import type { Node } from '../api';
import type { Workshop } from '../workshop';
import type { DepthAnswer, DepthAsked } from './depth';
import type { Field, FieldAsked, TooMuch } from './field';
import type { GradientAtAsked } from './gradientAt';
import type { Check, CheckAsked } from './gradientCheck';
import type { Gradients, GradientsAsked } from './gradients';
import type { HistogramAnswer, HistogramAsked } from './histogram';
import type { InspectAsked, Inspection } from './inspect';
import type { LivenessAnswer, LivenessAsked } from './liveness';
import type { Switches, SwitchesAsked } from './switches';
import type { Tallied, TallyAsked } from './tally';
import type { Trained, TrainingAsked } from './training';

/** Every inquiry by name. What is asked and answered is plain data; typed arrays of an answer are copied to the page. */
export interface Inquiries {
  readonly field: { readonly asked: FieldAsked; readonly answer: Field | TooMuch };
  readonly depth: { readonly asked: DepthAsked; readonly answer: DepthAnswer };
  readonly gradients: { readonly asked: GradientsAsked; readonly answer: Gradients };
  /** By channel. */
  readonly gradientAt: { readonly asked: GradientAtAsked; readonly answer: readonly number[] };
  readonly gradientCheck: { readonly asked: CheckAsked; readonly answer: Check };
  readonly switches: { readonly asked: SwitchesAsked; readonly answer: Switches | null };
  readonly training: { readonly asked: TrainingAsked; readonly answer: Trained };
  readonly tally: { readonly asked: TallyAsked; readonly answer: Tallied };
  readonly histogram: { readonly asked: HistogramAsked; readonly answer: HistogramAnswer };
  readonly inspect: { readonly asked: InspectAsked; readonly answer: Inspection };
  readonly liveness: { readonly asked: LivenessAsked; readonly answer: LivenessAnswer };
}
export type InquiryName = keyof Inquiries;
export type AskedOf<K extends InquiryName> = Inquiries[K]['asked'];
export type AnswerOf<K extends InquiryName> = Inquiries[K]['answer'];

/** What an inquiry works with. It stops at `breath.rest()` when a newer one of its name, or another picture, comes. */
export interface InquiryDesk {
  /** The page's scene, parsed; nodes are those of this scene. */
  readonly scene: Scene;
  /** Of every node, from the input on: `shapes[node + 1]`. */
  readonly shapes: readonly Shape[];
  readonly workshop: Workshop;
  readonly breath: Breath;
  /** How much is done, 0 to 1, for inquiries that take long. */
  report(done: number): void;
  /**
   * Works with the values of a node as the next step gets them (a picture of a signed scene is −1..1). They lie in the engine's memory and stay as
   * long as the work; across a pause read `x.data` anew, since that memory may move. What no run left behind is computed, and let go after.
   * @throws RangeError where there is no room for it.
   */
  during<T>(node: Node, work: (x: Tensor<Float32Array>) => Promise<T>): Promise<T>;
  /** The same for work that reads single values: of a large picture that enters signed no copy is made, `data` answers to indices alone. */
  glimpse<T>(node: Node, work: (x: Tensor<Float32Array>) => Promise<T>): Promise<T>;
}
export type Inquiry<K extends InquiryName> = (asked: AskedOf<K>, desk: InquiryDesk) => Promise<AnswerOf<K>>;

export const inquiries: { readonly [K in InquiryName]: () => Promise<Inquiry<K>> } = {
  field: async () => (await import('./field')).field,
  depth: async () => (await import('./depth')).depth,
  gradients: async () => (await import('./gradients')).gradients,
  gradientAt: async () => (await import('./gradientAt')).gradientAt,
  gradientCheck: async () => (await import('./gradientCheck')).gradientCheck,
  switches: async () => (await import('./switches')).switches,
  training: async () => (await import('./training')).training,
  tally: async () => (await import('./tally')).tally,
  histogram: async () => (await import('./histogram')).histogram,
  inspect: async () => (await import('./inspect')).inspect,
  liveness: async () => (await import('./liveness')).liveness,
};
