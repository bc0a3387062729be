import { useMemo } from 'preact/hooks';
import type { Laid } from './layout';
import type { Chart, Panel } from './plot';
import { readingAt, readingWords, stopsOf } from './readings';
import { valueAt } from './scale';

export interface ReaderProps {
  readonly chart: Chart;
  readonly panel: Panel;
  readonly laid: Laid;
  readonly at: number | null;
  setAt(at: number | null): void;
  /** One panel of a chart has the slider; the others follow the pointer only. */
  readonly named: boolean;
  readonly title: string;
}

/** Over a panel: the pointer and the arrow keys move the cross-hair, whose values are read out. Plots never turn round: right is more. */
export function Reader({ chart, panel, laid, at, setAt, named, title }: ReaderProps) {
  const { box } = laid.places;
  const stops = useMemo(() => stopsOf(chart), [chart]);
  const nearest = (x: number): number => stops.reduce((a, b) => (Math.abs(b - x) < Math.abs(a - x) ? b : a), stops[0] ?? 0);
  const index = at === null ? Math.floor(stops.length / 2) : Math.max(0, stops.indexOf(nearest(at)));
  const onPointer = (event: PointerEvent & { currentTarget: HTMLElement }): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setAt(nearest(valueAt(panel.x, Math.min(1, Math.max(0, (event.clientX - left) / width)))));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const far = event.shiftKey ? 10 : 1;
    const last = stops.length - 1;
    const to = {
      ArrowLeft: index - far,
      ArrowDown: index - far,
      ArrowRight: index + far,
      ArrowUp: index + far,
      PageDown: index - 10,
      PageUp: index + 10,
      Home: 0,
      End: last,
    }[event.key];
    if (event.key === 'Escape' && at !== null) setAt(null);
    else if (to !== undefined) setAt(stops[Math.min(last, Math.max(0, to))] ?? null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const place = {
    insetInlineStart: `${box.x}px`,
    insetBlockStart: `${box.y}px`,
    width: `${box.width}px`,
    height: `${box.height}px`,
  };
  const pointing = { onPointerMove: onPointer, onPointerDown: onPointer };
  if (!named) return <div class="plot-reader" dir="ltr" style={place} aria-hidden="true" {...pointing} />;
  const now = stops[index] ?? 0;
  return (
    <div
      class="plot-reader"
      dir="ltr"
      style={place}
      role="slider"
      tabIndex={0}
      aria-label={title}
      aria-valuemin={panel.x.from}
      aria-valuemax={panel.x.to}
      aria-valuenow={now}
      aria-valuetext={readingWords(chart, readingAt(chart, now))}
      onKeyDown={onKeyDown}
      onFocus={() => at === null && setAt(now)}
      {...pointing}
    />
  );
}
