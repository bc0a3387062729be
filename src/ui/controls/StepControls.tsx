import type { Step } from '../../core/scene';
import type { Shape } from '../../core/tensor';

/** What is wrong with a step, and the nearest change that mends it. */
export interface StepProblem {
  /** The parameter or weight to mark; none marks nothing. */
  readonly param?: string;
  readonly message: string;
  readonly fix?: StepFix;
}
export interface StepFix {
  readonly param: string;
  readonly value: unknown;
  /** Words of the button: `Use 37`. */
  readonly label: string;
}
export interface StepControlsProps {
  readonly step: Step;
  /** What the step reads, [N, C, H, W]; null while there is no picture. */
  readonly xShape: Shape | null;
  readonly problem?: StepProblem | null;
  onChange(step: Step): void;
  /** Draws the sentence and its button at the control; without it the page shows them itself. */
  onFix?(fix: StepFix): void;
}

/** All controls of a step, made from its op's declaration. */
export function StepControls(_props: StepControlsProps) {
  return <div class="step-controls" />;
}
