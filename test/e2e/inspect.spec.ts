import type { Frame, Page } from 'playwright/test';
import { changeOperation } from '../../scripts/lib/lab.mjs';
import { painted } from '../../scripts/lib/panel.mjs';
import { chooseFile } from './support/chooseFile';
import { expect, openPanel, test } from './support/fixtures';
import { pattern } from './support/raster';
import { pageAt, pngOf } from './support/server';

/** The inspector: one output value, how it comes about, and what belongs to what. */

const [width, height] = [24, 16];
const x = pattern(width, height);
const file = { name: 'mine.png', mimeType: 'image/png', buffer: Buffer.from(pngOf(x)) };

/** A value of the picture in its first channel as the engine gets it. */
const pixel = (row: number, column: number): number => Math.fround(x.data[3 * (row * width + column)]! / 255);
/** What a Sobel kernel makes of the first channel at a place with a border of zeros. */
function sobel(row: number, column: number): number {
  const at = (r: number, c: number) => (r < 0 || c < 0 || r >= height || c >= width ? 0 : pixel(r, c));
  return [1, 2, 1].reduce((sum, weight, i) => sum + weight * (at(row + i - 1, column + 1) - at(row + i - 1, column - 1)), 0);
}
/** The largest of 2 × 2 pixels. */
const peak = (row: number, column: number): number =>
  Math.max(...[0, 1].flatMap((i) => [0, 1].map((j) => pixel(2 * row + i, 2 * column + j))));

const read = (text: string): number => Number(text.replaceAll('\u202f', '').replace('−', '-').replace('=', ''));

async function lab(page: Page, hosted: string, op: string): Promise<void> {
  await page.goto(hosted);
  await chooseFile(page, file);
  await painted(page);
  await changeOperation(page, op);
  await painted(page);
  await page.getByRole('tab', { name: 'Inspector' }).focus();
  await page.mouse.move(0, 0);
  await page.keyboard.press('Enter');
  await expect(grid(page, /^Outputs/)).toBeVisible();
}
const grid = (at: Page | Frame, name: RegExp) => at.getByRole('grid', { name });
const result = (at: Page | Frame) => at.locator('.inspect-line.last .result');
const place = (at: Page | Frame) => at.locator('.inspect-head > .num').first();
/** The written value at a place comes to be that of the plain loops above. */
async function expectValue(at: Page | Frame, row: number, column: number, value: number): Promise<void> {
  await expect(place(at)).toContainText(`Row ${row}, column ${column} `);
  await expect.poll(async () => Math.abs(read(await result(at).innerText()) - value)).toBeLessThan(1e-3);
}
const lit = (at: Page | Frame, name: RegExp) => grid(at, name).locator('td.lit');
const cellOf = (at: Page | Frame, name: RegExp, k: number) => grid(at, name).locator(`[data-cell="${k}"]`);

test('in the Lab the window follows the pointer over the output, and the sum is that of the picture', async ({
  page,
  hosted,
}) => {
  await lab(page, hosted, 'conv2d');
  const glass = await page.locator('figure.output canvas[role=img]').boundingBox();
  if (!glass) throw new Error('The output is not laid out.');
  const over = (row: number, column: number) =>
    page.mouse.move(glass.x + ((column + 0.5) / width) * glass.width, glass.y + ((row + 0.5) / height) * glass.height);
  await over(7, 9);
  await expectValue(page, 7, 9, sobel(7, 9));
  await expect(lit(page, /^Pixels/)).toHaveCount(9);
  await expect(page.locator('figure.input .inspect-box')).toBeVisible();
  await over(0, 0);
  await expectValue(page, 0, 0, sobel(0, 0));
  await expect(grid(page, /^Pixels/).getByRole('gridcell', { name: 'padding, counts as 0' })).not.toHaveCount(0);
  await page.mouse.move(0, 0);
  await expect(place(page)).toContainText('Row 0, column 0 ');
});

