// Padding by rule instead of by number: what buttons and frameworks call valid and same.

import type { Sides } from './schema';
import { extent } from './window';

/** How one axis slides. */
export interface Along {
  readonly length: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
}
/** `valid` pads nothing. `same` makes ⌈length / stride⌉ outputs, with the odd position at the end (`upper`) or at the start (`lower`). */
export type PaddingRule = 'valid' | 'same-upper' | 'same-lower';

/**
 * Padding for an output of ⌈length / stride⌉ positions: half on each side, the odd one at the end (ONNX `SAME_UPPER`, TensorFlow `SAME`)
 * or at the start (ONNX `SAME_LOWER`).
 */
export function samePadding(
  { length, kernel, stride, dilation }: Along,
  odd: 'upper' | 'lower' = 'upper',
): readonly [before: number, after: number] {
  const output = Math.ceil(length / stride);
  const total = Math.max(0, (output - 1) * stride + extent(kernel, dilation) - length);
  const [less, more] = [Math.floor(total / 2), Math.ceil(total / 2)];
  return odd === 'upper' ? [less, more] : [more, less];
}

/** Padding of all four sides by a rule. */
export function paddingBy(rule: PaddingRule, height: Along, width: Along): Sides {
  if (rule === 'valid') return [0, 0, 0, 0];
  const odd = rule === 'same-upper' ? 'upper' : 'lower';
  return [...samePadding(height, odd), ...samePadding(width, odd)];
}
