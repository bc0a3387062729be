import { Icon } from '../../../ui/icons';
import { Menu, type MenuItem, Spinner } from '../../../ui/parts';
import { t } from '../../../ui/strings';
import type { ComposedLesson } from '../composed';
import type { Printing } from './printing';
import type { Reading } from './sheets';

export interface PrintMenuProps {
  readonly printing: Printing;
  readonly lesson: ComposedLesson;
  reading(): Reading;
}

/** Puts one page, or the whole lesson, on paper. */
export function PrintMenu({ printing, lesson: { pages }, reading }: PrintMenuProps) {
  const done = printing.done.value;
  const all = (answers: boolean) => () => void printing.begin(reading(), answers);
  const asks = pages.some(({ question }) => question !== null);
  const answered: MenuItem[] = asks ? [{ label: t('lessonPrintAnswers'), onClick: all(true) }] : [];
  return (
    <>
      <Menu
        class="icon"
        label={t('lessonPrint')}
        items={[
          { label: t('lessonPrintPage'), onClick: () => print() },
          { label: t('lessonPrintAll'), onClick: all(false) },
          ...answered,
        ]}
      >
        {done === null ? <Icon name="print" /> : <Spinner label={t('lessonPrint')} />}
      </Menu>
      <span class="sr" role="status">
        {done !== null && t('lessonPrintMaking', Math.min(pages.length, Math.floor(done * pages.length) + 1), pages.length)}
      </span>
    </>
  );
}
