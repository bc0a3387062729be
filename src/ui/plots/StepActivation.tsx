import { useMemo, useState } from 'preact/hooks';
import { samplesOf } from '../../core/curve';
import { parse } from '../../core/parse';
import { opOf } from '../../core/registry';
import { oneChannelOf } from '../../core/weights';
import type { Bench } from '../bench/state';
import { Message, Segmented } from '../parts';
import { number, t } from '../strings';
import { ActivationPlot } from './ActivationPlot';
import { useInquiry } from './useInquiry';

const BINS = 120;
type Reach = 'samples' | 'picture';

/** The current step's curve with this picture's values under it. */
export function StepActivation({ bench }: { bench: Bench }) {
  const [reach, setReach] = useState<Reach>('samples');
  const step = bench.step.value;
  const at = bench.current.value;
  const asked = useMemo(() => {
    if (!step) return null;
    const op = opOf(step.op);
    const params = parse(op.params, step.params, op.name);
    return { op, params, weights: oneChannelOf(op, step) };
  }, [step]);
  const own = asked && samplesOf(asked.op, asked.params);
  const { answer, failure } = useInquiry(
    bench,
    'histogram',
    own && { nodes: [at - 1, at], bins: BINS, channels: 'together', ...(reach === 'samples' && { range: own }) },
  );
  const histogram = useMemo(() => {
    const [before, after] = [answer?.[0]?.[0], answer?.[1]?.[0]];
    return before && after ? { before, after } : undefined;
  }, [answer]);
  if (!asked || !own) return <p class="dim">{t('plotNoStep')}</p>;
  const edges = histogram?.before.edges;
  const seen = edges && ([edges.from, edges.from + BINS * edges.width] as const);
  const range = reach === 'picture' && seen ? seen : own;
  return (
    <>
      {failure && <Message kind="bad" text={failure} />}
      <ActivationPlot
        {...asked}
        histogram={histogram}
        range={range}
        tools={
          <Segmented<Reach>
            label={t('plotRange')}
            options={[
              { value: 'samples', label: t('plotRangeSamples', number(own[0]), number(own[1])) },
              { value: 'picture', label: t('plotRangePicture') },
            ]}
            value={reach}
            onChange={setReach}
          />
        }
      />
    </>
  );
}
