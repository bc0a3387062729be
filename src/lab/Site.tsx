import { t } from '../ui/strings';
import { Lab } from './Lab';
import { Late } from './Late';
import type { History } from './recent/history';
import type { Room } from './room';

/** What the address asks for: the workbench, or lessons in its place, whose program comes then. */
export function Site({ room, history }: { room: Room; history: History }) {
  if (!room.lesson.value) return <Lab room={room} history={history} />;
  return (
    <Late
      load={() => import('./lessons/Lessons').then(({ Lessons }) => Lessons)}
      failed={() => {
        location.hash = room.labHref();
        room.bench.complain(t('partMissing'));
      }}
      props={{ room, drawer: history.keeper.drawer }}
    />
  );
}
