import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { painted } from '../../scripts/lib/panel.mjs';
import { lessonIds } from '../../src/core/lessons/lesson';
import { lessonWords } from '../../src/lab/lessons/words';
import { findings } from './support/axe';
import { expect, openPanel, test } from './support/fixtures';
import { pageAt, photo } from './support/server';

/** Lessons, as a learner and as a teacher use them. */

type Words = Record<string, { message: string }>;
const words = (language: string): Words => JSON.parse(readFileSync(`assets/_locales/${language}/messages.json`, 'utf8'));
const measured = (page: Page) => expect(page.locator('.lesson-facts')).toHaveAttribute('aria-busy', 'false', { timeout: 20_000 });

test('a learner answers lesson 3 wrongly, then rightly, and solves its exercise; that is kept', async ({ page, hosted }) => {
  await page.goto(`${hosted}#lesson=dying`);
  await expect(page.getByRole('heading', { name: 'Dying ReLU', level: 1 })).toBeFocused();
  await painted(page, 'Output');
  await page.getByRole('radio', { name: 'About 50 %' }).check();
  await page.getByRole('button', { name: 'Reveal' }).click();
  const said = page.locator('.lesson-ask').getByRole('status');
  await expect(said).toContainText('Half is right for a shift of 0');
  await expect(page.locator('.lesson-answer', { hasText: 'About 50 %' })).toContainText('your prediction');
  await expect(page.locator('.lesson-answer', { hasText: 'About 85 %' })).toContainText(/8\d\.\d % here/);
  // The figure went to the state that was asked about.
  await expect(page.getByRole('spinbutton', { name: 'Shift β' })).toHaveValue('−1');
  await page.getByRole('button', { name: 'Ask me again' }).click();
  await page.getByRole('radio', { name: 'About 85 %' }).check();
  await page.getByRole('button', { name: 'Reveal' }).click();
  await expect(said).toContainText('Yes.');

  const exercise = page.getByRole('region', { name: 'Exercise' });
  await measured(page);
  await exercise.getByRole('button', { name: 'Check' }).click();
  await expect(exercise).toContainText('Every channel still answers somewhere');
  // Down until a channel is dead.
  const shift = page.getByRole('spinbutton', { name: 'Shift β' });
  for (const value of ['-3', '-3.5', '-4', '-4.5', '-5', '-5.5', '-6']) {
    await shift.fill(value);
    await measured(page);
    await exercise.getByRole('button', { name: 'Check' }).click();
    if ((await exercise.textContent())?.includes('Right.')) break;
  }
  await expect(exercise).toContainText('Right. A dead channel answers 0');
  await page.goto(`${hosted}#lesson=all`);
  await expect(page.getByRole('link', { name: /Dying ReLU/ }).last()).toContainText('done');
  await page.getByRole('button', { name: 'Forget my progress' }).click();
  await expect(page.getByRole('link', { name: /Dying ReLU/ }).last()).not.toContainText('done');
});

