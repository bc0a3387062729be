// Which passage of which lesson explains a setting of an op.

import type { Family } from '../op';
import type { LessonId } from './lesson';

export interface Passage {
  readonly lesson: LessonId;
  /** The name of a paragraph of that lesson. */
  readonly passage: string;
}

interface Explains extends Passage {
  /** Of ops of a family, or of single ops. */
  readonly of: { readonly families: readonly Family[] } | { readonly ops: readonly string[] };
  /** Names of parameters and weights. */
  readonly names: readonly string[];
}

/** The first that fits counts, so that single ops come before their families. */
const explained: readonly Explains[] = [
  {
    lesson: 'sampling',
    passage: 'up',
    of: { ops: ['convTranspose2d'] },
    names: ['weight', 'stride', 'padding', 'outputPadding'],
  },
  { lesson: 'sampling', passage: 'up', of: { ops: ['interpolate'] }, names: ['scaleFactor', 'size', 'mode', 'alignCorners'] },
  { lesson: 'sampling', passage: 'down', of: { ops: ['interpolate'] }, names: ['antialias'] },
  { lesson: 'sampling', passage: 'down', of: { ops: ['stridedSlice', 'pixelUnshuffle'] }, names: ['stride', 'step', 'factor'] },
  { lesson: 'leaky', passage: 'slope', of: { ops: ['leakyRelu', 'rrelu'] }, names: ['negativeSlope', 'lower', 'upper'] },
  { lesson: 'leaky', passage: 'prelu', of: { ops: ['prelu'] }, names: ['weight'] },
  {
    lesson: 'norm',
    passage: 'running',
    of: { ops: ['batchNorm'] },
    names: ['training', 'momentum', 'runningMean', 'runningVar'],
  },
  { lesson: 'norm', passage: 'what', of: { families: ['normalisation'] }, names: ['weight', 'bias', 'eps'] },
  { lesson: 'sums', passage: 'sum', of: { families: ['convolution'] }, names: ['weight', 'bias'] },
  { lesson: 'pooling', passage: 'max', of: { families: ['pooling'] }, names: ['kernelSize', 'outputSize'] },
  {
    lesson: 'stride',
    passage: 'padding',
    of: { families: ['convolution', 'pooling', 'sampling'] },
    names: ['padding', 'paddingMode', 'countIncludePad'],
  },
  { lesson: 'stride', passage: 'stride', of: { families: ['convolution', 'pooling'] }, names: ['stride', 'ceilMode'] },
  { lesson: 'stride', passage: 'dilation', of: { families: ['convolution', 'pooling'] }, names: ['dilation'] },
];
export const passages: readonly Passage[] = explained;

/** The passage that explains a parameter or a weight of an op; null where there is none. */
export function passageOf(op: { readonly name: string; readonly family: Family }, name: string): Passage | null {
  const fits = ({ of }: Explains) => ('ops' in of ? of.ops.includes(op.name) : of.families.includes(op.family));
  const found = explained.find((one) => one.names.includes(name) && fits(one));
  return found ? { lesson: found.lesson, passage: found.passage } : null;
}
