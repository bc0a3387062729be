// The passages of the lessons in their order, and which settings of ops each of them explains.

import type { Family } from '../op';
import { type LessonId, lessonIds } from './lesson';

/** Parameters and weights by their names, of single ops or of families; `any`: all that no passage names. */
interface Explains {
  readonly ops?: readonly string[];
  readonly families?: readonly Family[];
  readonly names: readonly string[] | 'any';
}
/** Of the whole scene and of what is seen of it: in which range pixels enter, and how values become colours. */
export const commonControls = ['input', 'display'] as const;
export type CommonControl = (typeof commonControls)[number];
interface ExplainsCommon {
  readonly controls: readonly CommonControl[];
}
type Passages = Readonly<Record<string, readonly (Explains | ExplainsCommon)[]>>;

/** Before the figure, and after it. */
export const passages: { readonly [K in LessonId]: { readonly before: Passages; readonly after: Passages } } = {
  sums: {
    before: {
      sum: [
        { families: ['convolution'], names: 'any' },
        { ops: ['mix1x1', 'grey'], names: 'any' },
      ],
      nonlinear: [{ families: ['activation'], names: 'any' }],
    },
    after: {
      channels: [{ ops: ['pickChannels'], names: 'any' }],
      values: [{ controls: ['input', 'display'] }],
      gradient: [],
    },
  },
  rectifier: { before: { curve: [], kink: [] }, after: { both: [] } },
  dying: { before: { silent: [], dead: [] }, after: { cure: [] } },
  leaky: {
    before: { slope: [{ ops: ['leakyRelu', 'rrelu'], names: 'any' }], alive: [] },
    after: { prelu: [{ ops: ['prelu'], names: ['weight'] }] },
  },
  squash: { before: { curve: [{ ops: ['softmax', 'logSoftmax'], names: 'any' }], flat: [] }, after: { centred: [] } },
  vanishing: { before: { product: [] }, after: { early: [] } },
  norm: {
    before: {
      what: [{ families: ['normalisation'], names: 'any' }],
      running: [{ ops: ['batchNorm'], names: ['training', 'momentum', 'runningMean', 'runningVar'] }],
    },
    after: { faster: [], dropout: [{ ops: ['dropout'], names: 'any' }] },
  },
  stride: {
    before: {
      padding: [
        { families: ['convolution', 'pooling', 'sampling'], names: ['padding', 'paddingMode', 'countIncludePad'] },
        { ops: ['pad'], names: 'any' },
      ],
      stride: [{ families: ['convolution', 'pooling'], names: ['stride', 'ceilMode'] }],
    },
    after: { dilation: [{ families: ['convolution', 'pooling'], names: ['dilation'] }] },
  },
  pooling: { before: { max: [{ families: ['pooling'], names: 'any' }], why: [] }, after: {} },
  sampling: {
    before: {
      down: [
        { ops: ['interpolate'], names: ['antialias'] },
        { ops: ['blurPool2d', 'stridedSlice', 'pixelUnshuffle'], names: 'any' },
      ],
      up: [
        { ops: ['convTranspose2d'], names: ['weight', 'stride', 'padding', 'outputPadding'] },
        { ops: ['interpolate', 'pixelShuffle', 'zeroInsert'], names: 'any' },
      ],
    },
    after: { checker: [] },
  },
  gan: { before: { generator: [{ ops: ['additiveNoise'], names: 'any' }], discriminator: [] }, after: { rules: [] } },
};

export interface Passage {
  readonly lesson: LessonId;
  /** The name of a paragraph of that lesson. */
  readonly passage: string;
}

const all = lessonIds.flatMap((lesson) =>
  Object.entries({ ...passages[lesson].before, ...passages[lesson].after }).flatMap(([passage, explained]) =>
    explained.map((one) => ({ lesson, passage, ...one })),
  ),
);
export const explanations: readonly (Passage & Explains)[] = all.filter((one) => 'names' in one);
const common: readonly (Passage & ExplainsCommon)[] = all.filter((one) => 'controls' in one);

/** The passage that explains a control that no op has; null where the lessons do not speak of it. */
export function passageOfControl(control: CommonControl): Passage | null {
  const found = common.find(({ controls }) => controls.includes(control));
  return found ? { lesson: found.lesson, passage: found.passage } : null;
}

/**
 * The passage that explains a parameter or a weight of an op: one that names it, rather than all that is left; of the op, rather than of its family.
 * Null where the lessons do not speak of it.
 */
export function passageOf(op: { readonly name: string; readonly family: Family }, name: string): Passage | null {
  const own = explanations.filter(({ ops }) => ops?.includes(op.name));
  const related = explanations.filter(({ families }) => families?.includes(op.family));
  const naming = ({ names }: Explains): boolean => names !== 'any' && names.includes(name);
  const rest = ({ names }: Explains): boolean => names === 'any';
  const found = own.find(naming) ?? related.find(naming) ?? own.find(rest) ?? related.find(rest);
  return found ? { lesson: found.lesson, passage: found.passage } : null;
}
