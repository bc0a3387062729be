import { parse, readField } from '../../core/parse';
import type { AnyOp } from '../../core/registry';
import type { Step } from '../../core/scene';
import type { Field } from '../../core/schema';
import type { Shape } from '../../core/tensor';
import { IconButton } from '../parts';
import { number, t } from '../strings';
import { sizeOfMatrix } from './matrix';
import { samePadding } from './same';

export interface SameButtonProps {
  readonly op: AnyOp;
  readonly name: string;
  readonly field: Field;
  readonly step: Step;
  readonly xShape: Shape | null;
  onChange(step: Step): void;
}

/** Beside the padding of an op that slides a kernel: computes the numbers that keep the size. */
export function SameButton({ op, name, field, step, xShape, onChange }: SameButtonProps) {
  if (name !== 'padding' || !xShape) return null;
  const found = paddingFor(op, step, xShape, field);
  if (!found) return null;
  const why = 'why' in found ? found.why : undefined;
  return (
    <IconButton
      tiny
      icon="same"
      label={t('samePadding')}
      title={why ?? t('samePaddingHelp')}
      disabled={why !== undefined}
      onClick={() => 'value' in found && onChange({ ...step, params: { ...step.params, [name]: found.value } })}
    />
  );
}

type Found = { readonly value: readonly number[] } | { readonly why: string };

/** The padding as the field takes it, or why it cannot be; null where the op has no window or no picture is known. */
function paddingFor(op: AnyOp, step: Step, x: Shape, field: Field): Found | null {
  const window = windowOf(op, step);
  const [height, width] = x.slice(-2);
  if (!window || height === undefined || width === undefined) return null;
  const along = (axis: 0 | 1, length: number) =>
    samePadding({ length, kernel: window.kernel[axis], stride: window.stride[axis], dilation: window.dilation[axis] });
  const [[top, bottom], [left, right]] = [along(0, height), along(1, width)];
  if (field.kind === 'pair' && (top !== bottom || left !== right)) return { why: t('samePaddingOdd') };
  const value = field.kind === 'pair' ? [top, left] : [top, bottom, left, right];
  if (readField(field, value) === undefined) {
    return { why: t('samePaddingFar', number('min' in field ? field.min : 0), number('max' in field ? field.max : 0)) };
  }
  return { value };
}

type Two = readonly [number, number];

/**
 * Kernel, stride and dilation by the names that every sliding op shares; the kernel may be a matrix of weights.
 * Not of ops that undo a window, where padding takes away: they have a size of their output or a padding of it.
 */
function windowOf(op: AnyOp, step: Step): { kernel: Two; stride: Two; dilation: Two } | null {
  try {
    const params = parse(op.params, step.params, op.name);
    const [matrix] = Object.entries(op.weights).flatMap(([weight, field]) =>
      field.kind === 'kernel' ? [step.weights?.[weight] ?? field.default] : [],
    );
    const kernel = two(params.kernelSize) ?? (Array.isArray(matrix) ? sizeOfMatrix(matrix) : null);
    if (!kernel || !('stride' in params) || 'outputPadding' in params || 'outputSize' in params) return null;
    return { kernel, stride: two(params.stride) ?? kernel, dilation: two(params.dilation) ?? [1, 1] };
  } catch {
    return null;
  }
}

function two(value: unknown): Two | null {
  if (!Array.isArray(value)) return null;
  const [a, b] = value;
  return typeof a === 'number' && typeof b === 'number' ? [a, b] : null;
}
