// Chains to start from: the building blocks of networks, and what is often done to pictures, with weights that show something.

import { kernelPreset } from './kernels';
import type { InputRange, WeightValue } from './op';
import { parse } from './parse';
import { opOf } from './registry';
import type { Scene, Step } from './scene';

export type PresetId = 'edges' | 'blurSharpen' | 'vgg' | 'generator' | 'discriminator' | 'upscaling' | 'unpooling';
export interface Preset {
  readonly id: PresetId;
  /** Made when it is asked for: weights are drawn from their seed. */
  scene(): Scene;
}

function step(op: string, params: Readonly<Record<string, unknown>> = {}, weights?: Readonly<Record<string, WeightValue>>): Step {
  const complete = { op, params: parse(opOf(op).params, params, op) };
  return weights ? { ...complete, weights } : complete;
}
const chain = (input: InputRange, steps: () => readonly Step[]) => (): Scene => ({ version: 1, input, steps: steps() });

/** A convolution of every channel with the same kernel, at the same size. */
function filter(preset: string, channels: number): Step {
  const { matrix } = kernelPreset(preset);
  return step(
    'conv2d',
    { padding: Math.floor(matrix.length / 2), groups: channels, paddingMode: 'replicate' },
    { weight: matrix },
  );
}

export const presets: readonly Preset[] = [
  { id: 'blurSharpen', scene: chain('unit', () => [filter('gaussian5', 3), filter('sharpen', 3)]) },
  {
    id: 'unpooling',
    scene: chain('unit', () => [step('maxPool2d', { kernelSize: 4 }), step('interpolate', { scaleFactor: 4, mode: 'nearest' })]),
  },
];
