import { useMemo, useState } from 'preact/hooks';
import { opOf } from '../../core/registry';
import type { Node } from '../../worker/api';
import type { Bench } from '../bench/state';
import { Message, Segmented, Switch } from '../parts';
import { number, opTitle, t } from '../strings';
import { ChannelPages } from './ChannelPages';
import { ChartView } from './ChartView';
import { spreadChart } from './distributions';
import { Pick } from './Pick';
import { useInquiry } from './useInquiry';

const BINS = 96;
const AT_ONCE = 9;
type Of = 'channels' | 'steps';

/** Histograms of the channels of any node, or of all nodes. */
export function ValuesPlot({ bench }: { bench: Bench }) {
  const [of, setOf] = useState<Of>('channels');
  const [chosen, setChosen] = useState<Node | null>(null);
  const [page, setPage] = useState(0);
  const [log, setLog] = useState(false);
  const scene = bench.scene.value;
  const fits = bench.fit.value?.shapes.length ?? 0;
  const nodes: Node[] = [-1, ...[...scene.steps.keys()].filter((i) => i < fits && !scene.steps[i]?.off)];
  const wanted = chosen ?? bench.current.value;
  const node = nodes.includes(wanted) ? wanted : (nodes.at(-1) ?? -1);
  const channels = bench.shapeAt(node)?.[1] ?? 1;
  const from = Math.min(page * AT_ONCE, Math.floor((channels - 1) / AT_ONCE) * AT_ONCE);
  const asked =
    of === 'steps'
      ? ({ nodes, bins: BINS, channels: 'together' } as const)
      : { nodes: [node], bins: BINS, channels: { from, count: Math.min(AT_ONCE, channels - from) } };
  const { answer, failure } = useInquiry(bench, 'histogram', asked);
  const nameOf = (one: Node): string => {
    const step = scene.steps[one];
    return step ? t('plotNode', number(one + 1), opTitle(opOf(step.op))) : t('plotInput');
  };
  const chart = useMemo(() => {
    if (!answer) return null;
    if (of === 'steps') {
      const spreads = answer.flatMap(([counted], i) => {
        const at = nodes[i];
        return counted && at !== undefined ? [{ name: nameOf(at), counted, role: at < 0 ? 'x' : 'y' } as const] : [];
      });
      return spreadChart(t('plotValuesOfSteps'), spreads, log, 'convscope-steps');
    }
    const role = node < 0 ? 'x' : 'y';
    const spreads = (answer[0] ?? []).map(
      (counted, i) => ({ name: channelName(from + i, channels, node), counted, role }) as const,
    );
    return spreadChart(t('plotValuesOf', nameOf(node)), spreads, log, 'convscope-values');
  }, [answer, log]);
  return (
    <div class="plot-whole">
      <div class="plot-controls">
        <Segmented<Of>
          label={t('plotValuesWhich')}
          options={[
            { value: 'channels', label: t('plotValuesChannels') },
            { value: 'steps', label: t('plotValuesSteps') },
          ]}
          value={of}
          onChange={setOf}
        />
        {of === 'channels' && (
          <Pick
            label={t('plotValuesNode')}
            value={String(node)}
            options={nodes.map((one) => ({ value: String(one), label: nameOf(one) }))}
            onChange={(value) => setChosen(Number(value))}
          />
        )}
        {of === 'channels' && <ChannelPages channels={channels} atOnce={AT_ONCE} page={page} onPage={setPage} />}
        <Switch checked={log} onChange={setLog}>
          {t('plotLogSwitch')}
        </Switch>
      </div>
      {failure && <Message kind="bad" text={failure} />}
      {chart && <ChartView chart={chart} />}
    </div>
  );
}

const primaries = ['channelRed', 'channelGreen', 'channelBlue'] as const;
/** Of a picture the colours; of anything else a number. */
function channelName(channel: number, channels: number, node: Node): string {
  const primary = node < 0 && channels === 3 ? primaries[channel] : undefined;
  return primary ? t(primary) : t('channelNumber', number(channel + 1));
}
