import type { Locator, Page } from 'playwright/test';
import { xdotool } from '../../scripts/lib/mouse.mjs';
import { type Desk, expect, needsDesk, test } from './support/desk';
import { expectPixels } from './support/fixtures';
import { lessonHash, lessonPage } from './support/lesson';
import { maxPool, pattern } from './support/raster';
import { pageAt, startSite } from './support/server';

needsDesk();

const x = pattern(64, 48);

/** Opens the Lab in a tab of the extension at one of the sources, and notices what it asks the browser for. */
async function labAt({ extension }: Desk, source: string): Promise<Page> {
  const lab = await extension.context.newPage();
  await lab.goto(`chrome-extension://${extension.id}/lab.html`);
  await lab.evaluate(() => {
    const asked: unknown[] = [];
    Object.assign(globalThis, { asked });
    const { permissions } = Reflect.get(globalThis, 'chrome');
    const ask = permissions.request.bind(permissions);
    permissions.request = (wanted: unknown) => {
      const answer = ask(wanted);
      asked.push(wanted);
      return answer;
    };
  });
  await lab.getByRole('button', { name: source, exact: true }).click();
  await expect(lab.getByRole('tab', { name: source })).toHaveAttribute('aria-selected', 'true');
  return lab;
}

/** Waits until the `n`-th question is asked, and answers it with the keyboard. */
async function answer(lab: Page, display: string, n: number, allow: boolean): Promise<void> {
  await expect.poll(() => lab.evaluate(() => Reflect.get(globalThis, 'asked').length)).toBe(n);
  // The question is drawn inside the browser's window, where nothing tells that it is up.
  await lab.waitForTimeout(800);
  // *Deny* has the focus at first.
  xdotool(display, 'key', ...(allow ? ['Tab', 'Return'] : ['Return']));
}
const questions = (lab: Page) => lab.evaluate(() => Reflect.get(globalThis, 'asked'));

test('a typed address asks for its site alone, and the picture comes byte for byte', async ({ desk, cdn, screenNumber }) => {
  const lab = await labAt(desk, 'Web address');
  await lab.getByLabel('Address of the picture').fill(`${cdn.url}/pattern-64x48.png`);
  await lab.getByRole('button', { name: 'Open', exact: true }).click();
  await answer(lab, screenNumber, 1, true);
  await expectPixels(lab, 'Output', maxPool(x, 2));
  expect(await questions(lab)).toEqual([{ origins: ['http://cdn.test/*'] }]);
  await expect(lab.getByText('original bytes').first()).toBeVisible();
  // The site answers with something else: the sentence says what came.
  await lab.locator('.picture-button').click();
  await lab.getByRole('menuitem', { name: 'Open another picture' }).click();
  await lab.getByRole('tab', { name: 'Web address' }).click();
  for (const [path, sentence] of [
    ['/pattern-64x48.png?html', 'A picture is expected at this address, received image/png.'],
    ['/nothing.png', 'cdn.test answered with status 404 instead of a picture.'],
  ] as const) {
    await lab.getByLabel('Address of the picture').fill(cdn.url + path);
    await lab.getByRole('button', { name: 'Open', exact: true }).click();
    await expect(lab.getByRole('dialog').getByRole('alert')).toContainText(sentence);
  }
});

test('a site that was refused is a sentence that says what can be done', async ({ desk, cdn, screenNumber }) => {
  const lab = await labAt(desk, 'Web address');
  await lab.getByLabel('Address of the picture').fill(`${cdn.url}/pattern-64x48.png`);
  await lab.getByRole('button', { name: 'Open', exact: true }).click();
  await answer(lab, screenNumber, 1, false);
  await expect(lab.getByRole('alert')).toContainText('cdn.test lets no other page read its pictures');
});

const withPicture = (url: string) => lessonPage({ picture: { kind: 'web', url, alt: 'A cat', source: 'nobody' } });
/** Opens a lesson with one page for each of these pictures. */
async function lessonWith(lab: Page, ...urls: readonly string[]): Promise<Locator> {
  const lesson = { version: 1, title: 'By a teacher', pages: urls.map(withPicture) };
  await lab.evaluate((hash) => {
    location.hash = hash;
  }, lessonHash(lesson));
  await expect(lab.locator('figure.input figcaption')).toContainText('451 × 300');
  return lab.getByRole('region', { name: 'Picture of the page' });
}

