import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { pixelsOf } from '../../scripts/lib/panel.mjs';
import { chooseFile } from './support/chooseFile';
import { expect, expectPixels, test } from './support/fixtures';
import { withPopup } from './support/popup';
import { difference, maxPool, pattern, type Raster, readPng } from './support/raster';
import { pageAt, pngOf } from './support/server';

const sizes = [
  [50, 40],
  [60, 20],
  [30, 30],
] as const;
const pictures = sizes.map(([width, height]) => pattern(width, height));
const files = pictures.map((picture, i) => ({
  name: `field-${i}.png`,
  mimeType: 'image/png',
  buffer: Buffer.from(pngOf(picture)),
}));
const broken = { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('these are notes') };
const scene = (op: string, params = {}) =>
  `#${new URLSearchParams({ scene: JSON.stringify({ version: 1, input: 'unit', steps: [{ op, params }] }) })}`;

async function choose(page: Page, chosen: readonly (typeof broken)[]): Promise<void> {
  await chooseFile(page, [...chosen]);
}

const cells = (page: Page) => page.locator('.batch-cell');

/** What the second picture of a cell, its result, shows. */
const resultOf = (page: Page, cell: number): Promise<Raster | null> =>
  cells(page)
    .nth(cell)
    .evaluate((one) => {
      const canvas = one.querySelectorAll('canvas')[1];
      const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
      if (!canvas || !pixels) return null;
      return { width: canvas.width, height: canvas.height, data: [...pixels.data].filter((_, i) => i % 4 < 3) };
    })
    .then((found) => found && { ...found, data: Uint8Array.from(found.data) });

const expectResult = (page: Page, cell: number, expected: Raster) =>
  expect
    .poll(async () => {
      const shown = await resultOf(page, cell);
      return shown ? difference(shown, expected) : 'not drawn yet';
    })
    .toBeNull();

/** The three numbers behind a word, such as `Mean`. */
const factIn = async (page: Page, at: string, title: string): Promise<number[]> => {
  const text = await page
    .locator(at)
    .locator('div', { has: page.getByText(title, { exact: true }) })
    .last()
    .innerText();
  return (text.match(/−?[\d.]+/g) ?? []).map((word) => Number(word.replace('−', '-')));
};

test('several files become a grid of results; what cannot be read says why in its own cell', async ({ page, hosted }) => {
  await page.goto(hosted + scene('maxPool2d', { kernelSize: 2 }));
  await choose(page, [...files, broken]);
  await expect(page.getByText('4 pictures', { exact: true })).toBeVisible();
  for (const [i, picture] of pictures.entries()) await expectResult(page, i, maxPool(picture, 2));
  await expect(cells(page).nth(0)).toContainText('50 × 40 → 25 × 20');
  await expect(cells(page).nth(3)).toContainText('This is not a picture');
});

test('a change of the operation runs over all pictures again, and a window too large for one says so there', async ({
  page,
  hosted,
}) => {
  await page.goto(hosted + scene('maxPool2d', { kernelSize: 2 }));
  await choose(page, files);
  await expectResult(page, 0, maxPool(pictures[0]!, 2));
  const size = page.getByRole('spinbutton', { name: 'Kernel', exact: true }).first();
  await size.fill('24');
  await size.press('Enter');
  await expectResult(page, 0, maxPool(pictures[0]!, 24));
  await expect(cells(page).nth(1)).toContainText('24');
  await expect(cells(page).nth(1).locator('.bad-text')).toBeVisible();
});

test('a cell opens its picture on the bench; the grid comes back, also over a reload', async ({ page, hosted }) => {
  await page.goto(hosted + scene('maxPool2d', { kernelSize: 2 }));
  await choose(page, files);
  await expectResult(page, 2, maxPool(pictures[2]!, 2));
  await page.getByRole('button', { name: /^Open field-1\.png/ }).click();
  await expectPixels(page, 'Output', maxPool(pictures[1]!, 2));
  await page.getByRole('button', { name: 'All pictures of the batch' }).click();
  await expect(cells(page).first()).toBeVisible();
  await expect(cells(page).nth(1)).toHaveClass(/current/);
  await expect.poll(() => page.url()).toContain('batch=');
  await page.reload();
  await expectResult(page, 2, maxPool(pictures[2]!, 2));
});

