import type { Passage } from '../../core/lessons/passages';
import { lessonLink } from '../lessonLinks';
import { t } from '../strings';

/** The way to what explains a control of this title in the lessons. */
export function PassageLink({ passage, title }: { passage: Passage | null | undefined; title: string }) {
  if (!passage) return null;
  return (
    <a class="passage" {...lessonLink(passage)} title={t('lessonPassage', title)}>
      <span aria-hidden="true">?</span>
      <span class="sr">{t('lessonPassage', title)}</span>
    </a>
  );
}
