// Lessons from batch normalisation to the blocks of a GAN.

import { kernelPreset } from '../kernels';
import type { InputRange, Matrix } from '../op';
import type { Scene, Step } from '../scene';
import { drawn, written } from '../written';
import { facts, widths } from './facts';
import type { LessonPlan } from './lesson';

const scene = (input: InputRange, ...steps: readonly Step[]): Scene => ({ version: 1, input, steps });
const fixed = (id: string, value: number) => ({ id, value: () => value });
const near = (a: number, b: number): boolean => Math.abs(a - b) <= 0.01;

const normed = (scale: number, move: number): Scene =>
  scene(
    'unit',
    written(
      'conv2d',
      { padding: 1, paddingMode: 'replicate' },
      { weight: drawn(8, 3, 3, 16), bias: [2, -1, 0.5, -3, 1, 4, -0.5, -2] },
    ),
    written('batchNorm', { training: true }, { weight: scale, bias: move }),
  );

export const norm: LessonPlan = {
  id: 'norm',
  formulas: [String.raw`\hat{z} = \frac{z - \mu}{\sqrt{\sigma^2 + \varepsilon}}`, String.raw`y = \gamma\, \hat{z} + \beta`],
  states: [
    {
      id: 'only',
      scene: () => normed(1, 0),
      handles: [
        { step: 1, name: 'weight', slider: [0, 4] },
        { step: 1, name: 'bias', slider: [-4, 4] },
        { step: 1, name: 'training' },
      ],
      facts: ['mean', 'deviation'],
      plots: ['norm', 'contours'],
      from: 0,
    },
  ],
  question: {
    state: 'only',
    scene: () => normed(3, 2),
    measure: 'deviation',
    choices: [fixed('one', 1), fixed('shift', 2), fixed('scale', 3), fixed('square', 9)],
    usual: 'scale',
  },
  exercise: {
    hints: ['mean', 'deviation'],
    check(taken) {
      if (!near(facts.mean(taken), 0.5)) return 'mean';
      return near(facts.deviation(taken), 0.25) ? 'done' : 'deviation';
    },
  },
};

const sliding = (params: Readonly<Record<string, unknown>>): Scene =>
  scene('unit', written('conv2d', { groups: 3, ...params }, { weight: kernelPreset('gaussian5').matrix }));

export const stride: LessonPlan = {
  id: 'stride',
  formulas: [
    String.raw`o = \left\lfloor \frac{i + 2p - k}{s} \right\rfloor + 1`,
    String.raw`o = \left\lfloor \frac{i + 2p - d(k - 1) - 1}{s} \right\rfloor + 1`,
  ],
  states: [
    {
      id: 'only',
      scene: () => sliding({}),
      handles: [
        { step: 0, name: 'padding' },
        { step: 0, name: 'stride', slider: [1, 8] },
        { step: 0, name: 'dilation', slider: [1, 4] },
      ],
      facts: ['width', 'unread'],
    },
  ],
  question: {
    state: 'only',
    scene: () => sliding({ stride: 2 }),
    measure: 'width',
    choices: [
      { id: 'half', value: (taken) => Math.floor(widths(taken).input / 2) },
      { id: 'window', value: (taken) => Math.floor((widths(taken).input - 5) / 2) + 1 },
      { id: 'first', value: (taken) => Math.floor((widths(taken).input - 5) / 2) },
      { id: 'border', value: (taken) => widths(taken).input - 4 },
    ],
    usual: 'window',
  },
  exercise: {
    hints: ['steps', 'smaller', 'larger'],
    check(taken) {
      const [step] = taken.scene.steps;
      if (String(step?.params.stride) !== '1,1') return 'steps';
      const [x = [], y = []] = taken.shapes;
      if (x.join() === y.join()) return 'done';
      return y.some((length, axis) => length < (x[axis] ?? 0)) ? 'smaller' : 'larger';
    },
  },
};

const pooled = (op: string, kernelSize: number): Scene => scene('unit', written(op, { kernelSize }));
const pool = (id: string, op: string) => ({
  id,
  scene: () => pooled(op, 3),
  handles: [
    { step: 0, name: 'kernelSize' },
    { step: 0, name: 'stride', slider: [1, 8] },
  ] as const,
  facts: ['width', 'mostReads', 'unread'] as const,
});

