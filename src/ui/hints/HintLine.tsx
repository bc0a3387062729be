import { useEffect, useRef, useState } from 'preact/hooks';
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
  readonly escape?: boolean;
}

/** One line with a hint until it is put away; then it never comes back unless it is asked for in the options. */
export function HintLine({ keeper, hints, escape }: HintLineProps) {
  const [done, setDone] = useState(false);
  const line = useRef<HTMLElement>(null);
  const seen = keeper.settings.value.hintsSeen;
  const hint = keeper.loaded.value && !done ? hints.find(({ id }) => !seen.includes(id)) : undefined;
  const id = hint?.id;
  useEffect(() => {
    if (id === undefined) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const within = event.target instanceof Node && line.current?.contains(event.target);
      if (event.key !== 'Escape' || event.defaultPrevented || !(escape || within)) return;
      event.preventDefault();
      event.stopPropagation();
      setDone(true);
      void keeper.seeHint(id);
    };
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  }, [id, escape, keeper]);
  if (!hint) return null;
  return (
    <aside class="hint" aria-label={t('hint')} ref={line}>
      <Icon name="info" />
      <span class="grow">{hint.text}</span>
      <Button
        look="line"
        onClick={() => {
          setDone(true);
          void keeper.seeHint(hint.id);
        }}
      >
        {t('hintDone')}
      </Button>
    </aside>
  );
}
