// Parameters that several ops share. Ranges of sliders suit photographs; what is accepted is wider.

export const kernelSize = {
  kind: 'pair',
  title: 'Kernel',
  help: 'Height and width of the window, in pixels of the input.',
  default: [2, 2],
  min: 1,
  max: 1024,
  step: 1,
  slider: [1, 16],
} as const;

export const stride = {
  kind: 'pair',
  title: 'Stride',
  help: 'Steps from one window to the next; a larger stride makes a smaller output.',
  default: [1, 1],
  min: 1,
  max: 1024,
  step: 1,
  slider: [1, 16],
} as const;

/** Open means: as the kernel, so that windows touch but do not overlap. */
export const poolStride = {
  kind: 'maybe',
  title: 'Stride',
  help: 'Steps from one window to the next; left open, the windows touch without overlapping.',
  default: null,
  of: { ...stride, default: [2, 2] },
} as const;

export const poolPadding = {
  kind: 'pair',
  title: 'Padding',
  help: 'Positions added on both sides before the windows slide; at most half of the kernel.',
  default: [0, 0],
  min: 0,
  max: 512,
  step: 1,
  slider: [0, 8],
} as const;

export const dilation = {
  kind: 'pair',
  title: 'Dilation',
  help: 'Distance between neighbouring taps of one window; above 1 the window reads with gaps.',
  default: [1, 1],
  min: 1,
  max: 1024,
  step: 1,
  slider: [1, 16],
} as const;

export const ceilMode = {
  kind: 'bool',
  title: 'Ceil mode',
  help: 'Also keep a last window that only partly fits.',
  default: false,
} as const;

/** Size of a pool's result, whatever the picture measures. */
export const outputSize = {
  kind: 'pair',
  title: 'Size',
  help: 'Height and width of the result in pixels; the windows are made to fit.',
  default: [1, 1],
  min: 1,
  max: 32768,
  step: 1,
  slider: [1, 256],
} as const;

/** What a border holds where it is made of the picture, or zeros. */
export const paddingMode = {
  kind: 'choice',
  title: 'Border',
  help: 'What the padding holds: zeros, the picture mirrored, its edge repeated, or its other side.',
  default: 'zeros',
  options: ['zeros', 'reflect', 'replicate', 'circular'],
} as const;

export const eps = {
  kind: 'real',
  title: 'Epsilon',
  help: 'Added to the variance, so that values that are all equal are not divided by 0.',
  default: 1e-5,
  min: 0,
  max: 1000,
  step: 1e-5,
  slider: [0, 0.1],
} as const;

/** The same seed draws the same numbers, always and everywhere. */
export const seed = {
  kind: 'int',
  title: 'Seed',
  help: 'Chooses the random numbers; the same seed draws the same ones again.',
  default: 1,
  min: 0,
  max: 4294967295,
  slider: [0, 100],
} as const;
