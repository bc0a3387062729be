import { useSignal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { type AnyOp, opOf } from '../../core/registry';
import type { Bench } from '../bench/state';
import { Select } from '../parts';
import { type MessageKey, t } from '../strings';
import { ContourPlot } from './ContourPlot';
import './plots.css';
import { DepthPlot } from './DepthPlot';
import { FrequencyPlot, kernelOf } from './FrequencyPlot';
import { NormPlot } from './NormPlot';
import { StepActivation } from './StepActivation';
import { StepLiveness } from './StepLiveness';
import { ValuesPlot } from './ValuesPlot';

interface Kind {
  readonly id: string;
  readonly title: MessageKey;
  /** Of these steps; of none: it is about no step. */
  readonly fits: ((op: AnyOp) => boolean) | null;
  readonly Content: FunctionComponent<{ bench: Bench }>;
}

const kinds: readonly Kind[] = [
  { id: 'activation', title: 'plotNameActivation', fits: (op) => op.kinks !== undefined, Content: StepActivation },
  { id: 'liveness', title: 'plotNameLiveness', fits: (op) => op.kinks !== undefined, Content: StepLiveness },
  { id: 'norm', title: 'plotNameNorm', fits: (op) => op.family === 'normalisation', Content: NormPlot },
  { id: 'frequency', title: 'plotNameFrequency', fits: (op) => kernelOf(op) !== null, Content: FrequencyPlot },
  { id: 'values', title: 'plotNameValues', fits: null, Content: ValuesPlot },
  { id: 'depth', title: 'plotNameDepth', fits: null, Content: DepthPlot },
  { id: 'contours', title: 'plotNameContours', fits: null, Content: () => <ContourPlot /> },
];

/** Plots that fit the current step, and those that fit every picture: one at a time. */
export function Plots({ bench }: { bench: Bench }) {
  const chosen = useSignal<string | null>(null);
  const step = bench.step.value;
  const op = step && !step.off ? opOf(step.op) : null;
  const own = kinds.filter(({ fits }) => op && fits?.(op));
  const others = kinds.filter(({ fits }) => fits === null);
  const kind = [...own, ...others].find(({ id }) => id === chosen.value) ?? own[0] ?? others[0];
  if (!kind) return null;
  const options = (some: readonly Kind[]) => some.map(({ id, title }) => ({ value: id, label: t(title) }));
  return (
    <div class="plots">
      <div class="plots-bar">
        <Select
          small
          label={t('plotWhich')}
          value={kind.id}
          options={[
            ...(own.length > 0 ? [{ group: t('plotOfStep'), options: options(own) }] : []),
            { group: t('plotInGeneral'), options: options(others) },
          ]}
          onChange={(id) => {
            chosen.value = id;
          }}
        />
      </div>
      <kind.Content key={kind.id} bench={bench} />
    </div>
  );
}
