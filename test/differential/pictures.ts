// Rows of ops that move, mix or scale whole pictures: resampling, padding, normalisation.

import type { Tensor } from '../../src/core/tensor';
import type { Random } from './random';
import { type Drawn, floats, ints, numbersOf, one, type Recipe, type Row, real } from './row';

const channelsOf = (x: Tensor): number => x.shape[1] ?? 1;
const perChannel = (random: Random, x: Tensor) => ({
  weight: random.values([channelsOf(x)], 2),
  bias: random.values([channelsOf(x)], 2),
});
const positive = (t: Tensor): Tensor => ({ shape: t.shape, data: t.data.map((v) => Math.fround(Math.abs(v) + 0.1)) });

function drawResize(random: Random): Drawn {
  const mode = random.pick(['nearest', 'nearest-exact', 'bilinear', 'bilinear', 'bicubic', 'bicubic']);
  const smooth = mode === 'bilinear' || mode === 'bicubic';
  const target = random.chance(0.5)
    ? { size: random.pair(1, 14) }
    : { scaleFactor: [random.pick([0.5, 0.75, 1.25, 1.5, 2, 3, 0.3]), random.pick([0.5, 0.75, 1.25, 1.5, 2, 3, 0.3])] };
  const alignCorners = smooth && random.chance(0.3);
  const antialias = smooth && !alignCorners && random.chance(0.4);
  return { params: { ...target, mode, alignCorners, antialias }, inputs: { x: random.picture() } };
}

function resize({ params }: Drawn): Recipe {
  const nearest = params.mode === 'nearest' || params.mode === 'nearest-exact';
  const attributes = {
    axes: [2, 3],
    mode: nearest ? 'nearest' : params.mode === 'bilinear' ? 'linear' : 'cubic',
    coordinate_transformation_mode:
      params.mode === 'nearest' ? 'asymmetric' : params.alignCorners === true ? 'align_corners' : 'half_pixel',
    nearest_mode: params.mode === 'nearest' ? 'floor' : 'round_prefer_ceil',
    cubic_coeff_a: real(params.antialias === true ? -0.5 : -0.75),
    antialias: params.antialias === true ? 1 : 0,
    exclude_outside: params.antialias === true ? 1 : 0,
  };
  return params.size === undefined
    ? one('Resize', attributes, ['x', '', 'scales'], { constants: [floats('scales', numbersOf(params.scaleFactor))] })
    : one('Resize', attributes, ['x', '', '', 'sizes'], { constants: [ints('sizes', ...numbersOf(params.size))] });
}

/** Both axes: length before, length after, and input positions per output position. */
function axesOf({ params, inputs }: Drawn): { length: number; output: number; ratio: number }[] {
  const [, , ...lengths] = inputs.x?.shape ?? [];
  return lengths.map((length, axis) => {
    const scale = numbersOf(params.scaleFactor)[axis] ?? 1;
    const output = params.size === undefined ? Math.floor(length * scale) : numbersOf(params.size)[axis]!;
    return { length, output, ratio: params.size === undefined ? 1 / scale : length / output };
  });
}

function exceptResize(drawn: Drawn): string | null {
  const { params } = drawn;
  const axes = axesOf(drawn);
  if (axes.some(({ output }) => output < 1)) return null;
  if (params.antialias === true && axes[1]?.output === 1) return 'interpolate one column';
  const copies = params.mode === 'nearest' || params.mode === 'bilinear' || params.antialias === true;
  const kept = axes.filter(({ length, output }) => length === output);
  if (kept.every(({ ratio }) => ratio === 1)) return null;
  if (kept.length === axes.length) return copies ? null : 'interpolate kept picture';
  return copies ? 'interpolate kept length' : null;
}

const padModes: Readonly<Record<string, string>> = {
  constant: 'constant',
  reflect: 'reflect',
  replicate: 'edge',
  circular: 'wrap',
};

