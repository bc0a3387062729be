import { useMemo, useState } from 'preact/hooks';
import { type Activated, compared, type Start, stacks } from '../../core/depth';
import { parse } from '../../core/parse';
import { opOf } from '../../core/registry';
import type { Bench } from '../bench/state';
import { NumberControl } from '../controls/NumberControls';
import { Message } from '../parts';
import { t } from '../strings';
import { ChartView } from './ChartView';
import { depthChart } from './depth';
import { Pick } from './Pick';
import { useInquiry } from './useInquiry';

const LAYERS = { min: 2, max: 40, step: 1, slider: [2, 30], default: 12 } as const;
const SEED = { min: 0, max: 9999, step: 1, slider: [0, 20], default: 0 } as const;
const CHANNELS = 8;
const SIDE = 24;
const starts = { suits: 'plotStartSuits', xavier: 'plotStartXavier', he: 'plotStartHe', small: 'plotStartSmall' } as const;
type Starting = keyof typeof starts;
const isStarting = (value: string): value is Starting => Object.hasOwn(starts, value);

/** The norm of the gradient in each of many layers, for functions that saturate and for those that do not, on this picture. */
export function DepthPlot({ bench }: { bench: Bench }) {
  const [layers, setLayers] = useState<number>(LAYERS.default);
  const [seed, setSeed] = useState<number>(SEED.default);
  const [starting, setStarting] = useState<Starting>('suits');
  const step = bench.step.value;
  const activations = useMemo((): readonly Activated[] => {
    const op = step && !step.off ? opOf(step.op) : null;
    if (!op || !stacks(op) || op.family !== 'activation' || compared.some((one) => one.op === op.name)) return compared;
    const suits: Start = op.kinks?.(parse(op.params, step?.params ?? {}, op.name)).length ? 'he' : 'xavier';
    return [...compared, { op: op.name, params: step?.params ?? {}, suits }];
  }, [step]);
  const { answer, failure, busy } = useInquiry(bench, 'depth', {
    side: SIDE,
    chains: activations.map(({ op, params, suits }) => ({
      activation: { op, params },
      start: starting === 'suits' ? suits : starting,
      layers,
      channels: CHANNELS,
      seed,
    })),
  });
  const chart = useMemo(() => answer && depthChart(activations, answer), [activations, answer]);
  return (
    <div class="plot-whole">
      <div class="params plot-params">
        <NumberControl
          field={LAYERS}
          title={t('plotLayers')}
          help={t('plotLayersHelp')}
          value={layers}
          bad={false}
          onChange={setLayers}
        />
        <NumberControl field={SEED} title={t('plotSeed')} help={t('plotSeedHelp')} value={seed} bad={false} onChange={setSeed} />
        <Pick
          label={t('plotStarting')}
          value={starting}
          options={Object.entries(starts).map(([value, key]) => ({ value, label: t(key) }))}
          onChange={(value) => isStarting(value) && setStarting(value)}
        />
      </div>
      {failure && <Message kind="bad" text={failure} />}
      {chart ? <ChartView chart={chart} /> : busy && <p class="dim">{t('plotWorking')}</p>}
    </div>
  );
}
