import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { IconButton, Select } from '../parts';
import { number, t } from '../strings';
import {
  balanced,
  flipped,
  type Matrix,
  mirrored,
  negated,
  normalised,
  peakOf,
  rotated,
  type Symmetry,
  sameMatrix,
  sumOf,
  transposed,
  upended,
} from './matrix';

export interface KernelToolsProps {
  readonly matrix: Matrix;
  /** Its rows and columns lie on the picture; else they are outputs and inputs, which nothing turns. */
  readonly inSpace: boolean;
  readonly symmetry: Symmetry;
  readonly painting: boolean;
  readonly asText: boolean;
  /** Beside the brush: its value. */
  readonly brush: ComponentChildren;
  onSymmetry(symmetry: Symmetry): void;
  onPainting(on: boolean): void;
  onText(on: boolean): void;
  /** Another kernel, and what was done where that needs words. */
  onMatrix(matrix: Matrix, said?: string): void;
  onCopy(): void;
}

/** What can be done to a whole kernel: turns, mirrors, signs, sums; and how cells are edited. */
export function KernelTools(props: KernelToolsProps) {
  const { matrix, inSpace, symmetry, painting, asText, brush, onSymmetry, onPainting, onText, onMatrix, onCopy } = props;
  const id = useId();
  const over = normalised(matrix);
  const even = balanced(matrix);
  const isBalanced = Math.abs(sumOf(matrix)) <= 1e-9 * peakOf(matrix);
  const turned = flipped(matrix);
  const same = sameMatrix(turned, matrix);
  return (
    <div class="kernel-tools">
      <span class="tool-row">
        {inSpace && <IconButton tiny icon="rotate" label={t('kernelRotate')} onClick={() => onMatrix(rotated(matrix))} />}
        <IconButton tiny icon="mirror" label={t('kernelMirror')} onClick={() => onMatrix(mirrored(matrix))} />
        <IconButton tiny icon="mirrorV" label={t('kernelUpend')} onClick={() => onMatrix(upended(matrix))} />
        <IconButton tiny icon="transpose" label={t('kernelTranspose')} onClick={() => onMatrix(transposed(matrix))} />
        {inSpace && (
          <>
            <IconButton
              tiny
              icon="flip"
              label={t('kernelFlip')}
              title={`${t('kernelFlip')}. ${same ? t('kernelFlipSame') : t('kernelFlipWhy')}`}
              aria-describedby={`${id}-flip`}
              disabled={same}
              onClick={() => onMatrix(turned, t('kernelFlipWhy'))}
            />
            <span class="sr" id={`${id}-flip`}>
              {same ? t('kernelFlipSame') : t('kernelFlipWhy')}
            </span>
          </>
        )}
        <IconButton tiny icon="negate" label={t('kernelNegate')} onClick={() => onMatrix(negated(matrix))} />
        <IconButton
          tiny
          icon="sum"
          label={t('kernelNormalise')}
          title={over ? undefined : t('kernelNoNormalise')}
          disabled={!over}
          onClick={() => over && onMatrix(over)}
        />
        <IconButton
          tiny
          icon="balance"
          label={t('kernelBalance')}
          title={isBalanced ? t('kernelIsBalanced') : undefined}
          disabled={isBalanced}
          onClick={() => onMatrix(even)}
        />
        <IconButton tiny icon="copy" label={t('kernelCopy')} onClick={onCopy} />
        <IconButton tiny icon="text" label={t('kernelAsText')} pressed={asText} onClick={() => onText(!asText)} />
      </span>
      <span class="tool-row">
        <IconButton
          tiny
          icon="brush"
          label={t('kernelPaint')}
          title={t('kernelPaintHelp')}
          pressed={painting}
          onClick={() => onPainting(!painting)}
        />
        {painting && brush}
        <Select
          small
          label={t('kernelSymmetry')}
          title={t('kernelSymmetryHelp')}
          value={symmetry}
          options={symmetries.map((value) => ({ value, label: t(symmetryNames[value]) }))}
          onChange={(chosen) => onSymmetry(symmetries.find((one) => one === chosen) ?? 'none')}
        />
        <span class="dim small end num">{t('kernelSum', sumWords(matrix))}</span>
      </span>
    </div>
  );
}

const symmetryNames = {
  none: 'symmetryNone',
  across: 'symmetryAcross',
  down: 'symmetryDown',
  both: 'symmetryBoth',
  radial: 'symmetryRadial',
} as const;
const symmetries: readonly Symmetry[] = ['none', 'across', 'down', 'both', 'radial'];

/** Four digits of the sum, as far as they stand out from the rounding of the weights. */
function sumWords(matrix: Matrix): string {
  const all = matrix.flat().reduce((a, b) => a + Math.abs(b), 0);
  const sum = sumOf(matrix);
  return number(Math.abs(sum) < 1e-5 * all ? 0 : Number(sum.toPrecision(4)));
}
