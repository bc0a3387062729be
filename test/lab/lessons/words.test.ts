import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { facts } from '../../../src/core/lessons/facts';
import { type LessonId, lessonIds } from '../../../src/core/lessons/lesson';
import { commonControls, explanations, passageOf, passageOfControl, passages } from '../../../src/core/lessons/passages';
import { lessonPlans } from '../../../src/core/lessons/plans';
import { opOf, ops } from '../../../src/core/registry';
import { builtPage, factText } from '../../../src/lab/lessons/built';
import { lessonFormulas } from '../../../src/lab/lessons/formulas';

const sorted = (names: Iterable<string>) => [...names].sort();

/** The names of all texts that a lesson asks for. */
function namesOf(id: LessonId): string[] {
  const { states, question, exercise } = lessonPlans[id];
  const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
  return [
    ...['title', 'ask', 'yes', 'exercise', 'done'],
    ...Object.keys({ ...passages[id].before, ...passages[id].after }),
    ...(states.length > 1 ? states.map((state) => `state${capital(state.id)}`) : []),
    ...(question.words ? question.choices.map((choice) => `choice${capital(choice.id)}`) : []),
    ...question.choices.flatMap(({ id: choice }) => (choice === question.usual ? [] : [choice])),
    ...exercise.hints,
  ];
}
const english: Record<string, unknown> = JSON.parse(readFileSync('assets/_locales/en/messages.json', 'utf8'));

describe.each(lessonIds)('the words of %s', (id) => {
  const plan = lessonPlans[id];
  it('are those that its plan and its passages ask for, each for one thing, and no other', () => {
    const written = Object.keys(english).flatMap((key) => new RegExp(`^lesson_${id}_(\\w+)$`).exec(key)?.[1] ?? []);
    expect(sorted(namesOf(id))).toEqual(sorted(written));
  });
  it('stand beside a formula for each one that is declared', () => {
    expect(lessonFormulas[id]).toHaveLength(plan.formulas.length);
  });
  it('make a page whose answers differ', () => {
    const page = builtPage(id);
    const labels = page.ask?.answers({ shapes: [[1, 3, 300, 451]] }).map(({ label }) => label) ?? [];
    expect(new Set(labels).size).toBe(labels.length);
    expect(labels.length).toBeGreaterThan(2);
  });
});

it('every fact has words, and nothing else has', () => {
  const written = Object.keys(english).flatMap((key) => /^lessonFact_(\w+)$/.exec(key)?.[1] ?? []);
  expect(sorted(written)).toEqual(sorted(Object.keys(facts)));
});
it('every passage that says so explains a setting of some op', () => {
  const found = Object.values(ops).flatMap((op) =>
    Object.keys({ ...op.params, ...op.weights }).map((name) => passageOf(op, name)),
  );
  const reached = new Set(found.flatMap((passage) => (passage ? [`${passage.lesson} ${passage.passage}`] : [])));
  expect(sorted(reached)).toEqual(sorted(new Set(explanations.map(({ lesson, passage }) => `${lesson} ${passage}`))));
});
it('every setting of every op is explained, and so is every control that no op has', () => {
  const open = Object.values(ops).flatMap((op) =>
    Object.keys({ ...op.params, ...op.weights }).flatMap((name) => (passageOf(op, name) ? [] : [`${op.name}.${name}`])),
  );
  expect([...open, ...commonControls.filter((control) => !passageOfControl(control))]).toEqual([]);
});
it('a passage that names a setting of an op comes before one on the op, and that before one on its family', () => {
  const at = (op: string, name: string) => Object.values(passageOf(opOf(op), name) ?? {}).join(' ');
  expect(at('interpolate', 'antialias')).toBe('sampling down');
  expect(at('interpolate', 'mode')).toBe('sampling up');
  expect(at('softmax', 'dim')).toBe('squash curve');
  expect(at('elu', 'alpha')).toBe('sums nonlinear');
  expect(at('batchNorm', 'momentum')).toBe('norm running');
  expect(at('batchNorm', 'weight')).toBe('norm what');
  expect(at('convTranspose2d', 'stride')).toBe('sampling up');
  expect(at('conv2d', 'stride')).toBe('stride stride');
  expect(at('maxPool2d', 'kernelSize')).toBe('pooling max');
});
it('no lesson uses a mark of emphasis or of symbols without its partner, in any language', () => {
  for (const language of ['en', 'de', 'fr', 'es', 'ar']) {
    const words: Record<string, { message: string }> = JSON.parse(
      readFileSync(`assets/_locales/${language}/messages.json`, 'utf8'),
    );
    const odd = Object.entries(words).filter(
      ([key, { message }]) =>
        key.startsWith('lesson') && (message.split('*').length % 2 === 0 || message.split('`').length % 2 === 0),
    );
    expect(odd.map(([key]) => `${language} ${key}`)).toEqual([]);
  }
});
it('small gradients are written with a power of ten, others as percent', () => {
  expect([factText('passed', 6.3e-6), factText('passed', 0.25), factText('passed', 0), factText('zeros', 0.851)]).toEqual([
    '6.3 × 10⁻⁶',
    '25 %',
    '0 %',
    '85.1 %',
  ]);
});
