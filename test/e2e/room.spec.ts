import type { Page } from 'playwright/test';
import { addOperation, changeOperation } from '../../scripts/lib/lab.mjs';
import { painted } from '../../scripts/lib/panel.mjs';
import { chooseFile } from './support/chooseFile';
import { type Extension, expect, openPanel, test } from './support/fixtures';
import { pattern } from './support/raster';
import { pageAt, pngOf, type Site } from './support/server';

/** What has little room: large windows in the inspector, formulas, large text. */

const [width, height] = [60, 40];
const file = { name: 'mine.png', mimeType: 'image/png', buffer: Buffer.from(pngOf(pattern(width, height))) };

async function lab(page: Page, hosted: string, op: string): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(hosted);
  await chooseFile(page, file);
  await painted(page);
  await changeOperation(page, op);
  await painted(page);
}
const grid = (page: Page, name: RegExp) => page.getByRole('grid', { name });

for (const size of [7, 11, 15])
  test(`around a kernel of ${size} × ${size} nothing leaves the inspector, grids do not cover each other, and keys reach the last weight`, async ({
    page,
    hosted,
  }) => {
    await lab(page, hosted, 'conv2d');
    await page.getByRole('spinbutton', { name: 'Size', exact: true }).first().fill(String(size));
    await painted(page);
    await page.getByRole('tab', { name: 'Inspector' }).click();
    await expect(grid(page, /^Weights/).locator('td')).toHaveCount(size * size);
    await expect(grid(page, /^Outputs/).locator('td')).toHaveCount(size === 7 ? 16 : 9);
    const found = await page.evaluate(() => {
      const room = document.querySelector('.inspect')!.getBoundingClientRect();
      const boxes = [...document.querySelectorAll('.inspect-panel, .inspect-lines')]
        .map((one) => one.getBoundingClientRect())
        .filter((box) => box.width > 0);
      const beyond = boxes.filter(({ left, right }) => left < room.left - 1 || right > room.right + 1).length;
      const covered = boxes.flatMap((a, i) =>
        boxes
          .slice(i + 1)
          .filter((b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1),
      ).length;
      const cut = [...document.querySelectorAll('.cell-grid td')].filter(
        (cell) => cell.scrollWidth > cell.clientWidth + 2,
      ).length;
      return { beyond, covered, cut };
    });
    expect(found).toEqual({ beyond: 0, covered: 0, cut: 0 });
    const first = grid(page, /^Weights/)
      .locator('td')
      .first();
    await first.focus();
    for (let k = 1; k < size; k++) await page.keyboard.press('ArrowRight');
    for (let k = 1; k < size; k++) await page.keyboard.press('ArrowDown');
    const last = grid(page, /^Weights/)
      .locator('td')
      .last();
    await expect(last).toBeFocused();
    await expect(last).toBeInViewport({ ratio: 0.9 });
  });

/** The panel as a page of its own, of that width. */
async function panelAlone(extension: Extension, page: Page, site: Site, entry: string, width: number): Promise<void> {
  await page.goto(pageAt(site.origin, { images: ['/photos/chelsea.png'] }));
  const address = (await openPanel(extension, page, entry)).url();
  await page.setViewportSize({ width, height: 900 });
  await page.goto(address);
  await painted(page);
}

test('the formula of every op that is long stands whole beside the Lab, in several lines', async ({ page, hosted }) => {
  await lab(page, hosted, 'conv2d');
  for (const op of ['conv2d', 'convTranspose2d', 'blurPool2d', 'localResponseNorm', 'adaptiveAvgPool2d', 'silu']) {
    await changeOperation(page, op);
    const formula = page.locator('.ctl .about .formula');
    await expect(formula.locator('math').first()).toBeVisible();
    const hidden = await formula.evaluate((one) => one.scrollWidth - one.clientWidth);
    expect(hidden, op).toBeLessThanOrEqual(0);
  }
});

test('with text twice as large in a panel of 388 px captions, values and controls stay in it', async ({
  extension,
  page,
  site,
}) => {
  await panelAlone(extension, page, site, 'edges', 388);
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
  await page.locator('figure.output .glass').hover();
  await expect(page.locator('.readout.pointing')).toBeVisible();
  const cut = await page.evaluate(() => {
    const { clientWidth } = document.documentElement;
    const readout = document.querySelector('.readout')!;
    const beyond = [...document.querySelectorAll('figcaption > *, .readout > *, .frequency > *, .btn, select')]
      .filter((one) => one.checkVisibility({ visibilityProperty: true }))
      .filter((one) => one.getBoundingClientRect().right > clientWidth + 1);
    return {
      page: document.documentElement.scrollWidth - clientWidth,
      readout: [readout.scrollWidth - readout.clientWidth, readout.scrollHeight - readout.clientHeight],
      beyond: beyond.map((one) => one.className),
    };
  });
  expect(cut).toEqual({ page: 0, readout: [0, 0], beyond: [] });
});

test('in the panel the choice of colours stands whole where there is room', async ({ extension, page, site }) => {
  await panelAlone(extension, page, site, 'maxPool', 624);
  const choice = page.getByRole('combobox', { name: 'Show values as' });
  for (const mapping of ['auto', 'minmax', 'abs']) {
    await choice.selectOption(mapping);
    await painted(page);
    const missing = await choice.evaluate((select) => {
      if (!(select instanceof HTMLSelectElement)) return Number.NaN;
      const { fontFamily, fontSize, fontWeight, paddingLeft, paddingRight } = getComputedStyle(select);
      const words = document.createElement('span');
      words.textContent = select.selectedOptions[0]?.label ?? '';
      Object.assign(words.style, { fontFamily, fontSize, fontWeight, position: 'absolute', whiteSpace: 'nowrap' });
      document.body.append(words);
      const { width } = words.getBoundingClientRect();
      words.remove();
      return Math.floor(width - (select.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight)));
    });
    expect(missing, mapping).toBeLessThanOrEqual(0);
  }
});

test('captions of a chain with long names show both sizes in a window of 1280 px', async ({ page, hosted }) => {
  await lab(page, hosted, 'conv2d');
  for (const op of ['convTranspose2d', 'maxPool2d']) await addOperation(page, op);
  await painted(page);
  for (const name of ['input', 'output']) {
    const size = page.locator(`figure.${name} figcaption > .num`);
    // What finds no room goes into a second line, which is cut off.
    expect(await size.evaluate((one) => one.scrollHeight - one.clientHeight), name).toBe(0);
  }
});

for (const language of ['en', 'de', 'fr', 'es', 'ar'])
  test(`in 360 px a chain of five steps fits and its steps do not cover what adds one, ${language}`, async ({ page, hosted }) => {
    const ops = ['conv2d', 'batchNorm', 'relu', 'convTranspose2d', 'maxPool2d'];
    const scene = JSON.stringify({ version: 1, input: 'unit', steps: ops.map((op) => ({ op, params: {} })) });
    await page.setViewportSize({ width: 360, height: 800 });
    await page.goto(`${hosted}?lang=${language}#${new URLSearchParams({ picture: 'sample-coffee', scene })}`);
    await page.locator('figure.output canvas[role=img]').waitFor();
    await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
    for (const mode of ['1', '2']) {
      await page.keyboard.press(mode);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), mode).toBe(360);
    }
    const add = page.locator('.add-step button');
    await add.scrollIntoViewIfNeeded();
    await add.click({ timeout: 2000 });
    await expect(page.locator('.op-palette')).toBeVisible();
  });
