import { useEffect, useMemo, useState } from 'preact/hooks';
import { type Form, halfSide, landscapes, type Point } from '../../core/landscape';
import { NumberControl } from '../controls/NumberControls';
import { Segmented } from '../parts';
import { number, t } from '../strings';
import { findBands } from './bands';
import { ChartView } from './ChartView';
import { contourChart, names } from './landscape';
import type { Laid } from './layout';

/** Beyond these nothing new happens. */
const RATES = { min: 0.001, max: 25, step: 0.01, slider: [0.01, 2.5], default: 0.19 } as const;
const FIRST: Point = [-16, 12];

/** Contours of a loss before and after normalisation, and gradient descent on both from a start that can be moved. */
export function ContourPlot({ bare, form: given }: { bare?: boolean; form?: Form }) {
  const [form, setForm] = useState<Form>(given ?? 'bowl');
  const [start, setStart] = useState<Point>(FIRST);
  const [rate, setRate] = useState<number>(RATES.default);
  const [bands, setBands] = useState(0);
  useEffect(() => {
    let wanted = true;
    const found = async (): Promise<void> => {
      for (const name of names) if ((await findBands(landscapes[name], form)) && wanted) setBands((n) => n + 1);
    };
    void found();
    return () => {
      wanted = false;
    };
  }, [form]);
  const chart = useMemo(() => contourChart({ form, start, rate }), [form, start, rate, bands]);
  return (
    <div class="plot-whole">
      <div class="params plot-params">
        <NumberControl field={RATES} title={t('plotRate')} help={t('plotRateHelp')} value={rate} bad={false} onChange={setRate} />
        <span class="plot-pick">
          <Segmented<Form>
            label={t('plotForm')}
            options={[
              // Runs from the left in every language.
              { value: 'bowl', label: '\u2066½z²\u2069' },
              { value: 'root', label: 'z' },
            ]}
            value={form}
            onChange={setForm}
          />
          <span class="dim small">{t('plotStartHint')}</span>
        </span>
      </div>
      <ChartView
        chart={chart}
        bare={bare}
        over={(id, laid) =>
          names.some((name) => name === id) && <StartHandle laid={laid} start={start} onMove={setStart} first={id === names[0]} />
        }
      />
    </div>
  );
}

interface StartHandleProps {
  readonly laid: Laid;
  readonly start: Point;
  /** Both contours share one start; keys move it at the first one. */
  readonly first: boolean;
  onMove(start: Point): void;
}

const held = (v: number): number => Math.round(10 * Math.min(halfSide, Math.max(-halfSide, v))) / 10;

/** Where the walk starts: dragged, or moved by arrow keys. */
function StartHandle({ laid, start: [x, y], first, onMove }: StartHandleProps) {
  const { toX, toY, box } = laid.places;
  const drag = (event: PointerEvent & { currentTarget: HTMLElement }): void => {
    const handle = event.currentTarget;
    const panel = handle.parentElement;
    if (!panel || event.button !== 0) return;
    event.preventDefault();
    handle.focus();
    const stop = new AbortController();
    const on = { signal: stop.signal };
    const follow = ({ clientX, clientY }: PointerEvent): void => {
      const { left, top } = panel.getBoundingClientRect();
      const across = (clientX - left - box.x) / box.width;
      const down = (clientY - top - box.y) / box.height;
      onMove([held((2 * across - 1) * halfSide), held((1 - 2 * down) * halfSide)]);
    };
    addEventListener('pointermove', follow, on);
    for (const end of ['pointerup', 'pointercancel'] as const) addEventListener(end, () => stop.abort(), on);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.shiftKey ? 5 : 0.5;
    const move = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, by], ArrowDown: [0, -by] }[event.key];
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    onMove([held(x + move[0]!), held(y + move[1]!)]);
  };
  return (
    <div
      class="plot-handle"
      style={{ left: `${toX(x)}px`, top: `${toY(y)}px` }}
      role="slider"
      tabIndex={first ? 0 : -1}
      aria-label={t('plotStart')}
      aria-valuemin={-halfSide}
      aria-valuemax={halfSide}
      aria-valuenow={x}
      aria-valuetext={t('plotStartAt', number(x), number(y))}
      aria-hidden={first ? undefined : 'true'}
      onKeyDown={onKeyDown}
      onPointerDown={drag}
    />
  );
}