export const pictureRows: readonly Row[] = [
  { op: 'interpolate', weight: 24, draw: drawResize, except: exceptResize, onnx: resize, tolerance: 4e-6 },
  {
    op: 'pad',
    weight: 8,
    draw: (random) => {
      const mode = random.pick(['constant', 'constant', 'reflect', 'replicate', 'circular']);
      const low = mode === 'constant' ? -2 : 0;
      const padding = Array.from({ length: 4 }, () => random.whole(low, 4));
      return { params: { padding, mode, value: mode === 'constant' ? random.real(-2, 2) : 0 }, inputs: { x: random.picture() } };
    },
    onnx: ({ params }) => {
      const [top = 0, bottom = 0, left = 0, right = 0] = numbersOf(params.padding);
      return one('Pad', { mode: padModes[String(params.mode)] ?? '' }, ['x', 'pads', 'value'], {
        constants: [ints('pads', 0, 0, top, left, 0, 0, bottom, right), floats('value', [Number(params.value)], [])],
      });
    },
  },
  {
    op: 'pixelShuffle',
    weight: 2,
    draw: (random) => {
      const upscaleFactor = random.whole(1, 3);
      return { params: { upscaleFactor }, inputs: { x: random.picture(upscaleFactor ** 2 * random.whole(1, 2)) } };
    },
    onnx: ({ params }) => one('DepthToSpace', { blocksize: Number(params.upscaleFactor), mode: 'CRD' }),
  },
  {
    op: 'pixelUnshuffle',
    weight: 2,
    draw: (random) => {
      const downscaleFactor = random.whole(1, 3);
      const [h, w] = random.pair(1, 3);
      const shape = [random.whole(1, 2), random.whole(1, 2), h * downscaleFactor, w * downscaleFactor];
      return { params: { downscaleFactor }, inputs: { x: random.values(shape) } };
    },
    except: ({ params, inputs }) =>
      params.downscaleFactor !== 1 && (inputs.x?.shape[1] ?? 1) > 1 ? 'pixelUnshuffle order of channels' : null,
    onnx: ({ params }) => one('SpaceToDepth', { blocksize: Number(params.downscaleFactor) }),
  },
  {
    op: 'batchNorm',
    weight: 4,
    draw: (random) => {
      const x = random.picture();
      const runningMean = random.values([channelsOf(x)], 1);
      const runningVar = positive(random.values([channelsOf(x)], 2));
      return {
        params: { training: false, eps: random.real(1e-6, 0.1) },
        inputs: { x, ...perChannel(random, x), runningMean, runningVar },
      };
    },
    onnx: ({ params }) =>
      one('BatchNormalization', { epsilon: real(params.eps) }, ['x', 'weight', 'bias', 'runningMean', 'runningVar']),
  },
  {
    op: 'instanceNorm',
    weight: 2,
    draw: (random) => {
      const x = random.picture();
      return { params: { eps: random.real(1e-3, 0.1) }, inputs: { x, ...perChannel(random, x) } };
    },
    onnx: ({ params }) => one('InstanceNormalization', { epsilon: real(params.eps) }, ['x', 'weight', 'bias']),
    tolerance: 2e-5,
  },
  {
    op: 'groupNorm',
    weight: 2,
    draw: (random) => {
      const numGroups = random.whole(1, 3);
      const x = random.picture(numGroups * random.whole(1, 2));
      return { params: { numGroups, eps: random.real(1e-3, 0.1) }, inputs: { x, ...perChannel(random, x) } };
    },
    onnx: ({ params }) =>
      one('GroupNormalization', { epsilon: real(params.eps), num_groups: Number(params.numGroups) }, ['x', 'weight', 'bias']),
    tolerance: 2e-5,
  },
  {
    op: 'localResponseNorm',
    weight: 2,
    draw: (random) => {
      const params = {
        size: random.whole(1, 5),
        alpha: random.real(1e-4, 0.5),
        beta: random.real(0.2, 1),
        k: random.real(0.5, 2),
      };
      return { params, inputs: { x: random.picture(random.whole(1, 6)) } };
    },
    except: ({ params }) => (Number(params.size) % 2 === 0 ? 'localResponseNorm even size' : null),
    onnx: ({ params }) =>
      one('LRN', { size: Number(params.size), alpha: real(params.alpha), beta: real(params.beta), bias: real(params.k) }),
  },
];
