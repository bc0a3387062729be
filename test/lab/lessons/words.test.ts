import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lessonIds } from '../../../src/core/lessons/lesson';
import { passageOf, passages } from '../../../src/core/lessons/passages';
import { lessonPlans } from '../../../src/core/lessons/plans';
import { ops } from '../../../src/core/registry';
import { builtPage, factText } from '../../../src/lab/lessons/built';
import { lessonFormulas } from '../../../src/lab/lessons/formulas';
import { lessonWords } from '../../../src/lab/lessons/words';

const sorted = (names: Iterable<string>) => [...names].sort();

describe.each(lessonIds)('the words of %s', (id) => {
  const [plan, words] = [lessonPlans[id], lessonWords[id]];
  it('cover every answer, hint and state of its plan, and no other', () => {
    expect(sorted(Object.keys(words.choices))).toEqual(sorted(plan.question.choices.map((choice) => choice.id)));
    expect(sorted(Object.keys(words.hints))).toEqual(sorted(plan.exercise.hints));
    const several = plan.states.length > 1 ? plan.states.map((state) => state.id) : [];
    expect(sorted(Object.keys(words.states ?? {}))).toEqual(sorted(several));
  });
  it('name the thought behind every wrong answer but one, which is right on usual pictures', () => {
    expect(Object.values(words.choices).filter(({ wrong }) => wrong === undefined)).toHaveLength(1);
  });
  it('say answers in words where numbers do not answer', () => {
    const labels = Object.values(words.choices).map(({ label }) => label !== undefined);
    expect(labels).toEqual(labels.map(() => plan.question.words === true));
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

it('every passage that explains a setting is a paragraph of a lesson', () => {
  const missing = passages.filter(
    ({ lesson, passage }) => !(passage in lessonWords[lesson].before) && !(passage in lessonWords[lesson].after),
  );
  expect(missing).toEqual([]);
});
it('every entry of the table of passages is used by a setting of some op', () => {
  const found = Object.values(ops).flatMap((op) =>
    Object.keys({ ...op.params, ...op.weights }).map((name) => passageOf(op, name)),
  );
  const reached = new Set(found.flatMap((passage) => (passage ? [`${passage.lesson} ${passage.passage}`] : [])));
  expect(sorted(reached)).toEqual(sorted(new Set(passages.map(({ lesson, passage }) => `${lesson} ${passage}`))));
});
it('kernel, stride, padding and dilation of every op that slides a window are explained', () => {
  const sliding = Object.values(ops).filter(({ family }) => family === 'convolution' || family === 'pooling');
  const open = sliding.flatMap((op) =>
    Object.keys({ ...op.params, ...op.weights })
      .filter((name) => /^(?:kernelSize|stride|padding|dilation|weight)$/.test(name) && !passageOf(op, name))
      .map((name) => `${op.name} ${name}`),
  );
  expect(open).toEqual([]);
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
