// What a lesson shows and asks, without its words: scenes to look at, what may be changed, what is measured, which answer is right.

import type { Scene } from '../scene';
import type { FactName, Taken } from './facts';

export const lessonIds = [
  'sums',
  'rectifier',
  'dying',
  'leaky',
  'squash',
  'vanishing',
  'norm',
  'stride',
  'pooling',
  'sampling',
  'gan',
] as const;
export type LessonId = (typeof lessonIds)[number];

/** A setting of the figure that the reader may change: a parameter or a weight of one step. */
export interface Handle {
  readonly step: number;
  readonly name: string;
  /** The part of its range that is worth dragging through, where that is another than usual. */
  readonly slider?: readonly [number, number];
}

/**
 * The curve of the last step over this picture's values, what that step kills, the distributions around it, the gradient through many layers,
 * two losses with a descent on each.
 */
export type PlotName = 'activation' | 'liveness' | 'norm' | 'depth' | 'contours';

/** One state of the figure; where there are several the reader chooses. */
export interface FigureState {
  readonly id: string;
  /** Made when it is asked for: weights are drawn from their seed. */
  scene(): Scene;
  readonly handles: readonly Handle[];
  /** What is told of the result. */
  readonly facts: readonly FactName[];
  /** What the first view shows, as a node: −1, the picture, where it is left out. */
  readonly from?: number;
  /** What is plotted below the pictures. */
  readonly plots?: readonly PlotName[];
  /** The channel that the second view shows alone. */
  readonly channel?: number;
}

/** An answer, with the number that it stands for. */
export interface Choice {
  readonly id: string;
  value(of: Pick<Taken, 'shapes'>): number;
}

export interface QuestionPlan {
  /** Which state the figure goes to when the answer is revealed, as it is then. */
  readonly state: string;
  scene(): Scene;
  /** What is asked for. */
  readonly measure: FactName;
  readonly choices: readonly Choice[];
  /** The answer that fits usual pictures: no thought stands behind it as a mistake. */
  readonly usual: string;
  /** Answers that lie orders of magnitude apart are compared by their ratio. */
  readonly apart?: 'ratio';
  /** Answers are words, not the numbers that they stand for. */
  readonly words?: true;
}

/** `done`, or the name of what still lacks. */
export type Verdict<H extends string = string> = 'done' | H;

export interface ExercisePlan {
  readonly hints: readonly string[];
  /** Looks at the figure as it is now. */
  check(taken: Taken): Verdict;
}

export interface LessonPlan {
  readonly id: LessonId;
  /** Formulas beside the text, in TeX. */
  readonly formulas: readonly string[];
  readonly states: readonly FigureState[];
  /** The node up to which the gradient is followed back, where a lesson is about that. */
  readonly backTo?: number;
  readonly question: QuestionPlan;
  readonly exercise: ExercisePlan;
}

/** The choice that is nearest to what was measured; the first of those that are as near. */
export function rightChoice({ choices, measure, apart }: QuestionPlan, taken: Taken, measured: number): Choice {
  const far = (value: number): number =>
    apart === 'ratio' ? Math.abs(Math.log(Math.max(value, tiny) / Math.max(measured, tiny))) : Math.abs(value - measured);
  const [first, ...others] = choices;
  if (!first) throw new RangeError(`question of ${measure}: expected choices, received none`);
  return others.reduce((best, next) => (far(next.value(taken)) < far(best.value(taken)) ? next : best), first);
}
/** What is smaller counts as that: the logarithm of 0 is no number. */
const tiny = 1e-12;
