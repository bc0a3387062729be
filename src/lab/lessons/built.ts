import { type FactName, factForms, facts } from '../../core/lessons/facts';
import { type LessonId, lessonIds, rightChoice } from '../../core/lessons/lesson';
import { lessonPlans } from '../../core/lessons/plans';
import { number, t } from '../../ui/strings';
import { lessonFormulas } from './formulas';
import type { AskModel, PageModel, Passage } from './model';
import { type LessonWords, lessonWords } from './words';

export const isLesson = (id: string): id is LessonId => lessonIds.some((other) => other === id);
export const lessonTitle = (id: LessonId): string => t(lessonWords[id].title);

/** A measured number as it is written. */
export function factText(name: FactName, value: number): string {
  switch (factForms[name]) {
    case 'percent':
      return t('percent', number(Number((100 * value).toFixed(1))));
    case 'tiny':
      return value !== 0 && value < 0.01 ? exponential(value) : t('percent', number(Number((100 * value).toFixed(1))));
    case 'number':
      return number(Number(value.toFixed(2)));
    case 'pixels':
      return number(value);
  }
}

/** `6.3 × 10⁻⁶`, `10⁻⁵` */
function exponential(value: number): string {
  const [digits = '', power = ''] = value.toExponential(1).split('e');
  const raised = [...power.replace('+', '')].map((sign) => superscripts[sign] ?? sign).join('');
  return Number(digits) === 1 ? `10${raised}` : `${number(Number(digits))} × 10${raised}`;
}
const superscripts: Readonly<Record<string, string>> = {
  '-': '⁻',
  0: '⁰',
  1: '¹',
  2: '²',
  3: '³',
  4: '⁴',
  5: '⁵',
  6: '⁶',
  7: '⁷',
  8: '⁸',
  9: '⁹',
};

/** Answers that are no exact numbers are said to be rough. */
function answerText(name: FactName, value: number): string {
  const form = factForms[name];
  if (form === 'pixels') return number(value);
  const written = form === 'percent' ? t('percent', number(Math.round(100 * value))) : numberText(value);
  const exact = form === 'percent' ? value === 0 || value === 1 : Number.isInteger(value);
  return exact ? written : t('lessonAbout', written);
}
const numberText = (value: number): string => (value !== 0 && value < 0.001 ? exponential(value) : number(value));

const passages = (words: LessonWords['before']): Passage[] => Object.entries(words).map(([id, key]) => ({ id, text: t(key) }));

/** A lesson of ours as a page. */
export function builtPage(id: LessonId): PageModel {
  const [plan, words] = [lessonPlans[id], lessonWords[id]];
  return {
    id,
    title: t(words.title),
    before: passages(words.before),
    after: passages(words.after),
    formulas: lessonFormulas[id] ?? [],
    figures: plan.states.map((state) => {
      const key = words.states?.[state.id];
      return { ...state, title: key ? t(key) : t(words.title) };
    }),
    backTo: plan.backTo,
    ask: askOf(id),
    exercise: {
      text: t(words.exercise),
      check(taken) {
        const verdict = plan.exercise.check(taken);
        const key = words.hints[verdict];
        return key ? t(key) : null;
      },
      done: t(words.done),
    },
  };
}

function askOf(id: LessonId): AskModel {
  const [{ question }, words] = [lessonPlans[id], lessonWords[id]];
  return {
    text: t(words.ask),
    answers: (of) =>
      question.choices.map((choice) => {
        const { label, wrong } = words.choices[choice.id] ?? {};
        return {
          id: choice.id,
          label: label ? t(label) : answerText(question.measure, choice.value(of)),
          wrong: wrong ? t(wrong) : null,
        };
      }),
    yes: t(words.yes),
    reveal: { state: question.state, scene: question.scene },
    judge(taken) {
      const measured = facts[question.measure](taken);
      return { right: rightChoice(question, taken, measured).id, found: factText(question.measure, measured) };
    },
  };
}
