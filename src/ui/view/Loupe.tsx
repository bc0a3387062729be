import { effect, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Area, View } from '../../worker/api';
import { type Place, pixelAt, type Size } from '../bench/place';
import type { Bench } from '../bench/state';
import { classes } from '../parts';
import { number, t } from '../strings';
import { type Closer, cellNumber, closerLook, colourOf, cutTo, inkOn, valueAt } from './closer';
import type { Frame } from './frames';
import { Latest } from './latest';
import { drawnChannels } from './sight';

/** Of one cell, in CSS px at the usual size of text. */
const [cellWidth, cellHeight, rest] = [28, 22, 44];

/** The cells around the place with their values, in the lower corner away from the pointer. The same place in both views. */
export function Loupe({ bench, frame, name }: { bench: Bench; frame: Frame; name: string }) {
  const { side, sight, port, laid } = frame;
  const found = useSignal<{ readonly view: View; readonly closer: Closer } | null>(null);
  const left = useSignal(false);
  const { pointing } = bench;
  const count = cellsThatFit(port.value, bench.mode.value === 'side');
  useEffect(() => {
    const questions = new Latest(
      ({ area }: { view: View; area: Area }) => closerLook(bench, sight, area),
      (closer, { view }) => {
        if (closer && view === sight.shown.peek()) found.value = { view, closer };
      },
    );
    const stop = effect(() => {
      const [size, view] = [sight.size.value, sight.shown.value];
      if (!size || !view || !sight.full.value || view.reducedBy > 1) return;
      questions.want({ view, area: cutTo(around(pointing.place.value ?? pointing.middle(), size, count), size) });
    });
    return () => {
      stop();
      questions.forget();
    };
  }, [bench, sight, count]);

  const size = sight.size.value;
  const known = found.value?.view === sight.shown.value ? found.value : null;
  const at = laid.value;
  if (!size || !known || !at) return null;
  const place = pointing.place.value ?? pointing.middle();
  const { x, y } = pixelAt(place, size);
  const { closer, view } = known;
  const display = (side === 'input' ? bench.inputDisplay : bench.display).value;
  const drawn = drawnChannels(view, display.channel);
  const colours = (view.shape[1] ?? 1) === 3 && drawn.length === 3 && view.mapping !== 'symmetric';
  // Of red, green and blue, green carries most of what is seen.
  const channels = colours ? [1] : drawn;
  const around7 = around(place, size, count);
  const whatWords = colours ? t('channelGreen') : drawn.length > 1 ? t('meanOfChannels') : channelName(view, drawn[0] ?? 0);
  const inside = isIn(closer.area, x, y);
  // It changes sides only when the pointer is well past the middle.
  const across = (at.left + place.u * at.width) / port.value.width;
  if (across > 0.55 && !left.peek()) left.value = true;
  if (across < 0.45 && left.peek()) left.value = false;
  const stacked = bench.mode.value !== 'side';
  const low = !stacked || at.top + place.v * at.height < 0.6 * port.value.height;
  const atLeft = stacked ? side === 'input' : left.value;
  return (
    <div
      class={['loupe', atLeft ? 'at-left' : 'at-right', low ? 'low' : 'high', side].join(' ')}
      style={{ '--cells': count }}
      role="img"
      aria-label={t('loupeOf', name)}
    >
      <div class="loupe-cells num" aria-hidden="true">
        {Array.from({ length: count * count }, (_, i) => {
          const [column, row] = [around7.left + (i % count), around7.top + Math.floor(i / count)];
          if (!isIn(closer.area, column, row)) return <i key={i} class="none" />;
          const text = cellNumber(valueAt(closer, column, row, channels));
          return (
            <i
              key={i}
              class={classes(column === x && row === y && 'here', text.length > 4 && 'long')}
              style={{ background: colourOf(closer, column, row), color: inkOn(closer, column, row) }}
            >
              {text}
            </i>
          );
        })}
      </div>
      <div class="loupe-line num" aria-hidden="true">
        <span>{t('valueAt', whatWords, x, y)}</span>
        <b>{inside ? number(valueAt(closer, x, y, channels), 4) : ''}</b>
      </div>
    </div>
  );
}

function around(place: Place, size: Size, count: number): Area {
  const { x, y } = pixelAt(place, size);
  const half = (count - 1) / 2;
  return { left: x - half, top: y - half, width: count, height: count };
}
const isIn = ({ left, top, width, height }: Area, x: number, y: number): boolean =>
  x >= left && x < left + width && y >= top && y < top + height;

/** As many cells as leave most of the view free. */
function cellsThatFit({ width, height }: Size, alone: boolean): number {
  const share = alone ? 0.62 : 0.48;
  return [7, 5, 3].find((n) => n * cellWidth + 16 <= share * width && n * cellHeight + rest <= 0.9 * height) ?? 3;
}

function channelName({ shape }: View, channel: number): string {
  const count = shape[1] ?? 1;
  if (count === 1) return t('value');
  if (count === 3) return t((['channelRed', 'channelGreen', 'channelBlue'] as const)[channel] ?? 'channelRed');
  return t('channelNumber', channel + 1);
}
