import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { samplesOf } from '../../core/curve';
import { parse } from '../../core/parse';
import { type AnyOp, opOf } from '../../core/registry';
import type { Params, Schema } from '../../core/schema';
import { oneChannelOf } from '../../core/weights';
import type { LivenessAnswer } from '../../worker/inquiries/liveness';
import type { Bench } from '../bench/state';
import { NumberControl } from '../controls/NumberControls';
import { Button, Message, Switch } from '../parts';
import { number, opTitle, t } from '../strings';
import { ChartView } from './ChartView';
import { DeadMap, useDeadOverlay } from './DeadMap';
import { livenessChart, type Totals, totalsOf } from './liveness';
import { Pick } from './Pick';
import { useInquiry } from './useInquiry';
import { percent } from './words';

const BINS = 240;
const SHIFT = { min: -1000, max: 1000, step: 0.05, slider: [-2, 2], default: 0 } as const;
const LEAK = { min: 0, max: 1, step: 0.01, slider: [0, 1], default: 0 } as const;
const THRESHOLD = { min: 0, max: 1, step: 0.01, slider: [0, 0.25], default: 0 } as const;
/** Of a function without corners, which never lets exactly nothing through. */
const SATURATED = 0.05;
const CELLS = 200;

/** What the current step kills: shares, a mask, a bias that kills more and a leak that revives; `plain` where another control shifts the values. */
export function StepLiveness({ bench, plain }: { bench: Bench; plain?: boolean }) {
  const step = bench.step.value;
  if (!step) return <p class="dim">{t('plotNoStep')}</p>;
  return <Live key={`${bench.current.value} ${step.op}`} bench={bench} plain={plain === true} />;
}

/** The op with its leak, as the slider has it; the step's own where there is no leak. */
function leaking(op: AnyOp, params: Params<Schema>, leak: number) {
  if (!op.leak || (leak === 0 && op.name !== op.leak.op)) return { op, params, instead: undefined };
  const other = opOf(op.leak.op);
  const given = { [op.leak.param]: leak };
  return { op: other, params: parse(other.params, given, other.name), instead: { op: other.name, params: given } };
}

function Live({ bench, plain }: { bench: Bench; plain: boolean }) {
  const at = bench.current.value;
  const step = bench.step.value!;
  const own = useMemo(() => {
    const op = opOf(step.op);
    return { op, params: parse(op.params, step.params, op.name), weights: oneChannelOf(op, step) };
  }, [step]);
  const ownLeak = own.op.leak?.op === own.op.name ? Number(own.params[own.op.leak.param]) : 0;
  const [shift, setShift] = useState(0);
  const [leak, setLeak] = useState(ownLeak);
  const [threshold, setThreshold] = useState(own.op.kinks?.(own.params).length ? 0 : SATURATED);
  const [channel, setChannel] = useState<number | 'all'>('all');
  const [over, setOver] = useState(false);
  useEffect(() => setLeak(ownLeak), [ownLeak]);
  const { op, params, instead } = useMemo(() => leaking(own.op, own.params, leak), [own, leak]);
  const [from, to] = samplesOf(op, params);
  const wide = to - from;
  const counted = useInquiry(bench, 'histogram', {
    nodes: [at - 1],
    bins: BINS,
    channels: 'together',
    range: [from - wide, to + wide],
  });
  const asked = { node: at, ...(instead && { instead }), shift, threshold, channel, cells: CELLS };
  const { answer, failure } = useInquiry(bench, 'liveness', asked);
  const before = counted.answer?.[0]?.[0];
  const chart = useMemo(
    () =>
      livenessChart({
        op,
        params,
        weights: instead ? {} : own.weights,
        shift,
        threshold,
        ...(before && { before }),
        ...(answer && { answer }),
      }),
    [op, params, instead, own, shift, threshold, before, answer],
  );
  const mask = useSignal<LivenessAnswer['mask'] | null>(null);
  useEffect(() => {
    mask.value = answer?.mask ?? null;
  }, [answer, mask]);
  useDeadOverlay(bench, mask, over);
  const field = own.op.leak && opOf(own.op.leak.op).params[own.op.leak.param];
  const use = (): void => {
    if (instead) bench.setStep({ op: op.name, params });
  };
  const channels = answer?.channels.length ?? 1;
  return (
    <div class="plot-whole">
      <div class="params plot-params">
        {!plain && (
          <NumberControl
            field={SHIFT}
            title={t('plotShift')}
            help={t('plotShiftHelp')}
            value={shift}
            bad={false}
            onChange={setShift}
          />
        )}
        {field && (
          <NumberControl
            field={LEAK}
            title={t('plotLeak')}
            help={t('plotLeakHelp')}
            value={leak}
            bad={false}
            onChange={setLeak}
          />
        )}
        {!plain && (
          <NumberControl
            field={THRESHOLD}
            title={t('plotThreshold')}
            help={t('plotThresholdHelp')}
            value={threshold}
            bad={false}
            onChange={setThreshold}
          />
        )}
      </div>
      {failure && <Message kind="bad" text={failure} />}
      <div class="live-facts">
        {answer && <Shares totals={totalsOf(answer)} threshold={threshold} plain={plain} />}
        {answer && (
          <div class="live-map">
            <DeadMap mask={answer.mask} share={shareOf(answer, channel)} />
            <Pick
              label={t('plotMaskChannel')}
              value={String(channel)}
              options={[
                { value: 'all', label: t('channelAll') },
                ...Array.from({ length: channels }, (_, i) => ({ value: String(i), label: t('channelNumber', number(i + 1)) })),
              ]}
              onChange={(value) => setChannel(value === 'all' ? 'all' : Number(value))}
            />
            <Switch checked={over} onChange={setOver}>
              {t('plotMaskOver')}
            </Switch>
          </div>
        )}
        {instead && leak !== ownLeak && (
          <Button look="line" onClick={use}>
            {t('plotUseLeak', opTitle(op), number(leak))}
          </Button>
        )}
      </div>
      <ChartView chart={chart} />
    </div>
  );
}

function shareOf({ channels }: LivenessAnswer, channel: number | 'all'): number {
  const chosen = channel === 'all' ? channels : channels.slice(channel, channel + 1);
  const count = chosen.reduce((sum, one) => sum + one.count, 0);
  return chosen.reduce((sum, one) => sum + one.dead, 0) / Math.max(1, count);
}

/** The numbers that matter, large; `plain` without those of zeros. */
function Shares({ totals, threshold, plain }: { totals: Totals; threshold: number; plain: boolean }) {
  const { count, zeros, dead, channels, zeroChannels, deadChannels } = totals;
  return (
    <dl class="live-shares">
      {!plain && <Fact large={percent(zeros / Math.max(1, count))} text={t('plotZeroValues')} />}
      <Fact large={percent(dead / Math.max(1, count))} text={t(threshold > 0 ? 'plotSaturatedValues' : 'plotDeadValues')} />
      {!plain && <Fact large={t('channelOfMany', number(zeroChannels), number(channels))} text={t('plotZeroChannels')} />}
      <Fact large={t('channelOfMany', number(deadChannels), number(channels))} text={t('plotDeadChannels')} />
    </dl>
  );
}

const Fact = ({ large, text }: { large: string; text: string }) => (
  <div>
    <dt>{text}</dt>
    <dd class="num">{large}</dd>
  </div>
);
