import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { type BankFrame, frameOf, isBank, isMatrix, sliceOf } from '../../core/bank';
import type { Bank, KernelField, Matrix, WeightValue } from '../../core/op';
import { parse } from '../../core/parse';
import { opOf } from '../../core/registry';
import type { Step } from '../../core/scene';
import type { Schema } from '../../core/schema';
import { numbersOf, weightValue, withNumbers } from '../../core/training';
import type { StepGradient, WeightGradient } from '../../worker/inquiries/gradients';
import { Count } from '../controls/Count';
import { cellNumber, paint } from '../controls/cells';
import { peakOf } from '../controls/matrix';
import { number, paramTitle, t } from '../strings';
import type { GradientState } from './state';
import type { Under } from './under';
import { exact, powerOf, raised, scaled, short } from './words';

/** Larger ones are told by their size and norm alone. */
const mostSide = 32;

/** The numbers of a step's weights with their gradients; a press chooses the one that is checked. */
export function Weights({ gradient, ...shared }: Shared & { readonly gradient: StepGradient }) {
  return (
    <div class="gradient-weights">
      {gradient.weights.map((weight) => (
        <Weight key={weight.name} {...shared} node={gradient.node} weight={weight} />
      ))}
    </div>
  );
}

interface Shared {
  readonly state: GradientState;
  readonly under: Under;
  readonly step: Step;
}
interface WeightProps extends Shared {
  readonly node: number;
  readonly weight: WeightGradient;
}

function Weight({ state, under, step, node, weight: { name, gradient, norm, places } }: WeightProps) {
  const op = opOf(step.op);
  /** Null: the kernel with the largest gradient. */
  const chosen = useSignal<KernelPlace | null>(null);
  const value = weightValue(op, step, name);
  const field = op.weights[name];
  const frame = field?.kind === 'kernel' && isBank(value) ? frameOf(field, value, parse(op.params, step.params, op.name)) : null;
  const { filter, channel } =
    chosen.value ?? (frame && isBank(value) && field?.kind === 'kernel' ? strongest(field, value, frame, gradient) : first);
  const shown = (of: WeightValue): Matrix => {
    if (isBank(of)) return frame && field?.kind === 'kernel' ? sliceOf(field, of, frame, filter, channel) : [];
    if (isMatrix(of)) return of;
    return [typeof of === 'number' ? [of] : of.filter((v) => typeof v === 'number')];
  };
  const numbers = numbersOf(value);
  const title = paramTitle(op, name);
  const slopes = shown(withNumbers(value, gradient));
  const power = powerOf(peakOf(slopes));
  const small = slopes.length <= mostSide && (slopes[0]?.length ?? 0) <= mostSide;
  return (
    <div class="gradient-weight">
      <span class="gradient-weight-head">
        <b>{title}</b>
        <span class="dim num">{t('gradientNorm', short(norm))}</span>
        {small && power !== 0 && <span class="dim num small">{t('gradientPower', `10${raised(power)}`)}</span>}
        {places > 1 && <span class="dim small">{t('gradientPlaces', number(places))}</span>}
      </span>
      {frame && (
        <span class="gradient-origin">
          {frame.filters > 1 && (
            <Count
              label={t('kernelFilter')}
              title={t('kernelFilterOf', frame.filters)}
              value={Math.min(filter, frame.filters - 1) + 1}
              min={1}
              max={frame.filters}
              step={1}
              after={t('ofMany', frame.filters)}
              onChange={(to) => {
                chosen.value = { filter: to - 1, channel };
              }}
            />
          )}
          {frame.channels > 1 && (
            <Count
              label={t('channel')}
              title={t('kernelChannel')}
              value={Math.min(channel, frame.channels - 1) + 1}
              min={1}
              max={frame.channels}
              step={1}
              after={t('ofMany', frame.channels)}
              onChange={(to) => {
                chosen.value = { filter, channel: to - 1 };
              }}
            />
          )}
        </span>
      )}
      {small ? (
        <Cells
          name={t('gradientWeightName', title)}
          values={shown(value)}
          slopes={slopes}
          places={shown(withNumbers(value, [...numbers.keys()]))}
          chosen={
            state.checked.value?.of === 'weight' && state.checked.value.node === node && state.checked.value.name === name
              ? state.checked.value.at
              : null
          }
          onChoose={(at) => {
            state.checked.value = { of: 'weight', node, name, at };
          }}
          onPoint={(at) => {
            if (at === null) under.leave();
            else under.weight({ of: 'weight', title, at, value: numbers[at] ?? 0, slope: gradient[at] ?? 0 });
          }}
        />
      ) : (
        <span class="dim small">{t('gradientLarge', number(slopes.length), number(slopes[0]?.length ?? 0))}</span>
      )}
    </div>
  );
}

