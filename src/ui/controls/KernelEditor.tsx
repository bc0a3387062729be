import { useId, useState } from 'preact/hooks';
import { kernelPresets } from '../../core/kernels';
import { IconButton, Select } from '../parts';
import { number, t } from '../strings';
import { KernelGrid } from './KernelGrid';
import { Label } from './Label';
import {
  copied,
  flipped,
  type Matrix,
  mirrored,
  mostCells,
  normalised,
  pasted,
  resized,
  rotated,
  sameMatrix,
  sizeOfMatrix,
  sumOf,
} from './matrix';
import { PairControl } from './NumberControls';

export interface KernelEditorProps {
  readonly title: string;
  readonly help: string;
  readonly value: Matrix;
  readonly initial: Matrix;
  readonly bad: boolean;
  readonly describedBy?: string;
  onChange(value: Matrix): void;
}

/** Well-known kernels in groups of their size. */
const groups = [...new Set(kernelPresets.map(({ matrix }) => sizeOfMatrix(matrix).join(' × ')))].map((group) => ({
  group,
  options: kernelPresets
    .filter(({ matrix }) => sizeOfMatrix(matrix).join(' × ') === group)
    .map(({ name, title }) => ({ value: name, label: title })),
}));
const sizeField = { min: 1, max: mostCells, step: 1, slider: [1, 7], default: [3, 3] } as const;

/** A kernel as numbers: presets, size, cells, tools, sum. */
export function KernelEditor({ title, help, value, initial, bad, describedBy, onChange }: KernelEditorProps) {
  const id = useId();
  const [sentence, setSentence] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const [rows, columns] = sizeOfMatrix(value);
  const preset = kernelPresets.find(({ matrix }) => sameMatrix(matrix, value));
  const over = normalised(value);
  const take = (matrix: Matrix): void => {
    setSentence(null);
    onChange(matrix);
  };
  const onBlock = (text: string): boolean => {
    const block = pasted(text);
    switch (block.kind) {
      case 'single':
        return false;
      case 'matrix':
        take(block.matrix);
        setSaid(t('kernelPasted', ...sizeOfMatrix(block.matrix)));
        return true;
      case 'bad':
        setSentence(t('kernelPasteBad', block.row, block.column, block.text));
        return true;
      case 'ragged':
        setSentence(t('kernelPasteRagged', block.first, block.row, block.count));
        return true;
      case 'big':
        setSentence(t('kernelPasteBig', block.rows, block.columns, mostCells));
        return true;
    }
  };
  const copy = (): void => {
    void navigator.clipboard.writeText(copied(value)).then(
      () => setSaid(t('kernelCopied')),
      () => setSaid(t('kernelNotCopied')),
    );
  };
  return (
    <fieldset class="kernel" aria-labelledby={`${id}-label`}>
      <div class="kernel-head">
        <span class="row">
          <span class="tag w" aria-hidden="true">
            w
          </span>
          <Label
            id={`${id}-label`}
            title={title}
            help={help}
            helpId={`${id}-help`}
            changedFrom={sameMatrix(value, initial) ? null : t('kernelInitial')}
            onReset={() => take(initial)}
          />
        </span>
        <Select
          class="wide"
          label={t('kernelPreset')}
          title={preset && `${preset.shows} ${t('kernelSource', preset.source)}`}
          value={preset?.name ?? ''}
          options={[...(preset ? [] : [{ value: '', label: t('kernelOwn') }]), ...groups]}
          onChange={(name) => {
            const chosen = kernelPresets.find((p) => p.name === name);
            if (chosen) take(chosen.matrix);
          }}
        />
        <p class="dim small shows">{preset?.shows}</p>
      </div>
      <KernelGrid
        matrix={value}
        name={t('kernelGrid', title, rows, columns)}
        describedBy={[`${id}-keys`, sentence && `${id}-why`, describedBy].filter(Boolean).join(' ')}
        bad={bad}
        onMatrix={onChange}
        onBlock={onBlock}
        onWrong={setSentence}
      />
      <span class="sr" id={`${id}-keys`}>
        {t('kernelHelp')}
      </span>
      {sentence && (
        <p class="why bad" id={`${id}-why`} role="alert">
          {sentence}
        </p>
      )}
      <div class="kernel-tools">
        <IconButton tiny icon="rotate" label={t('kernelRotate')} onClick={() => take(rotated(value))} />
        <IconButton tiny icon="mirror" label={t('kernelMirror')} onClick={() => take(mirrored(value))} />
        <IconButton tiny icon="flip" label={t('kernelFlip')} onClick={() => take(flipped(value))} />
        <IconButton
          tiny
          icon="sum"
          label={t('kernelNormalise')}
          title={over ? undefined : t('kernelNoNormalise')}
          disabled={!over}
          onClick={() => over && take(over)}
        />
        <IconButton tiny icon="copy" label={t('kernelCopy')} onClick={copy} />
        <span class="dim small end num">{t('kernelSum', number(Number(sumOf(value).toPrecision(4))))}</span>
        <span class="sr" role="status">
          {said}
        </span>
      </div>
      <PairControl
        field={{ ...sizeField, default: [rows, columns] }}
        title={t('kernelSize')}
        help={t('kernelSizeHelp')}
        value={[rows, columns]}
        bad={false}
        onChange={(size) => take(resized(value, size))}
      />
    </fieldset>
  );
}
