import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { painted, pixelsOf } from '../../scripts/lib/panel.mjs';
import { lessonIds } from '../../src/core/lessons/lesson';
import { passages } from '../../src/core/lessons/passages';
import { findings } from './support/axe';
import { expect, expectPixels, openPanel, test } from './support/fixtures';
import { pageAt } from './support/server';

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
  // The answers can be chosen no more, and the focus goes on; then back to them.
  await expect(page.getByRole('button', { name: 'Ask me again' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('.lesson-answer input').first()).toBeFocused();
  await page.getByRole('link', { name: 'Next: Dying ReLU' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Dying ReLU', level: 1 })).toBeFocused();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'ReLU', level: 1, exact: true })).toBeFocused();
});

test('the first view shows the picture again after a lesson whose first view was a step, and there is nothing to undo', async ({
  page,
  hosted,
}) => {
  await page.goto(`${hosted}#lesson=stride`);
  await painted(page, 'Input');
  const own = await pixelsOf(page, 'Input');
  await page.getByRole('link', { name: 'Batch normalisation', exact: true }).first().click();
  await painted(page, 'Step 1, Convolution');
  await page.getByRole('link', { name: 'Next: Padding and stride' }).click();
  await expectPixels(page, 'Input', own);
  await page.locator('main h1').press('Control+z');
  await expect(page.locator('.lesson-drive').getByRole('spinbutton', { name: 'Stride' })).toBeVisible();
  await expect(page.locator('figure.output figcaption')).toContainText('447 × 296');
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

test('a link that is followed right after a change is not written over, even where the page hears of it late', async ({
  page,
  hosted,
}) => {
  await page.goto(`${hosted}#picture=sample-coffee`);
  await painted(page);
  await page.getByRole('spinbutton', { name: 'Kernel' }).fill('3');
  await page.evaluate(async () => {
    history.pushState(null, '', '#lesson=all');
    await new Promise((resolve) => setTimeout(resolve, 600));
    dispatchEvent(new HashChangeEvent('hashchange'));
  });
  await expect(page.locator('.lesson-list')).toBeVisible();
});

test('lessons follow one another, and again, faster than their figures', async ({ page, hosted }) => {
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.goto(`${hosted}#lesson=all`);
  for (const pause of [1200, 30, 400])
    for (const id of lessonIds) {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, `lesson=${id}`);
      await expect(page.locator('main h1')).toHaveText(words('en')[`lesson_${id}_title`]?.message ?? '');
      await page.waitForTimeout(pause);
    }
  await measured(page);
  expect(errors).toEqual([]);
});

test('the next lesson on the same picture shows it in views of its own, pixel by pixel', async ({ page, hosted }) => {
  const input = page.locator('figure.input canvas[role="img"]');
  const pixels = () =>
    input.evaluate((canvas: HTMLCanvasElement) => {
      const { width, height } = canvas;
      const copy = new OffscreenCanvas(width, height).getContext('2d');
      copy?.drawImage(canvas, 0, 0);
      return [width, height, ...(copy?.getImageData(0, 0, width, height).data ?? [])].join();
    });
  await page.goto(`${hosted}#lesson=stride`);
  await measured(page);
  const before = await pixels();
  expect(new Set(before.split(',')).size).toBeGreaterThan(100);
  await input.evaluate((canvas) => canvas.setAttribute('data-old', ''));
  await page.evaluate(() => {
    location.hash = 'lesson=pooling';
  });
  await expect(page.locator('figure.output figcaption')).toContainText('150 × 100');
  await expect(page.locator('canvas[data-old]')).toHaveCount(0);
  await expect.poll(async () => (await pixels()) === before).toBe(true);
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
  for (const control of ['Input values', 'Show values as']) {
    await page.goto('about:blank');
    await page.goto(`${hosted}#picture=sample-chelsea`);
    await painted(page);
    await page.getByRole('link', { name: `${control}: what it means` }).click();
    await expect(page.locator('.lesson-text .asked')).toContainText('Pixels enter as numbers from 0 to 1');
  }

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
    await expect(page.locator('main h1')).toHaveText(own.lesson_sums_title?.message ?? '');
    if (language === 'fr') await page.context().setOffline(true);
    for (const id of lessonIds) {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, `lesson=${id}`);
      await expect(page.locator('main h1')).toHaveText(own[`lesson_${id}_title`]?.message ?? '');
      const [first = ''] = Object.keys(passages[id].before);
      const plain = (key: string) => (own[key]?.message ?? '').replace(/[*`]/g, '');
      await expect(page.locator('.lesson-text').first()).toContainText(plain(`lesson_${id}_${first}`).slice(0, 40));
      await expect(page.locator('.lesson-ask legend')).toContainText(plain(`lesson_${id}_ask`).slice(0, 40));
      expect(await page.locator('main').innerText()).not.toMatch(/lesson_?[A-Za-z]+_/);
    }
    await page.context().setOffline(false);
  }
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

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in a lesson with plots and in the composer in Arabic, in ${scheme}`, async ({ page, hosted }) => {
    const own = words('ar');
    const say = (key: string): string => own[key]?.message ?? '';
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.goto(`${hosted}?lang=ar#lesson=norm`);
    await measured(page);
    await expect(page.locator('[data-panel=channel-1]')).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.goto('about:blank');
    await page.goto(`${hosted}?lang=ar#picture=sample-coffee`);
    await painted(page, say('viewOutput'));
    await page.getByRole('tab', { name: say('lessonCompose') }).click();
    await page.getByRole('button', { name: say('lessonTake') }).click();
    await page.getByRole('button', { name: say('lessonAddQuestion') }).click();
    await page.getByRole('radio', { name: say('lessonPictureWeb') }).check();
    await expect(page.getByLabel(say('addressLabel'))).toBeVisible();
    expect(await findings(page, '.compose')).toEqual([]);
  });
}

test('lessons and their list have room for text of twice its size, wide and narrow, in letters of any width', async ({
  page,
  hosted,
}) => {
  test.setTimeout(180_000);
  await page.goto(`${hosted}#lesson=all`);
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
  // Which letters there are is the machine's to say; those of one width are wider than most.
  for (const [width, letters] of [[1280], [640], [420], [420, 'monospace']] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate((letters) => {
      for (const name of letters ? ['--font-read', '--font-var', '--font-ui'] : [])
        document.documentElement.style.setProperty(name, letters ?? '');
    }, letters);
    for (const id of ['all', ...lessonIds]) {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, `lesson=${id}`);
      if (id !== 'all') await measured(page);
      await expect(page.locator('main h1')).toBeFocused();
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(over, `${id}, ${width} ${letters ?? ''}`).toBeLessThanOrEqual(0);
    }
  }
});

test('formulas of lessons are seen whole beside their text at 1024 px', async ({ page, hosted }) => {
  await page.setViewportSize({ width: 1024, height: 800 });
  for (const id of lessonIds) {
    await page.goto(`${hosted}#lesson=${id}`);
    await expect(page.locator('main h1')).toBeFocused();
    const cut = await page
      .locator('.lesson-note .formula')
      .evaluateAll((all) => all.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).length);
    expect(cut, id).toBe(0);
  }
});
