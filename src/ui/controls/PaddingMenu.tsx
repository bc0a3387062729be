import { isBank, isMatrix, shapeOfBank } from '../../core/bank';
import type { WeightValue } from '../../core/op';
import { parse, readField } from '../../core/parse';
import type { AnyOp } from '../../core/registry';
import { type Along, type PaddingRule, paddingBy } from '../../core/same';
import type { Step } from '../../core/scene';
import type { Field } from '../../core/schema';
import type { Shape } from '../../core/tensor';
import { Icon } from '../icons';
import { Menu } from '../parts';
import { type MessageKey, number, t } from '../strings';
import { sizeOfMatrix } from './matrix';

export interface PaddingMenuProps {
  readonly op: AnyOp;
  readonly name: string;
  readonly field: Field;
  readonly step: Step;
  readonly xShape: Shape | null;
  onChange(step: Step): void;
}

const rules: readonly { readonly rule: PaddingRule; readonly title: MessageKey; readonly help: MessageKey }[] = [
  { rule: 'valid', title: 'paddingValid', help: 'paddingValidHelp' },
  { rule: 'same-upper', title: 'paddingSameUpper', help: 'paddingSameUpperHelp' },
  { rule: 'same-lower', title: 'paddingSameLower', help: 'paddingSameLowerHelp' },
];

/** Beside the padding of an op that slides a kernel: computes its numbers from what frameworks call valid and same. */
export function PaddingMenu({ op, name, field, step, xShape, onChange }: PaddingMenuProps) {
  const window = windowOf(op, step);
  const [height, width] = xShape?.slice(-2) ?? [];
  if (name !== 'padding' || !window || height === undefined || width === undefined) return null;
  const along = (axis: 0 | 1, length: number): Along => ({
    length,
    kernel: window.kernel[axis],
    stride: window.stride[axis],
    dilation: window.dilation[axis],
  });
  const items = rules.map(({ rule, title, help }) => {
    const found = paddingFor(field, paddingBy(rule, along(0, height), along(1, width)));
    if ('why' in found) return { label: t(title), help: found.why, disabled: true, onClick() {} };
    const value = found.value;
    return {
      label: t(title),
      help: t(help),
      onClick: () => onChange({ ...step, params: { ...step.params, [name]: value } }),
    };
  });
  return (
    <Menu class="icon tiny" label={t('paddingByRule')} items={items}>
      <Icon name="same" />
    </Menu>
  );
}

type Found = { readonly value: readonly number[] } | { readonly why: string };

/** Padding of four sides as the field takes it, or why it cannot. */
function paddingFor(field: Field, [top, bottom, left, right]: readonly [number, number, number, number]): Found {
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
    const kernel = two(params.kernelSize) ?? (matrix === undefined ? null : sizeOfKernel(matrix));
    if (!kernel || !('stride' in params) || 'outputPadding' in params || 'outputSize' in params) return null;
    return { kernel, stride: two(params.stride) ?? kernel, dilation: two(params.dilation) ?? [1, 1] };
  } catch {
    return null;
  }
}

function sizeOfKernel(value: WeightValue): Two | null {
  if (isMatrix(value)) return sizeOfMatrix(value);
  const [, , rows = 0, columns = 0] = isBank(value) ? shapeOfBank(value) : [];
  return rows > 0 ? [rows, columns] : null;
}

function two(value: unknown): Two | null {
  if (!Array.isArray(value)) return null;
  const [a, b] = value;
  return typeof a === 'number' && typeof b === 'number' ? [a, b] : null;
}
