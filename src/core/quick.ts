// The scenes that people start from: one for every op, and those of the context menu.

import { kernelPreset } from './kernels';
import { parse } from './parse';
import { opOf } from './registry';
import type { Scene } from './scene';

/** What a person sees first when the op is put on a photograph. @throws RangeError when there is no such op. */
export function starterScene(opName: string): Scene {
  const { params, starter } = opOf(opName);
  const step = { op: opName, params: parse(params, starter.params, opName) };
  return {
    version: 1,
    input: starter.input ?? 'unit',
    steps: [starter.weights ? { ...step, weights: starter.weights } : step],
  };
}

export interface QuickScene {
  readonly id: string;
  readonly title: string;
  readonly scene: Scene;
}

const step = (op: string, params: Readonly<Record<string, unknown>>): Scene => ({
  version: 1,
  input: 'unit',
  steps: [{ op, params: parse(opOf(op).params, params, op) }],
});

/** One filter per colour channel, at the same size. */
function filter(preset: string): Scene {
  const { matrix } = kernelPreset(preset);
  const half = Math.floor(matrix.length / 2);
  const [scene] = step('conv2d', { padding: half, groups: 3, paddingMode: 'replicate' }).steps;
  return { version: 1, input: 'unit', steps: scene ? [{ ...scene, weights: { weight: matrix } }] : [] };
}

/** Entries of the context menu, in their order. */
export const quickScenes: readonly QuickScene[] = [
  { id: 'maxPool', title: 'Max-pool 2 × 2', scene: step('maxPool2d', { kernelSize: 2 }) },
  { id: 'avgPool', title: 'Average-pool 2 × 2', scene: step('avgPool2d', { kernelSize: 2 }) },
  { id: 'nearest', title: 'Upsample 2×, nearest', scene: step('interpolate', { scaleFactor: 2, mode: 'nearest' }) },
  { id: 'bilinear', title: 'Upsample 2×, bilinear', scene: step('interpolate', { scaleFactor: 2, mode: 'bilinear' }) },
  { id: 'bicubic', title: 'Upsample 2×, bicubic', scene: step('interpolate', { scaleFactor: 2, mode: 'bicubic' }) },
  { id: 'edges', title: 'Edges (Sobel)', scene: starterScene('conv2d') },
  { id: 'blur', title: 'Blur', scene: filter('gaussian5') },
  { id: 'sharpen', title: 'Sharpen', scene: filter('sharpen') },
  { id: 'relu', title: 'ReLU', scene: starterScene('relu') },
];

/** Whether a scene is one click away anyhow: an entry of the context menu, or an op as it is first shown. */
export function isStarter(scene: Scene): boolean {
  const [first] = scene.steps;
  if (scene.steps.length !== 1 || !first) return scene.steps.length === 0;
  const text = JSON.stringify(scene);
  return [starterScene(first.op), ...quickScenes.map((quick) => quick.scene)].some((other) => JSON.stringify(other) === text);
}
