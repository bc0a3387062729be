import { t } from '../../ui/strings';
import type { ComposedLesson, LessonPage } from './composed';
import type { PageModel } from './model';

/** A page of a teacher's as it is drawn. */
export function composedPage(page: LessonPage, at: number): PageModel {
  const { question } = page;
  return {
    id: `composed-${at}`,
    title: page.title || t('lessonPageNumber', at + 1),
    dir: 'auto',
    before: page.text
      .split(/\n\s*\n/)
      .map((text) => text.trim())
      .filter(Boolean)
      .map((text, i) => ({ id: String(i + 1), text })),
    after: [],
    formulas: [],
    figures: [
      {
        id: 'only',
        title: page.title,
        scene: () => page.scene,
        handles: page.handles,
        facts: [],
        from: page.from,
        ...(page.to !== null && { to: page.to }),
        mode: page.mode,
        display: page.display,
        inputDisplay: page.inputDisplay,
      },
    ],
    ask: question && {
      text: question.text,
      answers: () => question.choices.map(({ text, feedback }, i) => ({ id: String(i), label: text, wrong: feedback || null })),
      yes: question.choices[question.right]?.feedback || t('lessonRightIs'),
      reveal: null,
      judge: () => ({ right: String(question.right), found: null }),
    },
    exercise: null,
  };
}

export const pageTitle = ({ pages }: ComposedLesson, at: number): string => pages[at]?.title || t('lessonPageNumber', at + 1);
