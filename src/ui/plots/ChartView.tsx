import type { ComponentChildren } from 'preact';
import { useId, useMemo, useRef, useState } from 'preact/hooks';
import { useWidth } from '../bench/useWidth';
import { Icon } from '../icons';
import { Menu } from '../parts';
import { t } from '../strings';
import './plots.css';
import type { Laid } from './layout';
import { Marks } from './Marks';
import { measureIn } from './measure';
import { type Chart, columnsFor } from './plot';
import { Reader } from './Reader';
import { linkedPanels, readingAt, readingWords, tableOf } from './readings';
import { saveChart } from './saveChart';
import { laidOut } from './svg';
import { TableView } from './TableView';
import { usePrinting } from './usePrinting';

export interface ChartViewProps {
  readonly chart: Chart;
  /** Drawn over a panel, in its units: something to take hold of. */
  over?(id: string, laid: Laid): ComponentChildren;
  /** Beside the menu: choices about what is drawn. */
  readonly tools?: ComponentChildren;
  /** Without title and menu: a figure of a lesson. */
  readonly bare?: boolean;
}

/** Columns stand side by side from this width of one on, in em. */
const NARROW = 17;
const GAP = 2;
/** 16 cm, in CSS px: what the page knows of its own width is of the screen. */
const ON_PAPER = (16 / 2.54) * 96;

/** A chart on the page: panels as SVG in the theme's colours, a cross-hair, words below, and ways to take it along. */
export function ChartView({ chart, over, tools, bare }: ChartViewProps) {
  const root = useRef<HTMLDivElement>(null);
  const seen = useWidth(root);
  const width = usePrinting() ? ON_PAPER : seen;
  const [at, setAt] = useState<number | null>(null);
  const [table, setTable] = useState(false);
  const id = useId();
  const em = baseSize();
  const count = Math.max(1, Math.min(chart.columns.length, Math.floor((width + GAP * em) / ((NARROW + GAP) * em))));
  const each = Math.floor((width - GAP * em * (count - 1)) / count);
  const shown = useMemo(() => columnsFor(chart, count), [chart, count]);
  const columns = useMemo(() => {
    if (each < 4 * em) return [];
    const family = getComputedStyle(document.documentElement).getPropertyValue('--font-ui') || undefined;
    const space = { width: each, em, measure: measureIn(em, family) };
    return count > 1 ? laidOut({ columns: shown }, space) : shown.flatMap((column) => laidOut({ columns: [column] }, space));
  }, [shown, each, em, count]);
  const linked = chart.read ? linkedPanels(chart) : [];
  const reading = at === null ? null : readingAt(chart, at);
  const [first] = linked;
  return (
    <figure class="plot" aria-labelledby={`${id}-title`}>
      <div class="plot-head">
        <figcaption id={`${id}-title`} class={bare ? 'sr' : undefined}>
          {chart.title}
        </figcaption>
        <span class="plot-tools">
          {tools}
          {!bare && (
            <Menu
              class="icon tiny"
              label={t('plotSave', chart.title)}
              items={[
                { label: t('plotSaveSvg'), icon: 'save', onClick: () => void saveChart(chart, 'svg') },
                { label: t('plotSavePng'), icon: 'save', onClick: () => void saveChart(chart, 'png') },
                { label: t('plotSaveCsv'), icon: 'save', onClick: () => void saveChart(chart, 'csv') },
                { label: t(table ? 'plotTableHide' : 'plotTable'), icon: 'grid', onClick: () => setTable(!table) },
              ]}
            >
              <Icon name="save" />
            </Menu>
          )}
        </span>
      </div>
      <div class="plot-columns" ref={root} style={{ gridTemplateColumns: `repeat(${count}, minmax(0, 1fr))` }}>
        {columns.map((panels, i) => (
          <div class="plot-column" key={shown[i]?.[0]?.id ?? i}>
            {panels.map((laid, j) => {
              const panel = shown[i]?.[j];
              if (!panel) return null;
              const reads = linked.includes(panel);
              return (
                <div class="plot-panel" key={panel.id}>
                  <svg
                    role="img"
                    aria-label={[panel.title || chart.title, panel.said].join('. ')}
                    width={laid.width}
                    height={laid.height}
                    viewBox={`0 0 ${laid.width} ${laid.height}`}
                    data-panel={panel.id}
                  >
                    <Marks laid={laid} em={em} cursor={reads ? at : null} />
                  </svg>
                  {reads && (
                    <Reader
                      chart={chart}
                      panel={panel}
                      laid={laid}
                      at={at}
                      setAt={setAt}
                      named={panel === first}
                      title={t('plotRead', chart.title)}
                    />
                  )}
                  {over?.(panel.id, laid)}
                </div>
              );
            })}
          </div>
        ))}
      </div>
      {chart.read && (
        <p class="plot-reading num" aria-hidden="true">
          {reading ? readingWords(chart, reading) : t('plotReadHint')}
        </p>
      )}
      {chart.notes.map((note) => (
        <p class="plot-note" key={note}>
          {note}
        </p>
      ))}
      {table && <TableView title={chart.title} table={tableOf(chart)} />}
    </figure>
  );
}

/** 12 px where the text of the page has its usual size. */
const baseSize = (): number => 0.75 * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
