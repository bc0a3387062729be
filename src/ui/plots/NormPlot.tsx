import { useMemo, useState } from 'preact/hooks';
import { parse } from '../../core/parse';
import { opOf } from '../../core/registry';
import type { Bench } from '../bench/state';
import { PerChannelControl } from '../controls/PerChannelControl';
import { BoolControl } from '../controls/PlainControls';
import { Message, Switch } from '../parts';
import { opTitle, paramHelp, paramTitle, t } from '../strings';
import { ChannelPages } from './ChannelPages';
import { ChartView } from './ChartView';
import { normChart } from './distributions';
import { TakeStatistics } from './TakeStatistics';
import { useInquiry } from './useInquiry';

const BINS = 150;
const AT_ONCE = 6;

/** What a normalising step does to each channel, with its switches and learned numbers; `plain` where those stand elsewhere. */
export function NormPlot({ bench, plain }: { bench: Bench; plain?: boolean }) {
  const [page, setPage] = useState(0);
  const [both, setBoth] = useState(false);
  const at = bench.current.value;
  const step = bench.step.value;
  const channels = bench.shapeAt(at)?.[1] ?? 1;
  const from = Math.min(page * AT_ONCE, Math.max(0, channels - 1));
  const count = Math.min(AT_ONCE, channels - from);
  const op = step && opOf(step.op);
  const [flag] = op ? Object.keys(op.params).filter((name) => op.params[name]?.kind === 'bool') : [];
  const on = flag !== undefined && op !== null && parse(op.params, step?.params ?? {}, op.name)[flag] === true;
  const turned = both && step && flag !== undefined ? { ...step, params: { ...step.params, [flag]: !on } } : null;
  const { answer, failure } = useInquiry(
    bench,
    'histogram',
    step && {
      nodes: [at - 1, at],
      bins: BINS,
      channels: { from, count },
      ...(turned && { instead: { node: at, step: turned } }),
    },
  );
  const chart = useMemo(() => {
    const [before, after, other] = answer ?? [];
    if (!op || !before || !after) return null;
    const name = flag === undefined ? '' : t(on ? 'plotTurnedOff' : 'plotTurnedOn', paramTitle(op, flag));
    return normChart({
      title: t('plotNormOf', opTitle(op)),
      first: from + 1,
      before,
      after,
      ...(other && { turned: { name, counted: other } }),
    });
  }, [answer]);
  if (!step || !op) return <p class="dim">{t('plotNoStep')}</p>;
  const params = parse(op.params, step.params, op.name);
  return (
    <div class="plot-whole">
      <div class="params plot-params">
        {Object.entries(op.params).map(
          ([name, field]) =>
            field.kind === 'bool' &&
            !plain && (
              <BoolControl
                key={name}
                field={field}
                title={paramTitle(op, name)}
                help={paramHelp(op, name)}
                value={params[name] === true}
                bad={false}
                onChange={(value) => bench.setStep({ ...step, params: { ...step.params, [name]: value } })}
              />
            ),
        )}
        {Object.entries(op.weights).map(([name, field]) => {
          if (plain || field.kind !== 'perChannel' || !op.differentiable.includes(name)) return null;
          const given = step.weights?.[name] ?? field.default;
          const value = typeof given === 'number' ? given : given.filter((v) => typeof v === 'number');
          return (
            <PerChannelControl
              key={name}
              field={field}
              title={paramTitle(op, name)}
              help={paramHelp(op, name)}
              value={value}
              bad={false}
              channels={channels}
              onChange={(next) => bench.setStep({ ...step, weights: { ...step.weights, [name]: next } })}
            />
          );
        })}
        {flag !== undefined && (
          <Switch checked={both} onChange={setBoth}>
            {t(on ? 'plotCompareOff' : 'plotCompareOn', paramTitle(op, flag))}
          </Switch>
        )}
        <ChannelPages channels={channels} atOnce={AT_ONCE} page={page} onPage={setPage} />
      </div>
      {flag !== undefined && <TakeStatistics bench={bench} flag={paramTitle(op, flag)} />}
      {failure && <Message kind="bad" text={failure} />}
      {chart && <ChartView chart={chart} />}
    </div>
  );
}
