// The words of PyTorch and ONNX for a call: pairs, booleans and attribute lists.

import type { Pair, Sides } from './schema';

/** `2` for an even pair, else `(2, 3)`. */
export const pyPair = ([h, w]: Pair): string => (h === w ? String(h) : `(${h}, ${w})`);
export const pyBool = (value: boolean): string => (value ? 'True' : 'False');
/** `[2, 3]` */
export const list = (values: readonly number[]): string => `[${values.join(', ')}]`;
/** `F.relu(x, a=1)`: arguments that are null are left out. */
export const call = (name: string, args: readonly (string | null)[]): string =>
  `${name}(${args.filter((arg) => arg !== null).join(', ')})`;
/** `stride=2`, or null when it holds its default. */
export const unless = (isDefault: boolean, text: string): string | null => (isDefault ? null : text);
/** `[top, left, bottom, right]`: all begins, then all ends, as ONNX orders pads. */
export const onnxPads = ([top, bottom, left, right]: Sides): string => list([top, left, bottom, right]);
export const isPair = ([h, w]: Pair, value: number): boolean => h === value && w === value;

interface PoolWords {
  readonly kernelSize: Pair;
  readonly stride: Pair | null;
  readonly padding: Pair;
  readonly dilation?: Pair;
  readonly ceilMode: boolean;
}
/** Arguments of a pool in torch, after its input. */
export const torchPool = (p: PoolWords, x = 'x'): (string | null)[] => [
  x,
  `kernel_size=${pyPair(p.kernelSize)}`,
  p.stride && `stride=${pyPair(p.stride)}`,
  unless(isPair(p.padding, 0), `padding=${pyPair(p.padding)}`),
  unless(!p.dilation || isPair(p.dilation, 1), `dilation=${pyPair(p.dilation ?? [1, 1])}`),
  unless(!p.ceilMode, `ceil_mode=${pyBool(p.ceilMode)}`),
];
/** Attributes of a pool in ONNX. */
export const onnxPool = (p: PoolWords): (string | null)[] => [
  `kernel_shape=${list(p.kernelSize)}`,
  `strides=${list(p.stride ?? p.kernelSize)}`,
  unless(isPair(p.padding, 0), `pads=${list([...p.padding, ...p.padding])}`),
  unless(!p.dilation || isPair(p.dilation, 1), `dilations=${list(p.dilation ?? [1, 1])}`),
  unless(!p.ceilMode, 'ceil_mode=1'),
];
