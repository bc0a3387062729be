import type { Inspection } from '../../core/inspection';
import { t } from '../strings';

/** What the outlines and hatches of the grids mean: only those that are seen. */
export function Key({ found }: { found: Inspection }) {
  const states = new Set(found.x.states);
  return (
    <ul class="inspect-key">
      <Entry kind="x" text={t('inspectKeyRead')} />
      {found.kernel && <Entry kind="w" text={t('inspectKeyWeight')} />}
      <Entry kind="y" text={t('inspectKeyWritten')} />
      {states.has('border') && <Entry kind="border" text={t('inspectKeyBorder')} />}
      {states.has('mirrored') && <Entry kind="mirrored" text={t('inspectKeyMirrored')} />}
      {states.has('unread') && <Entry kind="unread" text={t('inspectKeyUnread')} />}
      {found.told.ranked && <Entry kind="won" text={t('inspectKeyWon')} />}
    </ul>
  );
}

const Entry = ({ kind, text }: { kind: string; text: string }) => (
  <li>
    <i class={`key-${kind}`} />
    {text}
  </li>
);