test('a lesson is read, answered and left with the keyboard alone', async ({ page, hosted }) => {
  await page.goto(`${hosted}#lesson=rectifier`);
  await painted(page, 'Output');
  await page.getByRole('radio').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.locator('.lesson-ask').getByRole('status')).toContainText('Yes.');
  await page.getByRole('link', { name: 'Next: Dying ReLU' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Dying ReLU', level: 1 })).toBeFocused();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'ReLU', level: 1, exact: true })).toBeFocused();
});

test('the figure runs on the picture that the Lab has open, and what was changed in it goes to the Lab', async ({
  page,
  hosted,
}) => {
  await page.goto(hosted);
  await page.getByRole('button', { name: 'Open sample coffee.png' }).click();
  await painted(page);
  await page.getByRole('link', { name: 'Lessons' }).first().click();
  await page
    .getByRole('link', { name: /Padding and stride/ })
    .last()
    .click();
  await expect(page.locator('figure.input figcaption')).toContainText('600 × 400');
  await page.getByRole('spinbutton', { name: 'Stride' }).fill('2');
  await expect(page.locator('figure.output figcaption')).toContainText('298 × 198');
  await page.getByRole('link', { name: 'Open in Lab' }).click();
  await expect(page.locator('figure.output figcaption')).toContainText('298 × 198');
  await expect(page.locator('figure.input figcaption')).toContainText('600 × 400');
});

test('a link brings back lesson, state and numbers', async ({ page, hosted }) => {
  await page.goto(`${hosted}#lesson=sampling&state=transposed`);
  await painted(page, 'Output');
  await page.getByRole('spinbutton', { name: 'Stride' }).fill('3');
  await expect(page.locator('figure.output figcaption')).toContainText(/1.?353/);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy link to this state' }).click();
  await expect(page.getByText('The link is copied.')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.goto('about:blank');
  await page.goto(link);
  await expect(page.locator('figure.output figcaption')).toContainText(/1.?353/);
  await expect(page.getByRole('radio', { name: 'Transposed' })).toBeChecked();
});

test('the question mark of a control opens the passage that explains it, in Lab and panel', async ({
  page,
  hosted,
  extension,
  site,
}) => {
  await page.goto(`${hosted}#picture=sample-chelsea`);
  await painted(page);
  await page
    .getByRole('spinbutton', { name: 'Stride' })
    .first()
    .or(page.getByRole('switch', { name: /Stride/ }))
    .first()
    .focus();
  await page.keyboard.press('?');
  await expect(page.locator('.lesson-text .asked')).toContainText('Stride is how far the window moves');
  await expect(page.locator('.lesson-text .asked')).toBeFocused();

  const other = await extension.context.newPage();
  await other.goto(pageAt(site.origin, { images: ['/photos/chelsea.png'] }));
  const panel = await openPanel(extension, other, 'maxPool');
  const [tab] = await Promise.all([
    extension.context.waitForEvent('page'),
    panel.getByRole('link', { name: /^Kernel: what it means/ }).click(),
  ]);
  await expect(tab.locator('.lesson-text .asked')).toContainText('Pooling has no weights');
  await expect(tab.locator('figure.input figcaption')).toContainText('451 × 300');
});

test('all lessons are there in five languages, every text in its own, also without a network', async ({ page, hosted }) => {
  test.setTimeout(120_000);
  for (const language of ['en', 'de', 'fr', 'es', 'ar']) {
    const own = words(language);
    await page.goto('about:blank');
    await page.goto(`${hosted}?lang=${language}#lesson=sums`);
    await expect(page.locator('main h1')).toHaveText(own[lessonWords.sums.title]?.message ?? '');
    if (language === 'fr') await page.context().setOffline(true);
    for (const id of lessonIds) {
      const { title, ask, before } = lessonWords[id];
      await page.evaluate((hash) => {
        location.hash = hash;
      }, `lesson=${id}`);
      await expect(page.locator('main h1')).toHaveText(own[title]?.message ?? '');
      const [first = ''] = Object.values(before);
      const plain = (key: string) => (own[key]?.message ?? '').replace(/[*`]/g, '');
      await expect(page.locator('.lesson-text').first()).toContainText(plain(first).slice(0, 40));
      await expect(page.locator('.lesson-ask legend')).toContainText(plain(ask).slice(0, 40));
      expect(await page.locator('main').innerText()).not.toMatch(/lesson_?[A-Za-z]+_/);
    }
    await page.context().setOffline(false);
  }
});

test('a teacher composes a lesson, saves it, shares it and opens it again', async ({ page, hosted }) => {
  await page.goto(hosted);
  await page.evaluate(() => localStorage.clear());
  await page.goto('about:blank');
  await page.goto(`${hosted}#picture=sample-coffee`);
  await painted(page);
  await page.getByRole('tab', { name: 'Compose a lesson' }).click();
  const compose = page.locator('.compose');
  await compose.getByLabel('Title of the lesson').fill('Windows');
  await compose.getByRole('button', { name: 'Take this state as a page' }).click();
  await compose.getByLabel('Title of the page').fill('Pooling');
  await compose.getByLabel('Text', { exact: true }).fill('Look at the *largest*. <b>No markup</b>');
  await compose.getByRole('checkbox', { name: /Kernel/ }).check();
  await compose.getByRole('button', { name: 'Add a question' }).click();
  await compose.getByLabel('What is asked').fill('How wide is it now?');
  await compose.getByLabel('Answer 1', { exact: true }).fill('as wide');
  await compose.getByLabel('What is said to answer 1').fill('The windows do not overlap.');
  await compose.getByLabel('Answer 2', { exact: true }).fill('half as wide');
  await compose.getByRole('radio', { name: 'Answer 2 is the right one' }).check();
  await page.keyboard.press('2');
  await compose.getByRole('button', { name: 'Take this state as a page' }).click();
  await compose.getByLabel('Title of the page').fill('Split');
  await expect(compose.getByRole('listitem')).toHaveCount(2);
  await compose.getByRole('button', { name: '2 Split' }).press('Alt+ArrowUp');
  await expect(compose.getByRole('listitem').first()).toContainText('Split');
  await compose.getByRole('button', { name: '1 Split' }).press('Alt+ArrowDown');
  expect(await findings(page, '.compose')).toEqual([]);

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    compose.getByRole('button', { name: 'Save as file' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('Windows.json');
  const file = readFileSync(await download.path(), 'utf8');
  expect(JSON.parse(file)).toMatchObject({ version: 1, title: 'Windows', pages: [{ title: 'Pooling' }, { title: 'Split' }] });

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await compose.getByRole('button', { name: 'Copy link' }).click();
  await expect(compose.getByRole('status')).toContainText('The link is copied.');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.goto('about:blank');
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'Pooling', level: 1 })).toBeFocused();
  await expect(page.locator('.lesson-text')).toContainText('Look at the largest. <b>No markup</b>');
  await expect(page.locator('figure.input figcaption')).toContainText('600 × 400');
  await expect(page.locator('.lesson-drive').getByRole('spinbutton')).toHaveCount(1);
  await page.getByRole('radio', { name: 'as wide', exact: true }).check();
  await page.getByRole('button', { name: 'Reveal' }).click();
  await expect(page.locator('.lesson-ask').getByRole('status')).toContainText('The windows do not overlap.');
  await page.getByRole('link', { name: 'Next' }).click();
  await expect(page.getByRole('heading', { name: 'Split', level: 1 })).toBeFocused();

  // The file opens from the list of lessons, and one that is none is refused.
  await page.goto('about:blank');
  await page.goto(`${hosted}#lesson=all`);
  const choose = async (text: string) => {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Open a lesson' }).click(),
    ]);
    await chooser.setFiles({ name: 'lesson.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  };
  await choose('{"version":1,"title":"x","pages":[{}]}');
  await expect(page.getByRole('alert')).toContainText('This is no lesson that can be read.');
  await choose(file);
  await expect(page.getByRole('heading', { name: 'Pooling', level: 1 })).toBeVisible();
  // What was composed is still there.
  await page.goto(`${hosted}#picture=sample-coffee`);
  await page.getByRole('tab', { name: 'Compose a lesson' }).click();
  await expect(page.locator('.compose').getByRole('listitem')).toHaveCount(2);
});

test('a picture of the teacher’s own is in the file, reduced; a lesson that was put away comes back', async ({
  page,
  hosted,
}) => {
  await page.goto(hosted);
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Open a picture' }).click(),
  ]);
  await chooser.setFiles({ name: 'mine.png', mimeType: 'image/png', buffer: photo('chelsea.png') });
  await painted(page);
  await page.getByRole('tab', { name: 'Compose a lesson' }).click();
  await page.getByRole('button', { name: 'Take this state as a page' }).click();
  await expect(page.getByText('Pictures of your own go into the file')).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as file' }).click(),
  ]);
  const { pages } = JSON.parse(readFileSync(await download.path(), 'utf8'));
  expect(pages[0].picture).toMatchObject({ kind: 'own', name: 'mine.png', data: expect.stringMatching(/^data:image\/webp/) });
  await page.getByRole('button', { name: 'New lesson' }).click();
  await expect(page.locator('.compose').getByRole('listitem')).toHaveCount(0);
  await page.locator('.compose').getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.locator('figure.input figcaption')).toContainText('451 × 300');
});

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in a lesson, before and after the answer, in ${scheme}`, async ({ page, hosted }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.goto(`${hosted}#lesson=dying`);
    await painted(page, 'Output');
    await measured(page);
    expect(await findings(page)).toEqual([]);
    await page.getByRole('radio').first().check();
    await page.getByRole('button', { name: 'Reveal' }).click();
    await expect(page.locator('.lesson-say').first()).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.goto(`${hosted}#lesson=all`);
    await expect(page.locator('.lesson-list')).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });
}
