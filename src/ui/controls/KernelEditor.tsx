import { useId, useMemo, useState } from 'preact/hooks';
import { fitted } from '../../core/adapted';
import { frameFor, frameOf, isBank, sliceOf } from '../../core/bank';
import { bankPresets } from '../../core/bankPresets';
import { kernelPresets } from '../../core/kernels';
import type { Passage } from '../../core/lessons/passages';
import type { Bank, KernelField } from '../../core/op';
import type { Params, Schema } from '../../core/schema';
import type { Shape } from '../../core/tensor';
import { Button, Segmented, Select } from '../parts';
import { kernelShows, kernelTitle, plural, t } from '../strings';
import { counted, isTied, presetBank, sameBank, sized, withKernel } from './bankEdits';
import { FrequencyView } from './FrequencyView';
import { KernelBank } from './KernelBank';
import { KernelBrush } from './KernelBrush';
import { KernelGrid } from './KernelGrid';
import { KernelText } from './KernelText';
import { KernelTools } from './KernelTools';
import { Label } from './Label';
import { copied, type Matrix, mostCells, resized, type Symmetry, sameMatrix, sizeOfMatrix } from './matrix';
import { PairControl } from './NumberControls';
import { pasted } from './pasted';
import type { Stroke } from './useBrush';

export interface KernelEditorProps {
  readonly field: KernelField<Schema>;
  readonly title: string;
  readonly help: string;
  /** What explains it in the lessons. */
  readonly passage?: Passage | null;
  readonly value: Matrix | Bank;
  /** What the step reads, and its parameters; null where there is no picture or they do not parse. */
  readonly x: Shape | null;
  readonly params: Params<Schema> | null;
  readonly bad: boolean;
  readonly describedBy?: string;
  /** Whether another kernel would fit the picture and the other settings. */
  fits?(value: Matrix | Bank): boolean;
  /** Changes when `fits` may answer otherwise. */
  readonly fitsSince?: unknown;
  onChange(value: Matrix | Bank): void;
  onStroke?(stroke: Stroke): void;
}

/** Well-known kernels in groups of their size. */
const groups = () =>
  [...new Set(kernelPresets.map(({ matrix }) => sizeOfMatrix(matrix).join(' × ')))].map((group) => ({
    group,
    options: kernelPresets
      .filter(({ matrix }) => sizeOfMatrix(matrix).join(' × ') === group)
      .map((one) => ({ value: one.name, label: kernelTitle(one) })),
  }));
const sizeField = { min: 1, max: mostCells, step: 1, slider: [1, mostCells], default: [3, 3] } as const;

