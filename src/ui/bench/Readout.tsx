import { Legend } from '../controls';
import { number, t } from '../strings';
import { useSpoken } from '../view/spoken';
import { Provenance } from './Provenance';
import { pixelAt } from './place';
import type { Bench } from './state';

/** What the colours stand for; and the values under the pointer in both pictures, at rest the range of the result; at the end how the pixels were got. One line that keeps its height. */
export function Readout({ bench }: { bench: Bench }) {
  const place = bench.pointing.place.value;
  const reading = bench.pointing.reading.value;
  const size = bench.inputSize.value;
  const view = bench.output.value;
  const at = place && size && pixelAt(place, size);
  // Of what is only seen of a result nobody knows the range yet.
  const ranged = view && !(bench.coarse.value && view.reducedBy > 1);
  const x = words(reading?.input ?? null, bench.inputDisplay.value.channel);
  const y = words(reading?.output ?? null, bench.display.value.channel);
  const spoken = useSpoken(at && reading ? [t('at', at.x, at.y), `x ${x}`, `y ${y}`].join(', ') : '');
  return (
    <div class={at ? 'readout num pointing' : 'readout num'}>
      {view && <Legend mapping={view.mapping} low={view.low} high={view.high} />}
      <span class="sr" aria-live="polite">
        {spoken}
      </span>
      {at ? (
        <span aria-hidden="true">
          {t('at', at.x, at.y)} <span class="tag x">x</span> <span dir="ltr">{x}</span> <span class="tag y">y</span>{' '}
          <span dir="ltr">{y}</span>
        </span>
      ) : (
        ranged && <span>{t('valuesFromTo', short(view.min), short(view.max))}</span>
      )}
      <Provenance bench={bench} />
    </div>
  );
}

/** The value of the channel that is shown, or those of the first four. */
function words(values: readonly number[] | null, channel: 'all' | number): string {
  if (!values) return '–';
  const [one] = channel === 'all' ? [] : values.slice(channel, channel + 1);
  const told = one === undefined ? values.slice(0, 4) : [one];
  const rest = one === undefined && values.length > told.length ? ' …' : '';
  return told.map((v) => number(v, 3)).join(' ') + rest;
}
const short = (value: number): string => number(Number(value.toPrecision(3)));
