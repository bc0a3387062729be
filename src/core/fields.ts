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
