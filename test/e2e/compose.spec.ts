import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { painted, pixelsOf } from '../../scripts/lib/panel.mjs';
import { findings } from './support/axe';
import { expect, expectPixels, test } from './support/fixtures';
import { lessonHash, lessonPage } from './support/lesson';
import { pattern } from './support/raster';
import { photo, pngOf } from './support/server';

/** A teacher at work on a lesson, and what its reader meets. */

const x = pattern(60, 40);
const address = 'https://pictures.test/made/stripes.png';

async function begin(page: Page, hosted: string): Promise<void> {
  await page.goto(hosted);
  await page.evaluate(() => localStorage.clear());
  await page.goto('about:blank');
  await page.goto(`${hosted}#picture=sample-coffee`);
  await painted(page);
  await page.getByRole('tab', { name: 'Compose a lesson' }).click();
}
const take = (page: Page) => page.getByRole('button', { name: 'Take this state as a page' }).click();
const items = (page: Page) => page.locator('.compose').getByRole('listitem');
const titles = async (page: Page) => (await page.locator('.compose .page').allTextContents()).map((text) => text.trim());

async function threePages(page: Page): Promise<void> {
  for (const title of ['One', 'Two', 'Three']) {
    await take(page);
    await page.getByLabel('Title of the page').fill(title);
  }
  await expect(items(page)).toHaveCount(3);
}

test('pages are put in order by dragging, Escape leaves them, and Alt with an arrow moves them too', async ({ page, hosted }) => {
  await begin(page, hosted);
  await threePages(page);
  const drag = async (from: number, to: number) => {
    const [a, b] = [(await items(page).nth(from).boundingBox())!, (await items(page).nth(to).boundingBox())!];
    await page.mouse.move(a.x + 40, a.y + a.height / 2);
    await page.mouse.down();
    await page.mouse.move(a.x + 40, a.y + a.height / 2 - 12, { steps: 3 });
    await page.mouse.move(b.x + 40, b.y + 3, { steps: 6 });
    await expect(page.locator('.compose-drop')).toBeVisible();
  };
  await drag(2, 0);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  expect(await titles(page)).toEqual(['1 One', '2 Two', '3 Three']);
  await drag(2, 0);
  await page.mouse.up();
  await expect.poll(() => titles(page)).toEqual(['1 Three', '2 One', '3 Two']);
  await expect(page.getByRole('button', { name: '1 Three' })).toBeFocused();
  await expect(page.locator('.compose').getByRole('status')).toContainText('Now page 1 of 3.');
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => titles(page)).toEqual(['1 One', '2 Three', '3 Two']);
  await expect(page.getByRole('button', { name: '2 Three' })).toBeFocused();
  await page.keyboard.press('Delete');
  await expect.poll(() => titles(page)).toEqual(['1 One', '2 Two']);
  await page.locator('.compose').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => titles(page)).toEqual(['1 One', '2 Three', '3 Two']);
});

test('a page may name a picture on the web: it is fetched when its reader says so, and never before', async ({
  page,
  hosted,
}) => {
  const asked: string[] = [];
  let answers = false;
  await page.route('https://pictures.test/**', (route) => {
    asked.push(route.request().url());
    if (!answers) return route.abort();
    return route.fulfill({
      contentType: 'image/png',
      headers: { 'access-control-allow-origin': '*' },
      body: Buffer.from(pngOf(x)),
    });
  });
  await begin(page, hosted);
  await take(page);
  await page.getByRole('radio', { name: 'From a web address' }).check();
  await page.getByLabel('Address of the picture').fill('http://pictures.test/a.png');
  await expect(page.getByText('An address that begins with https:// is expected.')).toBeVisible();
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.locator('.compose').getByRole('alert')).toContainText('Page 1, picture.url: expected an https address');
  await page.getByLabel('Address of the picture').fill(address);
  await page.getByLabel('What it shows').fill('Stripes in colours');
  await page.getByLabel('Whose it is, or where it is from').fill('made for this story');
  expect(await findings(page, '.compose')).toEqual([]);

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.locator('.compose').getByRole('status')).toContainText('The link is copied.');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  // A draft keeps the address between visits.
  await page.waitForTimeout(600);
  await page.reload();
  await painted(page);
  await page.getByRole('tab', { name: 'Compose a lesson' }).click();
  await expect(page.getByLabel('Address of the picture')).toHaveValue(address);

  await page.goto('about:blank');
  await page.goto(link);
  const size = page.locator('figure.input figcaption');
  const web = page.getByRole('region', { name: 'Picture of the page' });
  await painted(page);
  const own = await size.textContent();
  await expect(web).toContainText('Stripes in colours');
  await expect(web).toContainText('Source: made for this story');
  expect(asked).toEqual([]);
  const fetchIt = web.getByRole('button', { name: 'Fetch the picture from pictures.test' });
  await fetchIt.click();
  await expect(web.getByRole('alert')).toContainText('pictures.test does not answer, or lets no other page read its pictures');
  await expect(size).toHaveText(own ?? '');
  expect(await findings(page)).toEqual([]);
  answers = true;
  await fetchIt.click();
  await expectPixels(page, 'Input', x);
  await expect(web).toContainText('The figure shows the picture from pictures.test.');
  await expect(web.getByRole('alert')).toHaveCount(0);
  await web.getByRole('button', { name: 'Show my own picture' }).click();
  await expect(size).toHaveText(own ?? '');
});

