import { opOf, ops } from '../core/registry';
import { ChainPicker } from '../ui/chains/ChainPicker';
import { OpPicker } from '../ui/controls';
import { Icon } from '../ui/icons';
import { IconButton } from '../ui/parts';
import { opSummary, opTitle, t } from '../ui/strings';
import type { Seat } from './seat';
import { dragKeys, useDrag } from './useDrag';

/** The panel's head: the operation, and the handle by which the panel is moved. */
export function Head({ seat, about, onAbout }: { seat: Seat; about: boolean; onAbout(): void }) {
  const { bench } = seat;
  const drag = useDrag(seat.move);
  const name = bench.op.value;
  const op = name === null ? null : opOf(name);
  return (
    <header class="head" {...drag}>
      <button type="button" class="handle" aria-label={t('movePanel')} onKeyDown={dragKeys(seat.move)} {...drag}>
        <Icon name="logo" />
      </button>
      <OpPicker ops={Object.values(ops)} variant="menu" value={name} onChange={(next) => bench.setOp(next)} />
      <ChainPicker bench={bench} keeper={seat.keeper} />
      <span class="dim summary">{op && opSummary(op)}</span>
      {op && <IconButton icon="help" label={t('whatIs', opTitle(op))} aria-expanded={about} onClick={onAbout} />}
      <IconButton icon="close" label={t('closeEsc')} onClick={seat.close} />
    </header>
  );
}
