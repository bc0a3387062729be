// The passages of the lessons in their order, and which settings of ops each of them explains.

import type { Family } from '../op';
import { type LessonId, lessonIds } from './lesson';

/** Parameters and weights by their names, of single ops or of families. */
interface Explains {
  readonly ops?: readonly string[];
  readonly families?: readonly Family[];
  readonly names: readonly string[];
}
type Passages = Readonly<Record<string, readonly Explains[]>>;

/** Before the figure, and after it. */
export const passages: { readonly [K in LessonId]: { readonly before: Passages; readonly after: Passages } } = {
  sums: {
    before: { sum: [{ families: ['convolution'], names: ['weight', 'bias'] }], nonlinear: [] },
    after: { gradient: [] },
  },
  rectifier: { before: { curve: [], kink: [] }, after: { both: [] } },
  dying: { before: { silent: [], dead: [] }, after: { cure: [] } },
  leaky: {
    before: { slope: [{ ops: ['leakyRelu', 'rrelu'], names: ['negativeSlope', 'lower', 'upper'] }], alive: [] },
    after: { prelu: [{ ops: ['prelu'], names: ['weight'] }] },
  },
  squash: { before: { curve: [], flat: [] }, after: { centred: [] } },
  vanishing: { before: { product: [] }, after: { early: [] } },
  norm: {
    before: {
      what: [{ families: ['normalisation'], names: ['weight', 'bias', 'eps'] }],
      running: [{ ops: ['batchNorm'], names: ['training', 'momentum', 'runningMean', 'runningVar'] }],
    },
    after: { faster: [] },
  },
  stride: {
    before: {
      padding: [{ families: ['convolution', 'pooling', 'sampling'], names: ['padding', 'paddingMode', 'countIncludePad'] }],
      stride: [{ families: ['convolution', 'pooling'], names: ['stride', 'ceilMode'] }],
    },
    after: { dilation: [{ families: ['convolution', 'pooling'], names: ['dilation'] }] },
  },
  pooling: { before: { max: [{ families: ['pooling'], names: ['kernelSize', 'outputSize'] }], why: [] }, after: {} },
  sampling: {
    before: {
      down: [
        { ops: ['interpolate'], names: ['antialias'] },
        { ops: ['stridedSlice', 'pixelUnshuffle'], names: ['stride', 'step', 'factor'] },
      ],
      up: [
        { ops: ['convTranspose2d'], names: ['weight', 'stride', 'padding', 'outputPadding'] },
        { ops: ['interpolate'], names: ['scaleFactor', 'size', 'mode', 'alignCorners'] },
      ],
    },
    after: { checker: [] },
  },
  gan: { before: { generator: [], discriminator: [] }, after: { rules: [] } },
};

export interface Passage {
  readonly lesson: LessonId;
  /** The name of a paragraph of that lesson. */
  readonly passage: string;
}

export const explanations: readonly (Passage & Explains)[] = lessonIds.flatMap((lesson) =>
  Object.entries({ ...passages[lesson].before, ...passages[lesson].after }).flatMap(([passage, all]) =>
    all.map((one) => ({ lesson, passage, ...one })),
  ),
);

/** The passage that explains a parameter or a weight of an op, rather than of its family; null where there is none. */
export function passageOf(op: { readonly name: string; readonly family: Family }, name: string): Passage | null {
  const about = explanations.filter(({ names }) => names.includes(name));
  const found = about.find(({ ops }) => ops?.includes(op.name)) ?? about.find(({ families }) => families?.includes(op.family));
  return found ? { lesson: found.lesson, passage: found.passage } : null;
}
