import { useEffect, useState } from 'preact/hooks';
import type { Keeper } from '../chains/keeper';
import { Icon } from '../icons';
import { Button } from '../parts';
import { t } from '../strings';
import './hints.css';

/** A sentence that helps once. */
export interface Hint {
  /** Under which it is put away for good. */
  readonly id: string;
  readonly text: string;
}

export interface HintLineProps {
  readonly keeper: Keeper;
  /** The first that was not put away is shown, the next one when the page is opened again. */
  readonly hints: readonly Hint[];
  /** Esc puts the hint away wherever the focus is, not only within the hint. */
  readonly escapes?: boolean;
}

/** One line with a hint until it is put away; then it never comes back unless it is asked for in the options. */
export function HintLine({ keeper, hints, escapes }: HintLineProps) {
  const [done, setDone] = useState(false);
  const seen = keeper.settings.value.hintsSeen;
  const hint = keeper.loaded.value && !done ? hints.find(({ id }) => !seen.includes(id)) : undefined;
  const id = hint?.id;
  useEffect(() => {
    if (id === undefined || !escapes) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      setDone(true);
      void keeper.seeHint(id);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [id, escapes, keeper]);
  if (!hint) return null;
  const putAway = () => {
    setDone(true);
    void keeper.seeHint(hint.id);
  };
  return (
    <aside class="hint" aria-label={t('hint')}>
      <Icon name="info" />
      <span class="grow">{hint.text}</span>
      <Button
        look="line"
        onClick={putAway}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          event.stopPropagation();
          putAway();
        }}
      >
        {t('hintDone')}
      </Button>
    </aside>
  );
}