export const pooling: LessonPlan = {
  id: 'pooling',
  formulas: [String.raw`y_{i,j} = \max_{u,v}\; x_{is+u,\; js+v}`],
  states: [pool('max', 'maxPool2d'), pool('average', 'avgPool2d')],
  question: {
    state: 'max',
    scene: () => pooled('maxPool2d', 8),
    measure: 'brighter',
    choices: [fixed('darker', 0.95), fixed('same', 1), fixed('brighter', 1.05)],
    usual: 'brighter',
    words: true,
  },
  exercise: {
    hints: ['width', 'twice'],
    check(taken) {
      const { input, output } = widths(taken);
      if (Math.abs(output - input / 2) > 0.5) return 'width';
      return facts.mostReads(taken) <= 1 ? 'done' : 'twice';
    },
  },
};

/** All nine alike, so that the picture keeps its brightness on the whole at stride 2. */
const stamp: Matrix = Array.from({ length: 3 }, () => [0.45, 0.45, 0.45]);
const stamped = (): Scene => scene('unit', written('convTranspose2d', { stride: 2, groups: 3 }, { weight: stamp }));
const resized = (id: string, scaleFactor: number, mode: string) => ({
  id,
  scene: () => scene('unit', written('interpolate', { scaleFactor, mode })),
  handles: [{ step: 0, name: 'scaleFactor', slider: [0.25, 4] }] as const,
  facts: ['width', 'pixels'] as const,
});

export const sampling: LessonPlan = {
  id: 'sampling',
  formulas: [String.raw`o = \lfloor i\, f \rfloor`, String.raw`o = (i - 1)\,s - 2p + k`],
  states: [
    resized('nearest', 2, 'nearest'),
    resized('bilinear', 2, 'bilinear'),
    resized('down', 0.25, 'nearest'),
    {
      id: 'transposed',
      scene: stamped,
      handles: [{ step: 0, name: 'stride', slider: [1, 4] }],
      facts: ['width', 'fewestStamps', 'mostStamps'],
    },
  ],
  question: {
    state: 'transposed',
    scene: stamped,
    measure: 'mostStamps',
    choices: [fixed('one', 1), fixed('two', 2), fixed('four', 4), fixed('nine', 9)],
    usual: 'four',
  },
  exercise: {
    hints: ['other', 'small', 'uneven'],
    check(taken) {
      if (taken.scene.steps[0]?.op !== 'convTranspose2d') return 'other';
      const { input, output } = widths(taken);
      if (output < 1.5 * input) return 'small';
      return facts.fewestStamps(taken) === facts.mostStamps(taken) ? 'done' : 'uneven';
    },
  },
};

const generator = (padding: number): Scene =>
  scene(
    'signed',
    written('convTranspose2d', { stride: 2, padding }, { weight: drawn(3, 8, 4, 4) }),
    written('batchNorm', { training: true }),
    written('relu'),
  );
const discriminator = (): Scene =>
  scene(
    'signed',
    written('conv2d', { stride: 2, padding: 1 }, { weight: drawn(6, 3, 4, 1, 0.2) }),
    written('leakyRelu', { negativeSlope: 0.2 }),
    written('conv2d', { stride: 2, padding: 1 }, { weight: drawn(8, 6, 4, 2, 0.2) }),
    written('batchNorm', { training: true }),
    written('leakyRelu', { negativeSlope: 0.2 }),
  );

export const gan: LessonPlan = {
  id: 'gan',
  formulas: [
    String.raw`G:\; z \to \left(\text{ConvT} \to \text{BN} \to \text{ReLU}\right)^n \to \tanh`,
    String.raw`D:\; x \to \left(\text{Conv} \to \text{BN} \to \text{Leaky}\right)^n \to \sigma`,
  ],
  states: [
    {
      id: 'generator',
      scene: () => generator(0),
      handles: [{ step: 0, name: 'padding', slider: [0, 3] }],
      facts: ['width', 'pixels', 'channels'],
    },
    {
      id: 'discriminator',
      scene: discriminator,
      handles: [{ step: 4, name: 'negativeSlope' }],
      facts: ['width', 'values', 'channels'],
    },
  ],
  question: {
    state: 'discriminator',
    scene: discriminator,
    measure: 'values',
    choices: [fixed('sixteenth', 1 / 16), fixed('sixth', 1 / 6), fixed('quarter', 1 / 4), fixed('more', 8 / 3)],
    usual: 'sixth',
    apart: 'ratio',
  },
  exercise: {
    hints: ['other', 'wide', 'narrow'],
    check(taken) {
      if (taken.scene.steps[0]?.op !== 'convTranspose2d') return 'other';
      const { input, output } = widths(taken);
      if (output === 2 * input) return 'done';
      return output > 2 * input ? 'wide' : 'narrow';
    },
  },
};
