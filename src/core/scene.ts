import type { InputRange, WeightValue } from './op';

/** One op with its settings: plain JSON, small enough for a link. */
export interface Step {
  readonly op: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** By input name: `{ weight: [[1, 0], [0, 1]], bias: 0 }`. Missing ones take the op's default. */
  readonly weights?: Readonly<Record<string, WeightValue>>;
  /** Switched off: it passes its input on. */
  readonly off?: true;
}

/** Everything that makes a result out of a picture. */
export interface Scene {
  readonly version: 1;
  readonly input: InputRange;
  readonly steps: readonly Step[];
}

/** The steps that are on. */
export const stepsOn = ({ steps }: Pick<Scene, 'steps'>): readonly Step[] => steps.filter(({ off }) => !off);
