import { useEffect, useMemo } from 'preact/hooks';
import { opOf } from '../../core/registry';
import { Bar, Button, IconButton, Message, Select, Switch } from '../../ui/parts';
import { formatSize, opTitle, plural, t } from '../../ui/strings';
import type { Room } from '../room';
import { BatchCell } from './BatchCell';
import { FactsLine } from './FactsLine';
import { BatchRun } from './run';
import './batch.css';

const sides = [32, 64, 128, 224, 256, 384, 512] as const;

/** Many pictures under one chain: input and output of each, as a grid. */
export function Batch({ room, ids }: { room: Room; ids: readonly string[] }) {
  const run = useMemo(() => new BatchRun(room, ids), [room, ids]);
  useEffect(() => () => run.close(), [run]);
  const done = run.done.value;
  const together = run.together.value;
  const gathered = run.gathered.value;
  const shape = run.shape.value;
  const whole = JSON.stringify(gathered?.facts);
  const differ = run.cells.value.some(({ made }) => made && JSON.stringify(made.facts) !== whole);
  const open = (id: string) => {
    room.grid.value = false;
    if (room.bench.picture.peek()?.id !== id) void room.reopen(id);
  };
  return (
    <section class="batch" aria-label={t('batch')} hidden={!room.grid.value}>
      <div class="batch-bar">
        <span class="strong">{plural('batchPictures', ids.length)}</span>
        <Switch
          checked={together}
          title={t('batchTogetherHelp')}
          onChange={(on) => {
            run.together.value = on;
          }}
        >
          {t('batchTogether')}
        </Switch>
        {together && (
          <Select
            small
            label={t('batchSide')}
            value={String(run.side.value)}
            options={sides.map((side) => ({ value: String(side), label: formatSize(side, side) }))}
            onChange={(side) => {
              run.side.value = Number(side);
            }}
          />
        )}
        {together && shape && <span class="dim num">{`[${shape.join(', ')}]`}</span>}
        <span class="grow" />
        {done !== null && (
          <Button look="line" onClick={() => run.cancel()}>
            {t('cancel')}
          </Button>
        )}
        <Button look="line" icon="save" disabled={!run.finished.value || run.saving.value} onClick={() => void run.save()}>
          {t('batchSave')}
        </Button>
        <IconButton
          icon="close"
          label={t('batchClose')}
          onClick={() => {
            room.batch.value = null;
          }}
        />
      </div>
      {done !== null && <Bar done={done} label={run.saving.value ? t('batchSaving') : t('batchRunning')} />}
      {run.problem.value && (
        <Message kind="bad" text={run.problem.value} action={{ label: t('retry'), icon: 'reset', onClick: () => run.again() }} />
      )}
      {together && shape && done === null && (
        <div class="batch-facts">
          {gathered ? (
            <>
              <p>
                {differ
                  ? t('batchGathered', opTitle(opOf(gathered.op)), shape[0] ?? 0)
                  : t('batchGatheredSame', opTitle(opOf(gathered.op)))}
              </p>
              <FactsLine facts={gathered.facts} />
            </>
          ) : (
            <p class="dim">{t('batchNothingGathered')}</p>
          )}
        </div>
      )}
      <ul class="batch-grid">
        {run.cells.value.map((cell) => (
          <BatchCell
            key={cell.id}
            cell={cell}
            current={room.bench.picture.value?.id === cell.id}
            alone={gathered !== null && together && differ}
            onOpen={() => open(cell.id)}
          />
        ))}
      </ul>
    </section>
  );
}
