import type { MenuItem } from '../parts';
import { t } from '../strings';
import type { ChainActions } from './actions';

/** What can be done with a step, as entries of a menu. */
export function stepItems(actions: ChainActions, at: number): MenuItem[] {
  const { bench } = actions;
  const { steps } = bench.scene.peek();
  const off = steps[at]?.off === true;
  const isFrom = bench.nodes.peek().input === at;
  return [
    { label: t(off ? 'switchOn' : 'switchOff'), icon: off ? 'blink' : 'off', onClick: () => actions.toggle(at) },
    { label: t('duplicate'), icon: 'copy', onClick: () => actions.duplicate(at) },
    { label: t('moveUp'), icon: 'up', disabled: at === 0, onClick: () => actions.move(at, at - 1) },
    { label: t('moveDown'), icon: 'down', disabled: at === steps.length - 1, onClick: () => actions.move(at, at + 1) },
    {
      label: t(isFrom ? 'compareFromInput' : 'compareFromHere'),
      icon: 'side',
      onClick: () => bench.compare({ from: isFrom ? -1 : at }),
    },
    { label: t('removeStep'), icon: 'close', onClick: () => actions.remove(at) },
  ];
}
