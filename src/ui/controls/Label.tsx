import type { Passage } from '../../core/lessons/passages';
import { Icon } from '../icons';
import { t } from '../strings';
import { PassageLink } from './PassageLink';

export interface LabelProps {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  /** Id of the hidden help, for aria-describedby. */
  readonly helpId: string;
  /** Id of the field that a press on the label goes to. */
  readonly for?: string;
  /** The default as words when the value differs from it; null when it does not. */
  readonly changedFrom: string | null;
  onReset(): void;
  /** What explains it in the lessons. */
  readonly passage?: Passage | null;
}

/** Name of a control, its help, and the dot of a changed value, which resets it. */
export function Label({ id, title, help, helpId, for: field, changedFrom, onReset, passage }: LabelProps) {
  const reset = changedFrom === null ? null : t('resetTo', title, changedFrom);
  return (
    <span class="lab">
      <label id={id} for={field} title={help}>
        {title}
      </label>
      <PassageLink passage={passage} title={title} />
      {reset && (
        <button type="button" class="dot" aria-label={reset} title={reset} onClick={onReset}>
          <i />
          <Icon name="reset" />
        </button>
      )}
      <span class="sr" id={helpId}>
        {help}
      </span>
    </span>
  );
}
