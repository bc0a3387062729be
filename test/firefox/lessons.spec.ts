import { lessonHash, lessonPage } from '../e2e/support/lesson';
import type { Surface } from './support/firefox';
import { expect, noFirefox, test } from './support/fixtures';

test.skip(noFirefox, 'no Firefox found');

const words = (lab: Surface, selector: string): Promise<string> =>
  lab.evaluate(`document.querySelector(${JSON.stringify(selector)})?.innerText ?? ''`);
const go = (lab: Surface, hash: string) => lab.evaluate(`(location.hash = ${JSON.stringify(hash)}, null)`);
/** The figure is drawn and measured. */
const ready = (lab: Surface) =>
  expect
    .poll(
      () =>
        lab.evaluate(
          `Boolean(document.querySelector('canvas[aria-label="Output"]')) && !document.querySelector('[aria-busy="true"]')`,
        ),
      {
        timeout: 20_000,
      },
    )
    .toBe(true);

test('Firefox: a lesson is answered, and its figure goes to the state in question', async ({ lab }) => {
  await go(lab, '#lesson=pooling');
  await expect.poll(() => words(lab, 'main h1'), { timeout: 15_000 }).toBe('Pooling');
  await ready(lab);
  await lab.evaluate(`(document.querySelectorAll('.lesson-ask input')[0].click(), null)`);
  await expect.poll(() => lab.evaluate(`document.querySelectorAll('.lesson-ask input')[0].checked`)).toBe(true);
  await lab.evaluate(`(document.querySelector('.lesson-ask [type=submit]').click(), null)`);
  await expect
    .poll(() => words(lab, '.lesson-ask .lesson-say'), { timeout: 20_000 })
    .toContain('each of them is the largest of sixty-four');
  await expect.poll(() => words(lab, '.lesson-facts')).toContain('Width in pixels');
  await go(lab, '#lesson=norm');
  await expect.poll(() => words(lab, 'main h1')).toBe('Batch normalisation');
  await expect
    .poll(() => lab.evaluate(`document.querySelectorAll('.lesson-plot svg').length`), { timeout: 20_000 })
    .toBeGreaterThan(5);
});

test('Firefox: a composed lesson comes out of a link', async ({ lab }) => {
  const lesson = {
    version: 1,
    title: 'By a teacher',
    pages: [
      lessonPage({
        text: 'Look at the *largest*.',
        scene: { version: 1, input: 'unit', steps: [{ op: 'maxPool2d', params: { kernelSize: 4 } }] },
        handles: [{ step: 0, name: 'kernelSize' }],
      }),
    ],
  };
  await go(lab, lessonHash(lesson));
  await expect.poll(() => words(lab, 'main h1'), { timeout: 15_000 }).toBe('Windows');
  await ready(lab);
  await expect.poll(() => words(lab, 'figure.output figcaption')).toContain('150 × 100');
});