test('in the Lab a walk by arrow keys, a pin, a weight and a pixel that are pointed at', async ({ page, hosted }) => {
  await lab(page, hosted, 'conv2d');
  await grid(page, /^Outputs/)
    .locator('td.here')
    .focus();
  await expect(place(page)).toContainText(`Row ${height / 2}, column ${width / 2} `);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expectValue(page, 9, 13, sobel(9, 13));
  await expect(grid(page, /^Outputs/).locator('td.here')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Pinned' })).toHaveAttribute('aria-pressed', 'true');
  await page.locator('figure.output .glass').hover();
  await expect(place(page)).toContainText('Row 9, column 13 ');
  await grid(page, /^Outputs/)
    .locator('td.here')
    .focus();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Pin', exact: true })).toBeVisible();

  await page.mouse.move(0, 0);
  await cellOf(page, /^Weights/, 5).hover();
  await expect(page.getByText('Its products')).toBeVisible();
  await expect(lit(page, /^Outputs/)).toHaveCount(25);
  await expect(lit(page, /^Pixels/)).toHaveCount(25);
  await expect(page.locator('.inspect-said')).toContainText('Weight 2 takes part in 25 of the shown outputs.');

  await cellOf(page, /^Pixels/, 24).hover();
  await expect(page.getByText('Where it goes')).toBeVisible();
  await expect(lit(page, /^Outputs/)).toHaveCount(9);
  await expect(page.locator('.inspect-said')).toContainText('feeds 9 outputs of this channel.');
});

test('the walk plays, pauses, steps and goes to any place', async ({ page, hosted }) => {
  await lab(page, hosted, 'maxPool2d');
  const nth = page.locator('.inspect-player .nth');
  const position = page.getByRole('slider', { name: 'Position of the walk' });
  await position.fill('0');
  await expect(nth).toHaveText('1 of 96');
  await expectValue(page, 0, 0, peak(0, 0));
  await page.getByRole('button', { name: 'One output on' }).click();
  await expectValue(page, 0, 1, peak(0, 1));
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('16');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(nth).toHaveText(/^([5-9]|\d\d) of 96$/);
  await page.getByRole('button', { name: 'Pause' }).click();
  const stopped = await nth.innerText();
  await page.waitForTimeout(400);
  await expect(nth).toHaveText(stopped);
  await position.fill('95');
  await expectValue(page, 7, 11, peak(7, 11));
  await expect(page.getByRole('button', { name: 'One output on' })).toHaveAttribute('aria-disabled', 'true');
  await expect(grid(page, /^Pixels/).locator('td.won')).not.toHaveCount(0);
});

test('who asks for less motion plays by hand', async ({ page, hosted }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await lab(page, hosted, 'maxPool2d');
  await page.getByRole('slider', { name: 'Position of the walk' }).fill('4');
  await page.getByRole('button', { name: /^Play by hand/ }).click();
  await expect(page.locator('.inspect-player .nth')).toHaveText('6 of 96');
  await page.waitForTimeout(600);
  await expect(page.locator('.inspect-player .nth')).toHaveText('6 of 96');
});

test('in the panel the inspector opens below, walks, pins, and Escape lets go before it closes', async ({
  extension,
  page,
  site,
}) => {
  await page.goto(pageAt(site.origin, { images: ['/pattern-90x60.png'] }));
  const big = pattern(90, 60);
  const at = (row: number, column: number) => big.data[3 * (row * 90 + column)]! / 255;
  const largest = (row: number, column: number) =>
    Math.max(...[0, 1].flatMap((i) => [0, 1].map((j) => at(2 * row + i, 2 * column + j))));
  const panel = await openPanel(extension, page, 'maxPool');
  await panel.getByRole('button', { name: 'Inspector' }).click();
  await expect(grid(panel, /^Outputs/)).toBeVisible();
  await expectValue(panel, 15, 22, largest(15, 22));
  await grid(panel, /^Outputs/)
    .locator('td.here')
    .focus();
  await page.keyboard.press('ArrowLeft');
  await expectValue(panel, 15, 21, largest(15, 21));
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('button', { name: 'Pinned' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel.getByRole('button', { name: 'Pin', exact: true })).toBeVisible();
  await panel.getByRole('button', { name: 'Inspector' }).click();
  await expect(grid(panel, /^Outputs/)).toHaveCount(0);
  await expect(panel.locator('.inspect-box')).toHaveCount(0);
});

test('what a screen reader hears of one walk over a convolution', async ({ page, hosted }) => {
  await lab(page, hosted, 'conv2d');
  await page.mouse.move(0, 0);
  const inspector = page.getByRole('region', { name: 'Inspector' });
  const live = inspector.locator('[aria-live=polite]');
  const heard: string[] = [];
  const hear = async (what: string) => {
    const before = heard.at(-1);
    await expect.poll(async () => (await live.innerText()).trim()).not.toBe(before?.slice(before.indexOf(': ') + 2) ?? '');
    heard.push(`${what}: ${(await live.innerText()).trim()}`);
  };
  await page.getByRole('slider', { name: 'Position of the walk' }).fill(String(3 * width + 4));
  await expect(place(page)).toContainText('Row 3, column 4 ');
  await page.waitForTimeout(1300);
  await hear('entered');
  const focused = () =>
    page.evaluate(() => {
      const cell = document.activeElement;
      return `${cell?.closest('[role=grid]')?.getAttribute('aria-label')}: ${cell?.getAttribute('aria-label') ?? cell?.textContent}`;
    });
  await grid(page, /^Outputs/)
    .locator('td.here')
    .focus();
  const cells: string[] = [await focused()];
  for (const key of ['ArrowRight', 'ArrowDown']) {
    await page.keyboard.press(key);
    await page.waitForTimeout(1400);
    await hear(key);
    cells.push(await focused());
  }
  await cellOf(page, /^Weights/, 5).focus();
  await page.waitForTimeout(1400);
  await hear('weight');
  cells.push(await focused());
  await page.keyboard.press('ArrowLeft');
  await page.waitForTimeout(1400);
  await hear('ArrowLeft');

  const said = (row: number, column: number) => {
    const value = sobel(row, column);
    const written = value.toFixed(3).replace('-', '−').replace(/0+$/, '').replace(/\.$/, '');
    return `Row ${row}, column ${column}, channel 1 of 3: ${written}. 9 terms make it.`;
  };
  expect(heard).toEqual([
    `entered: ${said(3, 4)}`,
    `ArrowRight: ${said(3, 5)}`,
    `ArrowDown: ${said(4, 5)}`,
    'weight: Weight 2 takes part in 25 of the shown outputs.',
    'ArrowLeft: Weight 0 takes part in 25 of the shown outputs.',
  ]);
  const cell = (row: number, column: number) => {
    const text = sobel(row, column).toFixed(2).replace('-', '−');
    return `Outputs around the place, channel 1: ${text.replace(/^(−?)0\./, '$1.')}`;
  };
  expect(cells).toEqual([cell(3, 4), cell(3, 5), cell(4, 5), 'Weights, 3 by 3: 2']);
  const names = await inspector.getByRole('grid').evaluateAll((grids) => grids.map((one) => one.getAttribute('aria-label')));
  expect(names).toEqual([
    'Pixels around the window, channel 1',
    'Weights, 3 by 3',
    'Products of weights and pixels',
    'Outputs around the place, channel 1',
  ]);
  expect(
    await inspector.getByRole('button').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? one.textContent)),
  ).toEqual(['Pin', 'One output back', 'Play', 'One output on']);
  const sum = inspector.locator('.inspect-sums [role=math]').first();
  await expect(sum).toHaveAttribute('aria-label', /^[\d.−+ ·]+$/);
});
