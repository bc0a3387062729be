// Lessons from weighted sums to the vanishing gradient.

import { kernelPreset } from '../kernels';
import type { InputRange, Matrix } from '../op';
import type { Scene, Step } from '../scene';
import { drawn, written } from '../written';
import { facts } from './facts';
import type { LessonPlan } from './lesson';

const scene = (input: InputRange, ...steps: readonly Step[]): Scene => ({ version: 1, input, steps });
const fixed = (id: string, value: number) => ({ id, value: () => value });

const edges = kernelPreset('sobelX').matrix;
const weighing = (weight: Matrix, bias = 0): readonly Step[] => [
  written('grey'),
  written('conv2d', { padding: 1, paddingMode: 'replicate' }, { weight, bias }),
];
/** The kernel and the bias of the second step of a scene. */
function weightsOf({ steps }: Scene): { readonly kernel: readonly number[]; readonly bias: number } {
  const { weight = [], bias = 0 } = steps[1]?.weights ?? {};
  const kernel = typeof weight === 'number' ? [weight] : weight.flat(3);
  return { kernel: kernel.filter((v) => typeof v === 'number'), bias: typeof bias === 'number' ? bias : Number.NaN };
}

export const sums: LessonPlan = {
  id: 'sums',
  formulas: [String.raw`z = \sum_{i} w_i\, a_i + b`, "a' = g(z)"],
  states: [
    {
      id: 'only',
      scene: () => scene('unit', ...weighing(kernelPreset('gaussian3').matrix)),
      handles: [
        { step: 1, name: 'weight' },
        { step: 1, name: 'bias', slider: [-1, 1] },
      ],
      facts: ['mean', 'negative'],
      from: 0,
    },
  ],
  question: {
    state: 'only',
    scene: () => scene('unit', ...weighing(edges)),
    measure: 'negative',
    choices: [fixed('none', 0), fixed('quarter', 0.25), fixed('half', 0.5), fixed('all', 1)],
    usual: 'half',
  },
  exercise: {
    hints: ['blurs', 'shifts', 'size'],
    check(taken) {
      const { kernel, bias } = weightsOf(taken.scene);
      const middle = kernel[(kernel.length - 1) / 2] ?? 0;
      if (kernel.filter((w) => w !== 0).length !== 1 || middle === 0) return 'blurs';
      if (bias !== 0) return 'shifts';
      return Math.abs(middle - 0.5) < 1e-6 ? 'done' : 'size';
    },
  },
};

export const rectifier: LessonPlan = {
  id: 'rectifier',
  formulas: [String.raw`g(z) = \max(0, z)`, String.raw`g'(z) = \begin{cases} 1 & z > 0 \\ 0 & z \le 0 \end{cases}`],
  states: [
    {
      id: 'only',
      scene: () => scene('unit', ...weighing(edges, 1), written('relu')),
      handles: [{ step: 1, name: 'bias', slider: [-2, 4] }],
      facts: ['zeros'],
      plots: ['activation'],
      from: 1,
    },
  ],
  question: {
    state: 'only',
    scene: () => scene('unit', ...weighing(edges), written('relu')),
    measure: 'zeros',
    choices: [fixed('none', 0), fixed('quarter', 0.25), fixed('half', 0.5), fixed('most', 0.95)],
    usual: 'half',
  },
  exercise: {
    hints: ['lost'],
    check: (taken) => (facts.zeros(taken) === 0 ? 'done' : 'lost'),
  },
};

/** Sixteen filters with weights as they are drawn, brought to mean 0 and deviation 1, so that the shift is a bias in deviations. */
const normalised = (shift: number): readonly Step[] => [
  written('conv2d', { padding: 1, paddingMode: 'replicate' }, { weight: drawn(16, 3, 3, 16) }),
  written('batchNorm', { training: true }, { bias: shift }),
];
const shift = { step: 1, name: 'bias', slider: [-6, 2] } as const;

export const dying: LessonPlan = {
  id: 'dying',
  formulas: [String.raw`y = \max(0,\, z + b)`, String.raw`\frac{\partial y}{\partial z} = 0 \iff z + b \le 0`],
  states: [
    {
      id: 'only',
      scene: () => scene('unit', ...normalised(0), written('relu')),
      handles: [shift],
      facts: ['zeros', 'dead', 'channels'],
      plots: ['liveness'],
      from: 1,
      channel: 0,
    },
  ],
  question: {
    state: 'only',
    scene: () => scene('unit', ...normalised(-1), written('relu')),
    measure: 'zeros',
    choices: [fixed('half', 0.5), fixed('most', 0.7), fixed('nearly', 0.85), fixed('all', 1)],
    usual: 'nearly',
  },
  exercise: {
    hints: ['none', 'every'],
    check(taken) {
      const dead = facts.dead(taken);
      if (dead === 0) return 'none';
      return dead < taken.output.length ? 'done' : 'every';
    },
  },
};

