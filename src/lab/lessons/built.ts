import { type FactName, factForms, facts } from '../../core/lessons/facts';
import { type LessonId, lessonIds, rightChoice } from '../../core/lessons/lesson';
import { passages } from '../../core/lessons/passages';
import { lessonPlans } from '../../core/lessons/plans';
import { lessonText, number, t } from '../../ui/strings';
import { lessonFormulas } from './formulas';
import type { AskModel, PageModel, Passage } from './model';

export const isLesson = (id: string): id is LessonId => lessonIds.some((other) => other === id);
export const lessonTitle = (id: LessonId): string => lessonText(id, 'title');

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

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
const texts = (id: LessonId, names: object): Passage[] =>
  Object.keys(names).map((name) => ({ id: name, text: lessonText(id, name) }));

/** A lesson of ours as a page. */
export function builtPage(id: LessonId): PageModel {
  const plan = lessonPlans[id];
  const title = lessonTitle(id);
  return {
    id,
    title,
    before: texts(id, passages[id].before),
    after: texts(id, passages[id].after),
    formulas: lessonFormulas[id] ?? [],
    figures: plan.states.map((state) => ({
      ...state,
      title: plan.states.length > 1 ? lessonText(id, `state${capital(state.id)}`) : title,
    })),
    backTo: plan.backTo,
    ask: askOf(id),
    exercise: {
      text: lessonText(id, 'exercise'),
      check(taken) {
        const verdict = plan.exercise.check(taken);
        return verdict === 'done' ? null : lessonText(id, verdict);
      },
      done: lessonText(id, 'done'),
    },
  };
}

function askOf(id: LessonId): AskModel {
  const { question } = lessonPlans[id];
  return {
    text: lessonText(id, 'ask'),
    answers: (of) =>
      question.choices.map((choice) => ({
        id: choice.id,
        label: question.words ? lessonText(id, `choice${capital(choice.id)}`) : answerText(question.measure, choice.value(of)),
        wrong: choice.id === question.usual ? null : lessonText(id, choice.id),
      })),
    yes: lessonText(id, 'yes'),
    reveal: { state: question.state, scene: question.scene },
    judge(taken) {
      const measured = facts[question.measure](taken);
      return { right: rightChoice(question, taken, measured).id, found: factText(question.measure, measured) };
    },
  };
}