test('what is no picture leaves the reader’s own, with a sentence; a file keeps the address', async ({ page, hosted }) => {
  await page.route('https://pictures.test/**', (route) =>
    route.fulfill({ contentType: 'image/png', headers: { 'access-control-allow-origin': '*' }, body: 'no picture at all' }),
  );
  await begin(page, hosted);
  await take(page);
  await page.getByRole('radio', { name: 'From a web address' }).check();
  await page.getByLabel('Address of the picture').fill(address);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as file' }).click(),
  ]);
  const { pages } = JSON.parse(readFileSync(await download.path(), 'utf8'));
  expect(pages[0].picture).toEqual({ kind: 'web', url: address, alt: '', source: '' });
  await page.getByRole('button', { name: 'Preview' }).click();
  await expect(page.locator('figure.input figcaption')).toContainText('600 × 400');
  await page.getByRole('button', { name: 'Fetch the picture from pictures.test' }).click();
  await expect(page.getByRole('alert')).toContainText('This is not a picture');
  await expect(page.locator('figure.input figcaption')).toContainText('600 × 400');
  await expect(page.getByRole('button', { name: 'Fetch the picture from pictures.test' })).toBeVisible();
});

test('a teacher composes a lesson, saves it, shares it and opens it again', async ({ page, hosted }) => {
  await begin(page, hosted);
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

test('composing has room for text of twice its size at 420 px, and so has the line at the top of the Lab', async ({
  page,
  hosted,
}) => {
  await page.setViewportSize({ width: 420, height: 900 });
  await begin(page, hosted);
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
  await take(page);
  await page.getByRole('button', { name: 'Add a question' }).click();
  await page.getByRole('radio', { name: 'From a web address' }).check();
  const over = await page.evaluate(() => {
    const compose = document.querySelector('.compose');
    return [document.documentElement, compose!].map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  });
  expect(Math.max(...over)).toBeLessThanOrEqual(0);
});

test('each page shows the channel of the picture that its teacher chose', async ({ page, hosted }) => {
  const pageOf = (channel: 'all' | number) =>
    lessonPage({ title: `Channel ${channel}`, inputDisplay: { mapping: 'auto', channel } });
  const lesson = { version: 1, title: '', pages: [pageOf('all'), pageOf(1)] };
  await page.goto(`${hosted}${lessonHash(lesson)}`);
  await expect(page.locator('figure.input figcaption')).toContainText('600 × 400');
  await painted(page, 'Input');
  const { width, height, data } = await pixelsOf(page, 'Input');
  await page.getByRole('link', { name: 'Next' }).click();
  await expectPixels(page, 'Input', { width, height, data: data.map((_, i) => data[i - (i % 3) + 1] ?? 0) });
  await page.getByRole('link', { name: 'Back', exact: true }).click();
  await expectPixels(page, 'Input', { width, height, data });
});

test('nothing but the picture of a page is ever shown on it, from the first moment of a link on', async ({ page, hosted }) => {
  // What stands above the pictures, and whether the list of lessons was there, after every change of the page.
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { seen });
    new MutationObserver(() => {
      const title = document.querySelector('.lesson h1')?.textContent ?? '';
      const size = document.querySelector('figure.input figcaption')?.textContent?.match(/\d+ × \d+/)?.[0];
      const said = document.querySelector('.lesson-list') ? 'list of lessons' : size ? `${title}: ${size}` : '';
      if (said && seen.at(-1) !== said) seen.push(said);
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  const cat = { kind: 'sample', id: 'sample-chelsea' };
  const pages = [
    lessonPage({ title: 'One', picture: cat }),
    lessonPage({ title: 'Two' }),
    lessonPage({ title: 'Three', picture: cat }),
  ];
  await page.goto(`${hosted}${lessonHash({ version: 1, title: '', pages })}`);
  await painted(page, 'Input');
  for (const name of ['Next', 'Next']) {
    await page.getByRole('link', { name }).click();
    await painted(page, 'Input');
  }
  await expect(page.locator('figure.input figcaption')).toContainText('451 × 300');
  expect(await page.evaluate(() => Reflect.get(globalThis, 'seen'))).toEqual([
    'One: 451 × 300',
    'Two: 600 × 400',
    'Three: 451 × 300',
  ]);
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
