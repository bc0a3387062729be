import { expect, it } from 'vitest';
import { tensor } from '../../src/core/tensor';
import { compute, difference } from './compare';
import { exceptions } from './exceptions';
import { runRecipe } from './ort';
import { pictureRows } from './pictures';
import type { Drawn } from './row';
import { windowRows } from './windows';

const rows = [...windowRows, ...pictureRows];
const picture = (h: number, w: number, c = 1) => ({
  x: tensor(
    [1, c, h, w],
    Array.from({ length: c * h * w }, (_, i) => i - 3),
  ),
});

/** The smallest case of each exception. */
const cases: Readonly<Record<string, Drawn>> = {
  'convTranspose2d output padding': {
    params: { stride: 1, dilation: 2, padding: 0, outputPadding: 1, groups: 1 },
    inputs: { ...picture(2, 2), weight: tensor([1, 1, 2, 2], [1, 2, 3, 4]), bias: tensor([1], [0]) },
  },
  'maxPool2d padding alone': {
    params: { kernelSize: [2, 1], stride: 1, padding: [1, 0], dilation: [2, 1], ceilMode: false },
    inputs: picture(1, 1),
  },
  'lpPool2d overhang': { params: { normType: 2, kernelSize: 2, stride: 2, ceilMode: true }, inputs: picture(3, 3) },
  'lpPool2d signs': { params: { normType: 3, kernelSize: 2, stride: 2, ceilMode: false }, inputs: picture(2, 2) },
  'interpolate one column': {
    params: { size: [2, 1], mode: 'bilinear', alignCorners: false, antialias: true },
    inputs: picture(4, 4),
  },
  'interpolate kept length': { params: { scaleFactor: [1.25, 2], mode: 'bilinear' }, inputs: picture(3, 3) },
  'interpolate kept picture': { params: { scaleFactor: 1.25, mode: 'bicubic' }, inputs: picture(3, 3) },
  'pixelUnshuffle order of channels': { params: { downscaleFactor: 2 }, inputs: picture(2, 2, 2) },
  'localResponseNorm even size': { params: { size: 2, alpha: 0.5, beta: 0.75, k: 1 }, inputs: picture(1, 1, 4) },
};

it('every exception has its case', () => {
  expect(Object.keys(cases)).toEqual(Object.keys(exceptions));
});

it.each(Object.entries(cases))('onnxruntime really differs: %s', async (name, drawn) => {
  const row = rows.find(({ op }) => op === name.split(' ')[0]);
  if (!row) throw new Error(`expected a row for ${name}`);
  const ours = compute(row.op, drawn);
  expect(row.except?.(ours)).toBe(name);
  const differs = await runRecipe(row.onnx(ours), ours).then(
    (theirs) => difference(ours.y, theirs, row.tolerance ?? 2e-6),
    (error) => `it refuses: ${error instanceof Error ? error.message : error}`,
  );
  expect(differs).not.toBe('');
});
