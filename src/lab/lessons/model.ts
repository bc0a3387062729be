// A page of a lesson as it is drawn: those that come with ConvScope and those that a teacher composed become this.

import type { FactName, Taken } from '../../core/lessons/facts';
import type { Handle, PlotName } from '../../core/lessons/lesson';
import type { Scene } from '../../core/scene';
import type { Display } from '../../image/display';
import type { CompareMode } from '../../ui/bench/shown';
import type { Node } from '../../worker/api';

/** One state of the figure. */
export interface FigureModel {
  readonly id: string;
  /** What a chip says where there are several. */
  readonly title: string;
  scene(): Scene;
  readonly handles: readonly Handle[];
  readonly facts: readonly FactName[];
  readonly plots?: readonly PlotName[];
  readonly from?: Node;
  readonly to?: Node;
  readonly channel?: number;
  readonly mode?: CompareMode;
  readonly display?: Display;
  readonly inputDisplay?: Display;
}

export interface AnswerModel {
  readonly id: string;
  readonly label: string;
  /** The thought behind it, where it is wrong. */
  readonly wrong: string | null;
}
/** Which answer is right, and what was found. */
export interface Judged {
  readonly right: string;
  readonly found: string | null;
}
export interface AskModel {
  readonly text: string;
  answers(of: Pick<Taken, 'shapes'>): readonly AnswerModel[];
  /** Said to the right answer. */
  readonly yes: string;
  /** The state that the figure goes to when the answer is shown; null where it stays. */
  readonly reveal: { readonly state: string; scene(): Scene } | null;
  judge(taken: Taken): Judged;
}

export interface ExerciseModel {
  readonly text: string;
  /** Null where it is done, else what still lacks. */
  check(taken: Taken): string | null;
  readonly done: string;
}

export interface Passage {
  readonly id: string;
  readonly text: string;
}

export interface PageModel {
  /** Different for every page. */
  readonly id: string;
  readonly title: string;
  /** Written by somebody, in a language that may be another than the page's. */
  readonly dir?: 'auto';
  readonly before: readonly Passage[];
  readonly after: readonly Passage[];
  /** MathML. */
  readonly formulas: readonly string[];
  readonly figures: readonly FigureModel[];
  readonly backTo?: Node;
  readonly ask: AskModel | null;
  readonly exercise: ExerciseModel | null;
}