test('all results are saved in one archive, at their true size', async ({ page, hosted }) => {
  await page.goto(hosted + scene('maxPool2d', { kernelSize: 2 }));
  await choose(page, files);
  await expectResult(page, 2, maxPool(pictures[2]!, 2));
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save all' }).click()]);
  expect(saved.suggestedFilename()).toBe('batch-maxPool2d.zip');
  const bytes = readFileSync(await saved.path());
  let at = 0;
  for (const [i, picture] of pictures.entries()) {
    expect(bytes.readUInt32LE(at)).toBe(0x04034b50);
    const [size, name] = [bytes.readUInt32LE(at + 18), bytes.readUInt16LE(at + 26)];
    expect(bytes.toString('utf8', at + 30, at + 30 + name)).toBe(`field-${i}-maxPool2d.png`);
    const png = bytes.subarray(at + 30 + name, at + 30 + name + size);
    expect(difference(readPng(png), maxPool(picture, 2))).toBeNull();
    at += 30 + name + size;
  }
});

test('one batch gives batch norm the statistics of all pictures, unlike each alone', async ({ page, hosted }) => {
  await page.goto(hosted + scene('batchNorm', { training: true }));
  const flat = [20, 100].map((level, i) => {
    const data = new Uint8Array(3 * 40 * 30).fill(level);
    return { name: `flat-${i}.png`, mimeType: 'image/png', buffer: Buffer.from(pngOf({ width: 40, height: 30, data })) };
  });
  await choose(page, flat);
  await expect(cells(page).nth(1).locator('canvas')).toHaveCount(2);
  await page.getByRole('switch', { name: 'One batch' }).click();
  await expect(page.getByText('[2, 3, 256, 256]')).toBeVisible();
  await expect(page.getByText('Batch norm gathers its statistics over all 2 pictures')).toBeVisible();
  // Half of the values are 20/255, half 100/255.
  for (const mean of await factIn(page, '.batch-facts', 'Mean')) expect(mean).toBeCloseTo(60 / 255, 3);
  for (const variance of await factIn(page, '.batch-facts', 'Variance')) expect(variance).toBeCloseTo((40 / 255) ** 2, 3);
  for (const [cell, level] of [20, 100].entries()) {
    const at = `.batch-cell:nth-child(${cell + 1})`;
    for (const mean of await factIn(page, at, 'Mean')) expect(mean).toBeCloseTo(level / 255, 3);
    for (const variance of await factIn(page, at, 'Variance')) expect(variance).toBeCloseTo(0, 3);
  }
  await page.getByRole('combobox', { name: 'Size of the pictures in the batch' }).selectOption('64');
  await expect(page.getByText('[2, 3, 64, 64]')).toBeVisible();
});

test('All pictures in the popup opens every readable picture of the page in the Lab', async ({ extension, page, site, cdn }) => {
  const images = ['/pattern-60x40.png', '/pattern-120x80.png', '/pattern-90x60.png', `${cdn.url}/pattern-70x50.png`];
  await page.goto(pageAt(site.origin, { images }));
  await withPopup(extension, page, async (popup) => {
    await popup.waitForFunction(() => document.querySelectorAll('.strip .ready').length === 3);
    await popup.waitForFunction(() => document.querySelectorAll('.strip .locked').length === 1);
    const opened = extension.context.waitForEvent('page');
    await popup.locator('button[title^="Opens all pictures of this page"]').click();
    const lab = await opened;
    await expect(cells(lab)).toHaveCount(3);
    await expectResult(lab, 0, maxPool(pattern(120, 80), 2));
    await expectResult(lab, 2, maxPool(pattern(60, 40), 2));
    await expect(lab.getByText('One picture of the page is left out')).toBeVisible();
    expect((await pixelsOf(lab, 'Input')).width).toBe(120);
  });
});

test('All pictures in the popup can be stopped while slow ones are read', async ({ extension, page, site }) => {
  const images = ['/pattern-120x80.png', '/pattern-90x60.png?wait=4000', '/pattern-60x40.png?wait=4000'];
  await page.goto(pageAt(site.origin, { images }));
  await withPopup(extension, page, async (popup) => {
    await popup.waitForFunction(() => document.querySelectorAll('.strip .ready').length === 3);
    const tabs = extension.context.pages().length;
    await popup.locator('button[title^="Opens all pictures of this page"]').click();
    const stop = popup.locator('.taking button');
    await popup.waitForFunction(() => /1 of 3/.test(document.querySelector('.taking')?.textContent ?? ''));
    await stop.click();
    await popup.waitForFunction(() => !document.querySelector('.taking'));
    await page.waitForTimeout(5000);
    expect(extension.context.pages()).toHaveLength(tabs);
  });
});
