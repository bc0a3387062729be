import { useState } from 'preact/hooks';
import { isBank, isMatrix } from '../../core/bank';
import { type AnyOp, opOf } from '../../core/registry';
import type { Bench } from '../bench/state';
import { FrequencyView } from '../controls/FrequencyView';
import { number, paramTitle, t } from '../strings';
import { Pick } from './Pick';

/** The weight of an op that is a kernel laid on the picture. */
export const kernelOf = (op: AnyOp): string | null =>
  Object.entries(op.weights).find(([, field]) => field.kind === 'kernel' && field.bank)?.[0] ?? null;

/** Which waves the current step's kernel passes; of a bank, those of one kernel. */
export function FrequencyPlot({ bench }: { bench: Bench }) {
  const [at, setAt] = useState<readonly [number, number]>([0, 0]);
  const step = bench.step.value;
  const op = step && opOf(step.op);
  const name = op && kernelOf(op);
  const field = name ? op.weights[name] : undefined;
  if (!step || !op || !name || field?.kind !== 'kernel') return <p class="dim">{t('plotNoStep')}</p>;
  const value = step.weights?.[name] ?? field.default;
  const title = paramTitle(op, name);
  if (isMatrix(value)) return <FrequencyView matrix={value} title={title} />;
  if (!isBank(value)) return null;
  const [outer, inner] = [Math.min(at[0], value.length - 1), Math.min(at[1], (value[0]?.length ?? 1) - 1)];
  const matrix = value[outer]?.[inner];
  const count = (length: number) =>
    Array.from({ length }, (_, i) => ({ value: String(i), label: t('channelOfMany', number(i + 1), number(length)) }));
  return (
    <div class="plot-whole">
      <div class="plot-controls">
        <Pick
          label={t('plotFilter')}
          value={String(outer)}
          options={count(value.length)}
          onChange={(to) => setAt([Number(to), inner])}
        />
        <Pick
          label={t('plotKernelChannel')}
          value={String(inner)}
          options={count(value[0]?.length ?? 1)}
          onChange={(to) => setAt([outer, Number(to)])}
        />
      </div>
      {matrix && <FrequencyView matrix={matrix} title={title} />}
    </div>
  );
}