/** A kernel, or a bank of them, as numbers: presets, which one, cells, tools, what it passes, size. */
export function KernelEditor(props: KernelEditorProps) {
  const { field, title, help, passage, value, x, params, bad, describedBy, fits, fitsSince, onChange, onStroke } = props;
  const id = useId();
  const [sentence, setSentence] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const [symmetry, setSymmetry] = useState<Symmetry>('none');
  const [brush, setBrush] = useState<number | null>(null);
  const [asText, setAsText] = useState(false);
  const [at, setAt] = useState({ filter: 0, channel: 0 });
  const [wantTied, setWantTied] = useState(true);

  const bank = isBank(value) ? value : null;
  const frame = bank && params && frameOf(field, bank, params);
  const filter = Math.min(at.filter, (frame?.filters ?? 1) - 1);
  const tied = frame !== null && bank !== null && wantTied && isTied(field, bank, frame, filter);
  const channel = tied ? 0 : Math.min(at.channel, (frame?.channels ?? 1) - 1);
  const matrix = isBank(value) ? (frame ? sliceOf(field, value, frame, filter, channel) : (value[0]?.[0] ?? [[0]])) : value;
  const [rows, columns] = sizeOfMatrix(matrix);
  const wanted = x && params ? frameFor(field, x, params, [rows, columns], frame?.filters) : null;

  const edit = (next: Matrix): void =>
    onChange(bank && frame ? withKernel(field, bank, frame, { filter, channel: tied ? 'all' : channel }, next) : next);
  /** A change that is one for itself: a preset, a tool, a pasted block. */
  const take = (next: Matrix | Bank, words = ''): void => {
    setSentence(null);
    setSaid(words);
    onStroke?.('begins');
    if (isBank(next)) onChange(next);
    else edit(next);
    onStroke?.('ends');
  };
  const atSize = (size: readonly [number, number]): Matrix | Bank =>
    bank && frame ? sized(field, bank, frame, size) : resized(matrix, size);
  /** A text that may be a block of numbers; true when it was none of the cell's business. */
  const onBlock = (text: string, words = true): boolean => {
    const block = pasted(text);
    switch (block.kind) {
      case 'single':
        return false;
      case 'matrix':
        take(block.matrix, words ? t('kernelPasted', ...sizeOfMatrix(block.matrix)) : '');
        return true;
      case 'bank':
        if (wanted) take(block.bank, t('kernelPastedBank', block.bank.flat().length));
        else setSentence(t('kernelPasteMany', block.bank.flat().length));
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
    void navigator.clipboard.writeText(copied(matrix)).then(
      () => setSaid(t('kernelCopied')),
      () => setSaid(t('kernelNotCopied')),
    );
  };
  // In a bank, small kernels have a border of zeros.
  const preset = kernelPresets.find((one) => sameMatrix(bank ? resized(one.matrix, [rows, columns]) : one.matrix, matrix));
  const banks = useMemo(
    () => (wanted ? bankPresets.map((one) => ({ ...one, bank: presetBank(field, one, wanted) })) : []),
    [field, wanted?.channels, wanted?.groups],
  );
  const known = bank ? banks.find((one) => sameBank(one.bank, bank)) : undefined;
  const chosen = known ? `bank ${known.name}` : (preset?.name ?? '');
  const options = [
    ...(chosen ? [] : [{ value: '', label: t('kernelOwn') }]),
    ...(banks.length
      ? [{ group: t('kernelBanks'), options: banks.map((one) => ({ value: `bank ${one.name}`, label: kernelTitle(one) })) }]
      : []),
    ...groups(),
  ];
  const shown = known ?? preset;
  return (
    <fieldset class="kernel" aria-labelledby={`${id}-label`} data-columns={columns > 7 ? 'many' : columns > 5 ? 'some' : 'few'}>
      <div class="kernel-head">
        <span class="row">
          <span class="tag w" aria-hidden="true">
            w
          </span>
          <Label
            id={`${id}-label`}
            title={title}
            help={help}
            passage={passage}
            helpId={`${id}-help`}
            changedFrom={!bank && sameMatrix(matrix, field.default) ? null : t('kernelInitial')}
            onReset={() => {
              setSentence(null);
              onChange(field.default);
            }}
          />
        </span>
        {field.bank && (
          <Select
            class="wide"
            label={t('kernelPreset')}
            title={shown && `${kernelShows(shown)} ${t('kernelSource', shown.source)}`}
            value={chosen}
            options={options}
            onChange={(name) => {
              const next = banks.find((one) => `bank ${one.name}` === name)?.bank;
              const kernel = kernelPresets.find((one) => one.name === name)?.matrix;
              if (next) {
                setAt({ filter: 0, channel: 0 });
                take(next);
              } else if (kernel) take(kernel);
            }}
          />
        )}
        {field.bank && <p class="dim small shows">{shown ? kernelShows(shown) : t('kernelOwnShows')}</p>}
        {wanted && (
          <Segmented
            label={t('kernelSharing')}
            options={[
              { value: 'one', label: t('kernelShared') },
              { value: 'bank', label: t('kernelEach') },
            ]}
            value={bank ? 'bank' : 'one'}
            onChange={(to) => {
              if (to === 'one') onChange(matrix);
              else if (!bank) onChange(presetBank(field, { ...plain, kernel: () => matrix }, wanted));
            }}
          />
        )}
        {bank && frame && wanted && params && x && frame.channels !== wanted.channels && (
          <Button look="line" onClick={() => take(fitted(field, bank, params, x))}>
            {plural('kernelFit', wanted.channels)}
          </Button>
        )}
        {bank && frame && (
          <KernelBank
            field={field}
            bank={bank}
            frame={frame}
            filter={filter}
            channel={channel}
            tied={tied}
            onFilter={(to) => setAt({ ...at, filter: to })}
            onChannel={(to) => setAt({ ...at, channel: to })}
            onTied={(on) => {
              setWantTied(on);
              if (on) onChange(withKernel(field, bank, frame, { filter, channel: 'all' }, matrix));
            }}
            onCount={(filters) => onChange(counted(field, bank, frame, filters))}
          />
        )}
      </div>
      <div class="kernel-main">
        {rows > mostCells || columns > mostCells ? (
          <p class="dim cells-box">{t('kernelLarge', rows, columns)}</p>
        ) : (
          <KernelGrid
            // Drafts belong to one kernel of the bank.
            key={`${filter} ${channel}`}
            matrix={matrix}
            name={t('kernelGrid', title, rows, columns)}
            describedBy={[`${id}-keys`, sentence && `${id}-why`, describedBy].filter(Boolean).join(' ')}
            bad={bad}
            symmetry={symmetry}
            brush={brush}
            onMatrix={edit}
            onStroke={(stroke) => onStroke?.(stroke)}
            onPick={setBrush}
            onBlock={onBlock}
            onWrong={setSentence}
          />
        )}
        <span class="sr" id={`${id}-keys`}>
          {t('kernelHelp')} {brush !== null && t('kernelPaintHelp')}
        </span>
        {sentence && (
          <p class="why bad" id={`${id}-why`} role="alert">
            {sentence}
          </p>
        )}
        <KernelTools
          matrix={matrix}
          inSpace={field.bank !== undefined}
          symmetry={symmetry}
          painting={brush !== null}
          asText={asText}
          brush={brush !== null && <KernelBrush value={brush} matrix={matrix} onChange={setBrush} />}
          onSymmetry={setSymmetry}
          onPainting={(on) => setBrush(on ? 1 : null)}
          onText={setAsText}
          onMatrix={take}
          onCopy={copy}
        />
        {asText && (
          <KernelText
            key={`${filter} ${channel}`}
            matrix={matrix}
            title={title}
            describedBy={sentence ? `${id}-why` : undefined}
            onText={(text) => {
              const block = pasted(text);
              if (block.kind === 'single') setSentence(t('kernelTextNone'));
              else onBlock(text, false);
              return block.kind === 'matrix' ? block.matrix : null;
            }}
          />
        )}
        <p class="dim small said" role="status">
          {said}
        </p>
      </div>
      {field.bank && <FrequencyView matrix={matrix} title={title} />}
      <PairControl
        field={{ ...sizeField, default: [rows, columns] }}
        title={t('kernelSize')}
        help={t('kernelSizeHelp')}
        value={[rows, columns]}
        bad={false}
        fits={fits && ((size) => fits(atSize(size)))}
        fitsSince={fitsSince}
        onChange={(size) => {
          setSentence(null);
          onChange(atSize(size));
        }}
      />
    </fieldset>
  );
}

/** A bank of one kernel, before it has a name. */
const plain = { name: '', title: '', shows: '', source: '', filters: 1 };
