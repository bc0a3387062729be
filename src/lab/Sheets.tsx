import { t } from '../ui/strings';
import { Late } from './Late';
import type { History } from './recent/history';
import type { Room } from './room';

/** The sheets over the Lab that bring pictures and cut them; their programs come when they are first opened. */
export function Sheets({ room, history }: { room: Room; history: History }) {
  const { bench } = room;
  return (
    <>
      {room.choosing.value && (
        <Late
          load={() => import('./sources/Sources').then(({ Sources }) => Sources)}
          failed={() => {
            room.choosing.value = null;
            bench.complain(t('partMissing'));
          }}
          props={{ room, history }}
        />
      )}
      {room.cutting.value && (
        <Late
          load={() => import('./cut/CutSheet').then(({ CutSheet }) => CutSheet)}
          failed={() => {
            room.cutting.value = false;
            bench.complain(t('partMissing'));
          }}
          props={{ room }}
        />
      )}
    </>
  );
}

/** The batch, in the place of the views. */
export function Grid({ room }: { room: Room }) {
  const ids = room.batch.value;
  return (
    ids && (
      <Late
        key={ids.join()}
        load={() => import('./batch/Batch').then(({ Batch }) => Batch)}
        failed={() => {
          room.batch.value = null;
          room.bench.complain(t('partMissing'));
        }}
        props={{ room, ids }}
      />
    )
  );
}