test('a picture that a lesson names asks for its site in the click of its reader; refused or unanswered, the reader’s own stays', async ({
  desk,
  screenNumber,
}) => {
  const lab = await labAt(desk, 'Web address');
  const web = await lessonWith(lab, 'https://cdn.test/cat.png');
  expect(await questions(lab)).toEqual([]);
  for (const [n, allow, sentence] of [
    [1, false, 'cdn.test lets no other page read its pictures'],
    [2, true, 'cdn.test does not answer.'],
  ] as const) {
    await web.getByRole('button', { name: 'Fetch the picture from cdn.test' }).click();
    await answer(lab, screenNumber, n, allow);
    await expect(web.getByRole('alert')).toContainText(sentence);
    await expect(lab.locator('figure.input figcaption')).toContainText('451 × 300');
  }
  expect(await questions(lab)).toEqual([{ origins: ['https://cdn.test/*'] }, { origins: ['https://cdn.test/*'] }]);
});

test('a picture that a lesson names comes byte for byte from the site that its reader allows, which lets no other page read it', async ({
  desk,
  screenNumber,
}) => {
  const site = await startSite(true);
  try {
    const lab = await labAt(desk, 'Web address');
    const at = (path: string) => `https://cdn.test:${site.port}/${path}`;
    const web = await lessonWith(lab, at('pattern-64x48.png'), at('pattern-120x80.png'));
    expect(site.asked()).toEqual([]);
    await web.getByRole('button', { name: 'Fetch the picture from cdn.test' }).click();
    await answer(lab, screenNumber, 1, true);
    await expectPixels(lab, 'Output', maxPool(x, 2));
    await expect(web).toContainText('The figure shows the picture from cdn.test.');
    expect(await questions(lab)).toEqual([{ origins: ['https://cdn.test/*'] }]);
    expect(site.asked()).toEqual(['/pattern-64x48.png']);
    // The site is allowed: the browser asks no more. The page before keeps what was fetched.
    await lab.getByRole('link', { name: 'Next' }).click();
    await expect(lab.locator('figure.input figcaption')).toContainText('451 × 300');
    await web.getByRole('button', { name: 'Fetch the picture from cdn.test' }).click();
    await expectPixels(lab, 'Input', pattern(120, 80));
    await lab.getByRole('link', { name: 'Back', exact: true }).click();
    await expectPixels(lab, 'Input', x);
    expect(site.asked()).toEqual(['/pattern-120x80.png']);
  } finally {
    await site.close();
  }
});

test('a picture of another tab: names of tabs, then the tab’s site, are asked for when they are needed', async ({
  desk,
  site,
  screenNumber,
}) => {
  const images = ['/pattern-64x48.png', '/pattern-120x80.png'];
  await desk.page.goto(pageAt(site.origin, { images }));
  const lab = await labAt(desk, 'Open tabs');
  await expect(lab.getByText('To name your open tabs')).toBeVisible();
  expect(await questions(lab)).toEqual([]);
  await lab.getByRole('button', { name: 'List my open tabs' }).click();
  await answer(lab, screenNumber, 1, true);
  await lab.getByRole('button', { name: /Field notes/ }).click();
  await answer(lab, screenNumber, 2, true);
  expect(await questions(lab)).toEqual([{ permissions: ['tabs'] }, { origins: ['http://127.0.0.1/*'] }]);
  const pictures = lab.locator('.thumbs button');
  await expect(pictures).toHaveCount(2);
  await expect(pictures.locator('img')).toHaveCount(2);
  await pictures.nth(1).click();
  await expectPixels(lab, 'Input', x);
  // The permission goes back when it is no longer wanted.
  await lab.locator('.picture-button').click();
  await lab.getByRole('menuitem', { name: 'Open another picture' }).click();
  await lab.getByRole('tab', { name: 'Open tabs' }).click();
  await lab.getByRole('button', { name: 'Give the permission back' }).click();
  await expect(lab.getByRole('button', { name: 'List my open tabs' })).toBeVisible();
});
