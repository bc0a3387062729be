import { useMemo, useState } from 'preact/hooks';
import { Switch } from '../parts';
import { t } from '../strings';
import { ChartView } from './ChartView';
import { type LossSeries, lossCurves } from './loss';

export interface LossPlotProps {
  readonly title: string;
  readonly series: readonly LossSeries[];
  /** How heights start; the reader may switch. */
  readonly log?: boolean;
  readonly bare?: boolean;
}

/** A loss after each step of a training, for one or several runs. */
export function LossPlot({ title, series, log: first = false, bare }: LossPlotProps) {
  const [log, setLog] = useState(first);
  const chart = useMemo(
    () => ({ title, columns: [[lossCurves('', series, log)]], notes: [], read: true, stem: 'convscope-loss' }),
    [title, series, log],
  );
  return (
    <ChartView
      chart={chart}
      bare={bare}
      tools={
        <Switch checked={log} onChange={setLog}>
          {t('plotLogSwitch')}
        </Switch>
      }
    />
  );
}