export const leaky: LessonPlan = {
  id: 'leaky',
  formulas: [
    String.raw`g(z) = \begin{cases} z & z > 0 \\ a\,z & z \le 0 \end{cases}`,
    '0 < a < 1',
    String.raw`g'(z) = \begin{cases} 1 & z > 0 \\ a & z \le 0 \end{cases}`,
  ],
  states: [
    {
      id: 'only',
      scene: () => scene('unit', ...normalised(-1), written('leakyRelu', { negativeSlope: 0.2 })),
      handles: [{ step: 2, name: 'negativeSlope' }, shift],
      facts: ['zeros', 'dead', 'negative'],
      plots: ['activation'],
      from: 1,
      channel: 0,
    },
  ],
  question: {
    state: 'only',
    scene: () => scene('unit', ...normalised(-1), written('leakyRelu', { negativeSlope: 0.1 })),
    measure: 'zeros',
    choices: [fixed('none', 0), fixed('tenth', 0.1), fixed('half', 0.5), fixed('relu', 0.85)],
    usual: 'none',
  },
  exercise: {
    hints: ['kinked', 'flat'],
    check({ scene: { steps } }) {
      const slope = Number(steps[2]?.params.negativeSlope);
      if (slope === 1) return 'done';
      return slope === 0 ? 'flat' : 'kinked';
    },
  },
};

const squashed = (scale: number, move: number): Scene =>
  scene('unit', written('grey'), written('batchNorm', { training: true }, { weight: scale, bias: move }), written('sigmoid'));

export const squash: LessonPlan = {
  id: 'squash',
  formulas: [String.raw`\sigma(z) = \frac{1}{1 + e^{-z}}`, String.raw`\sigma'(z) = \sigma(z)\,(1 - \sigma(z)) \le \tfrac{1}{4}`],
  states: [
    {
      id: 'only',
      scene: () => squashed(2, 0),
      handles: [
        { step: 1, name: 'weight', slider: [0, 40] },
        { step: 1, name: 'bias', slider: [-8, 8] },
      ],
      facts: ['mean', 'ends'],
      plots: ['activation'],
      from: 1,
    },
  ],
  question: {
    state: 'only',
    scene: () => squashed(1, 0),
    measure: 'mean',
    choices: [fixed('zero', 0), fixed('quarter', 0.25), fixed('half', 0.5), fixed('one', 1)],
    usual: 'half',
  },
  exercise: {
    hints: ['moved', 'more'],
    check(taken) {
      if (taken.scene.steps[1]?.weights?.bias !== 0) return 'moved';
      return facts.ends(taken) >= 0.8 ? 'done' : 'more';
    },
  },
};

/** The picture at mean 0 and deviation 1, then the same activation again and again. */
const deep = (move: number, ...again: readonly Step[]): Scene =>
  scene('unit', written('grey'), written('batchNorm', { training: true }, { bias: move }), ...again);
const eight = (op: string): readonly Step[] => Array.from({ length: 8 }, () => written(op));
const depth = (id: string, again: () => readonly Step[]) => ({
  id,
  scene: () => deep(0, ...again()),
  handles: [{ step: 1, name: 'bias', slider: [-4, 4] }] as const,
  facts: ['passed', 'mean'] as const,
  plots: ['depth'] as const,
  from: 1,
});

export const vanishing: LessonPlan = {
  id: 'vanishing',
  backTo: 1,
  formulas: [
    String.raw`\frac{\partial a_n}{\partial z_1} = \prod_{k=1}^{n} g'(z_k)`,
    String.raw`\sigma'(z) \le \tfrac{1}{4}, \quad \text{ReLU}'(z) \in \{0, 1\}`,
  ],
  states: [
    depth('one', () => [written('sigmoid')]),
    depth('sigmoids', () => eight('sigmoid')),
    depth('leaky', () => eight('leakyRelu')),
    depth('rectifiers', () => eight('relu')),
  ],
  question: {
    state: 'sigmoids',
    scene: () => deep(0, ...eight('sigmoid')),
    measure: 'passed',
    choices: [fixed('half', 0.5), fixed('quarter', 0.25), fixed('hundredth', 0.01), fixed('nothing', 0.00001)],
    usual: 'nothing',
    apart: 'ratio',
  },
  exercise: {
    hints: ['shallow', 'little'],
    check(taken) {
      if (taken.scene.steps.length < 10) return 'shallow';
      return facts.passed(taken) >= 0.9 ? 'done' : 'little';
    },
  },
};
