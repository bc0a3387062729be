// Padding that keeps the size: numbers that a button computes, never a value that travels.

import { extent } from '../../core/window';

/** How one axis slides. */
export interface Along {
  readonly length: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
}

/**
 * Padding for an output of ⌈length / stride⌉ positions: half on each side, the odd one at the end (ONNX `SAME_UPPER`, TensorFlow `SAME`).
 */
export function samePadding({ length, kernel, stride, dilation }: Along): readonly [before: number, after: number] {
  const output = Math.ceil(length / stride);
  const total = Math.max(0, (output - 1) * stride + extent(kernel, dilation) - length);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}
