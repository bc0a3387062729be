import { useEffect, useId, useRef } from 'preact/hooks';
import { type BankFrame, channelRead, sliceOf } from '../../core/bank';
import type { Bank, KernelField } from '../../core/op';
import type { Schema } from '../../core/schema';
import type { ColourMap } from '../../image/colourMap';
import { IconButton, Segmented } from '../parts';
import { t } from '../strings';
import { Count } from './Count';
import { type Matrix, peakOf, sizeOfMatrix } from './matrix';
import { written } from './typed';
import { drawMap, useMap } from './useMap';

export interface KernelBankProps {
  readonly field: KernelField<Schema>;
  readonly bank: Bank;
  readonly frame: BankFrame;
  /** Which kernel is edited. */
  readonly filter: number;
  readonly channel: number;
  /** All channels of the filter have the same kernel, and an edit is of all. */
  readonly tied: boolean;
  onFilter(filter: number): void;
  onChannel(channel: number): void;
  onTied(tied: boolean): void;
  onCount(filters: number): void;
}

/** The most filters that are drawn in small. */
const mostDrawn = 64;
/** The most filters that a bank may be given here. */
const mostFilters = 512;

/** Which kernel of a bank is edited: its filter, the channel that it reads, and how many filters there are. */
export function KernelBank(props: KernelBankProps) {
  const id = useId();
  const map = useMap('signed');
  const { field, bank, frame, filter, channel, tied, onFilter, onChannel, onTied, onCount } = props;
  const { filters, channels, groups } = frame;
  const all = channels * groups;
  const name = (c: number): string => {
    const read = channelRead(frame, filter, c);
    return all === 3 ? ('RGB'[read] ?? '') : written(read + 1);
  };
  return (
    <div class="kernel-bank">
      <span class="tool-row">
        <Count
          label={t('kernelFilters')}
          title={t('kernelFilters')}
          value={filters}
          min={groups}
          max={mostFilters}
          step={groups}
          onChange={onCount}
        />
        <Count
          label={t('kernelFilter')}
          title={t('kernelFilterOf', filters)}
          value={filter + 1}
          min={1}
          max={filters}
          step={1}
          after={t('ofMany', filters)}
          onChange={(one) => onFilter(one - 1)}
        />
      </span>
      <span class="tool-row">
        {channels > 1 ? (
          <>
            <IconButton
              tiny
              icon={tied ? 'link' : 'unlink'}
              label={t('kernelTied')}
              title={t(tied ? 'kernelUntie' : 'kernelTie')}
              pressed={tied}
              onClick={() => onTied(!tied)}
            />
            {tied ? (
              <span class="dim small">{t('kernelTiedNow', channels)}</span>
            ) : channels <= 4 ? (
              <Segmented
                label={t('kernelChannel')}
                options={Array.from({ length: channels }, (_, c) => ({ value: String(c), label: name(c) }))}
                value={String(channel)}
                onChange={(one) => onChannel(Number(one))}
              />
            ) : (
              <Count
                label={t('channel')}
                title={t('kernelChannel')}
                value={channel + 1}
                min={1}
                max={channels}
                step={1}
                after={t('ofMany', channels)}
                onChange={(one) => onChannel(one - 1)}
              />
            )}
          </>
        ) : (
          <span class="dim small">{t('kernelReads', name(0))}</span>
        )}
      </span>
      {filters > 1 && filters <= mostDrawn && (
        <span class="filters" role="radiogroup" aria-label={t('kernelFilter')}>
          {Array.from({ length: filters }, (_, f) => (
            <FilterPicture
              key={`filter ${f + 1}`}
              group={id}
              number={f + 1}
              kernel={sliceOf(field, bank, frame, f, channel)}
              map={map}
              chosen={f === filter}
              onChoose={() => onFilter(f)}
            />
          ))}
        </span>
      )}
    </div>
  );
}

interface FilterPictureProps {
  /** Name of the radio group. */
  readonly group: string;
  readonly number: number;
  readonly kernel: Matrix;
  readonly map: ColourMap;
  readonly chosen: boolean;
  onChoose(): void;
}

function FilterPicture({ group, number, kernel, map, chosen, onChoose }: FilterPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const [rows, columns] = sizeOfMatrix(kernel);
    const peak = peakOf(kernel);
    const cells = kernel.flat();
    drawMap(canvas.current, [columns, rows], map, (i) => 0.5 + (peak > 0 ? (cells[i] ?? 0) / peak / 2.2 : 0));
  }, [kernel, map]);
  const name = t('kernelFilterNumber', number);
  return (
    <label title={name} class={chosen ? 'filter chosen' : 'filter'}>
      <input type="radio" name={group} checked={chosen} aria-label={name} onChange={onChoose} />
      <canvas ref={canvas} />
    </label>
  );
}