interface KernelPlace {
  readonly filter: number;
  readonly channel: number;
}
const first: KernelPlace = { filter: 0, channel: 0 };

/** The kernel of a bank that holds the number with the largest gradient. */
function strongest(field: KernelField<Schema>, bank: Bank, frame: BankFrame, gradient: Float64Array): KernelPlace {
  const at = gradient.reduce((most, v, i) => (Math.abs(v) > Math.abs(gradient[most] ?? 0) ? i : most), 0);
  const kernel = Math.floor(at / (frame.rows * frame.columns));
  const numbered = bank.map((line, i) => line.map((_, j) => [[i * line.length + j]]));
  for (let filter = 0; filter < frame.filters; filter++)
    for (let channel = 0; channel < frame.channels; channel++)
      if (sliceOf(field, numbered, frame, filter, channel)[0]?.[0] === kernel) return { filter, channel };
  return first;
}

interface CellsProps {
  readonly name: string;
  readonly values: Matrix;
  readonly slopes: Matrix;
  /** Where each number lies among those of the weight. */
  readonly places: Matrix;
  readonly chosen: number | null;
  onChoose(at: number): void;
  /** A cell that the pointer or the focus comes to; null when it leaves. */
  onPoint(at: number | null): void;
}

/** Each number above its gradient, in the colour of the gradient. One tab stop, arrow keys. */
function Cells({ name, values, slopes, places, chosen, onChoose, onPoint }: CellsProps) {
  const grid = useRef<HTMLFieldSetElement>(null);
  const peak = peakOf(slopes);
  const power = powerOf(peak);
  const columns = slopes[0]?.length ?? 0;
  const flat = slopes.flat();
  const all = places.flat();
  const stop = Math.max(0, all.indexOf(chosen ?? -1));
  const onKeyDown = (event: KeyboardEvent): void => {
    const cells = [...(grid.current?.querySelectorAll<HTMLElement>('button') ?? [])];
    const at = cells.indexOf(event.target instanceof HTMLElement ? event.target : cells[0]!);
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    const next = by === undefined ? undefined : cells[at + by];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <fieldset
      ref={grid}
      class="gradient-cells"
      aria-label={name}
      dir="ltr"
      style={{ '--columns': columns }}
      onKeyDown={onKeyDown}
    >
      {flat.map((slope, i) => {
        const value = values.flat()[i] ?? 0;
        const [row, column] = [Math.floor(i / columns), i % columns];
        return (
          <button
            key={`${row} ${column}`}
            type="button"
            class="gradient-cell num"
            tabIndex={i === stop ? 0 : -1}
            aria-pressed={all[i] === chosen}
            title={exact(slope)}
            style={paint(slope, peak)}
            onClick={() => onChoose(all[i] ?? 0)}
            onPointerEnter={() => onPoint(all[i] ?? 0)}
            onPointerLeave={() => onPoint(null)}
            onFocus={() => onPoint(all[i] ?? 0)}
            onBlur={() => onPoint(null)}
          >
            <span aria-hidden="true">{cellNumber(value)}</span>
            <small aria-hidden="true">{scaled(slope, power)}</small>
            <span class="sr">{t('gradientCellName', number(row + 1), number(column + 1), exact(value), exact(slope))}</span>
          </button>
        );
      })}
    </fieldset>
  );
}
