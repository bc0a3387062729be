import { useState } from 'preact/hooks';
import type { WeightValue } from '../../core/op';
import { opOf } from '../../core/registry';
import type { Bench } from '../bench/state';
import { reasonOf } from '../bench/words';
import { Button, Message } from '../parts';
import { t } from '../strings';
import { withStatistics } from './statistics';

interface Taken {
  readonly mean: WeightValue | undefined;
  /** The picture's name. */
  readonly from: string;
}

/** Makes mean and variance of what the current step reads its running statistics; nothing for steps without. `flag`: what turns them on, by its title. */
export function TakeStatistics({ bench, flag }: { bench: Bench; flag: string }) {
  const [taken, setTaken] = useState<Taken | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const step = bench.step.value;
  const op = step && opOf(step.op);
  const mean = op?.gathered && step?.weights?.[op.gathered.mean];
  if (!op?.gathered) return null;
  const take = async (): Promise<void> => {
    const at = bench.current.peek();
    const [asked, picture] = [bench.step.peek(), bench.picture.peek()];
    const count = bench.shapeAt(at - 1)?.[1];
    if (!asked || count === undefined) return;
    setFailure(null);
    try {
      const channels = { from: 0, count };
      const answer = await bench.inquire('histogram', { nodes: [at - 1], bins: 1, channels }, undefined, 'statistics');
      const [counted] = answer ?? [];
      if (!counted || bench.step.peek() !== asked) return;
      const next = withStatistics(op, asked, counted);
      bench.setStep(next);
      setTaken({ mean: op.gathered && next.weights?.[op.gathered.mean], from: picture?.name ?? '' });
    } catch (error) {
      setFailure(reasonOf(error));
    }
  };
  return (
    <div class="plot-take">
      <Button look="line" onClick={() => void take()}>
        {t('plotTakeStatistics')}
      </Button>
      <span class="dim small" role="status">
        {taken && taken.mean === mean ? t('plotStatisticsTaken', taken.from, flag) : t('plotTakeStatisticsHelp', flag)}
      </span>
      {failure && <Message kind="bad" text={failure} />}
    </div>
  );
}
