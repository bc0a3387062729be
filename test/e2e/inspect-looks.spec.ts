import type { Frame, Page } from 'playwright/test';
import { changeOperation } from '../../scripts/lib/lab.mjs';
import { painted } from '../../scripts/lib/panel.mjs';
import { findings } from './support/axe';
import { chooseFile } from './support/chooseFile';
import { expect, openPanel, test } from './support/fixtures';
import { pattern } from './support/raster';
import { pageAt, pngOf } from './support/server';

/** The inspector's looks: cells that are filmed, room for the sum, the curve of an activation, colours of the system. */

const [width, height] = [40, 30];
const x = pattern(width, height);
const file = { name: 'mine.png', mimeType: 'image/png', buffer: Buffer.from(pngOf(x)) };
/** The first channel as the engine gets it. */
const pixel = (row: number, column: number): number => x.data[3 * (row * width + column)]! / 255;

async function lab(page: Page, hosted: string, op: string): Promise<void> {
  await page.goto(hosted);
  await chooseFile(page, file);
  await painted(page);
  await changeOperation(page, op);
  await painted(page);
  await page.getByRole('tab', { name: 'Inspector' }).click();
  await expect(grid(page, /^Outputs/)).toBeVisible();
}
const grid = (at: Page | Frame, name: RegExp) => at.getByRole('grid', { name });
const result = (at: Page | Frame) => at.locator('.inspect-line.last .result');
const numberOf = (text: string): number => Number(text.replace('=', '').replace('−', '-').trim());
async function glassOf(page: Page) {
  const glass = await page.locator('figure.output canvas[role=img]').boundingBox();
  if (!glass) throw new Error('The output is not laid out.');
  return (row: number, column: number) =>
    page.mouse.move(glass.x + ((column + 0.5) / width) * glass.width, glass.y + ((row + 0.5) / height) * glass.height);
}

test('while the pointer moves canvases show the cells in the place of tables, and at rest the tables show the last place', async ({
  page,
  hosted,
}) => {
  await lab(page, hosted, 'identity');
  const over = await glassOf(page);
  const seen: boolean[] = [];
  for (let column = 3; column < width - 3; column++) {
    await over(12, column);
    await page.waitForTimeout(30);
    seen.push(await page.locator('.inspect').evaluate((inspector) => inspector.classList.contains('filmed')));
  }
  expect(seen.filter(Boolean).length).toBeGreaterThan(seen.length / 2);
  await expect(page.locator('.inspect')).not.toHaveClass(/filmed/);
  const cells = await grid(page, /^Outputs/)
    .locator('td')
    .allInnerTexts();
  const expected = Array.from({ length: 25 }, (_, k) => pixel(10 + Math.floor(k / 5), width - 6 + (k % 5)));
  for (const [k, text] of cells.entries()) expect(Math.abs(numberOf(text) - expected[k]!), `cell ${k}`).toBeLessThan(0.0051);
});

test('a film covers its table cell by cell: the colour in the corner of every cell is the same in both', async ({
  page,
  hosted,
}) => {
  await lab(page, hosted, 'conv2d');
  const over = await glassOf(page);
  for (let column = 8; column < 16; column++) {
    await over(9, column);
    await page.waitForTimeout(30);
  }
  await expect(page.locator('.inspect')).not.toHaveClass(/filmed/);
  const apart = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLTableElement>('.inspect table')].flatMap((table) => {
      const canvas = table.parentElement?.querySelector('canvas');
      const context = canvas?.getContext('2d');
      if (!canvas || !context) return ['no canvas'];
      const film = canvas.getBoundingClientRect();
      const scale = canvas.width / film.width;
      return [...table.querySelectorAll('td')].flatMap((cell, k) => {
        const box = cell.getBoundingClientRect();
        const [left, top] = [(box.left - film.left + box.width / 2) * scale, (box.top - film.top + 4) * scale];
        const [r, g, b] = context.getImageData(Math.round(left), Math.round(top), 1, 1).data;
        const [, ...table] = /rgb\((\d+), (\d+), (\d+)\)/.exec(getComputedStyle(cell).backgroundColor) ?? [];
        return table.join() === [r, g, b].join() ? [] : [`cell ${k}: ${table} in the table, ${[r, g, b]} in the film`];
      });
    }),
  );
  expect(apart).toEqual([]);
});

for (const [size, groups] of [
  [3, 3],
  [5, 3],
  [7, 3],
  [7, 1],
] as const)
  test(`in a Lab of 1280 × 800 the output and the sum of a ${size} × ${size} kernel (groups: ${groups}) are in sight, and come back to the same place`, async ({
    page,
    hosted,
  }) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await lab(page, hosted, 'conv2d');
    await page.getByRole('spinbutton', { name: 'Size', exact: true }).first().fill(String(size));
    await page.getByRole('spinbutton', { name: 'Groups', exact: true }).first().fill(String(groups));
    await painted(page);
    await expect(grid(page, /^Weights/).locator('td')).toHaveCount(size * size);
    const over = await glassOf(page);
    const player = page.locator('.inspect-player');
    await over(15, 20);
    await page.waitForTimeout(400);
    for (const part of [
      grid(page, /^Outputs/)
        .locator('td')
        .last(),
      page.locator('.inspect-line.last'),
    ]) {
      const box = await part.boundingBox();
      expect(box && box.y + box.height).toBeLessThan(800);
    }
    const round = async () => {
      const places: string[] = [];
      for (const [row, column] of [
        [15, 21],
        [14, 9],
        [8, 30],
        [0, 0],
      ] as const) {
        await over(row, column);
        await page.waitForTimeout(400);
        places.push(`${(await player.boundingBox())?.y} ${(await result(page).boundingBox())?.y}`);
      }
      return new Set(places).size;
    };
    // What a place needs more than those before it is kept.
    await round();
    expect(await round()).toBe(1);
  });

test('the inspector of an activation shows the curve with the point that the value is, and says its slope', async ({
  page,
  hosted,
}) => {
  await lab(page, hosted, 'sigmoid');
  const over = await glassOf(page);
  await over(12, 20);
  const curve = page.locator('.inspect-curve svg[role=img]');
  await expect(curve).toHaveAccessibleName(/^The point \(x, g\(x\)\) is \(/);
  await page.waitForTimeout(400);
  const name = (await curve.getAttribute('aria-label')) ?? '';
  const [px, py, slope] = [.../is \(([−\d.]+), ([−\d.]+)\); the slope there is ([−\d.]+)\./.exec(name)!].slice(1).map(numberOf);
  const expected = 1 / (1 + Math.exp(-px!));
  expect(Math.abs(py! - expected)).toBeLessThan(2e-3);
  expect(Math.abs(slope! - expected * (1 - expected))).toBeLessThan(2e-3);
  await expect(curve.locator('.tangent')).toHaveCount(1);
  const [dot, tick] = [await curve.locator('.point').boundingBox(), await curve.boundingBox()];
  expect(dot!.x).toBeGreaterThan(tick!.x);
  await changeOperation(page, 'maxPool2d');
  await painted(page);
  await expect(curve).toHaveCount(0);
});

test('what else decides is said of a normalised value', async ({ page, hosted }) => {
  await lab(page, hosted, 'batchNorm');
  await expect(page.locator('.inspect-notes')).toContainText('What else decides: the mean and variance of channel 1.');
});

test('with the colours of the system window, winner and output are told by their outlines', async ({ page, hosted }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await lab(page, hosted, 'maxPool2d');
  const over = await glassOf(page);
  for (let column = 2; column < 10; column++) {
    await over(7, column);
    await page.waitForTimeout(20);
    await expect(page.locator('.inspect')).not.toHaveClass(/filmed/);
  }
  const outline = (name: RegExp, cell: string) =>
    grid(page, name)
      .locator(cell)
      .first()
      .evaluate((td) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(td);
        return `${outlineWidth} ${outlineStyle}`;
      });
  expect(await outline(/^Pixels/, 'td.lit:not(.won)')).toBe('2px solid');
  expect(await outline(/^Pixels/, 'td.won')).toBe('4px solid');
  expect(await outline(/^Outputs/, 'td.lit')).toBe('4px double');
  expect(await outline(/^Pixels/, 'td:not(.lit)')).toMatch(/none$/);
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`axe finds nothing in the inspector of the panel, also with text twice as large, ${colorScheme}`, async ({
    extension,
    page,
    site,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto(pageAt(site.origin, { images: ['/photos/chelsea.png'] }));
    const panel = await openPanel(extension, page, 'edges');
    await panel.getByRole('button', { name: 'Inspector' }).click();
    await expect(grid(panel, /^Outputs/)).toBeVisible();
    await page.waitForTimeout(400);
    expect(await findings(panel)).toEqual([]);
    await panel.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    await page.waitForTimeout(400);
    expect(await findings(panel), 'large text').toEqual([]);
    const beyond = await panel.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(beyond).toBeLessThanOrEqual(0);
  });

test('in the panel every grid, the walk and the pin are reached by Tab, and arrows walk through pixels', async ({
  extension,
  page,
  site,
}) => {
  await page.goto(pageAt(site.origin, { images: ['/pattern-90x60.png'] }));
  const panel = await openPanel(extension, page, 'edges');
  await panel.getByRole('button', { name: 'Inspector' }).click();
  await expect(grid(panel, /^Outputs/)).toBeVisible();
  await panel.getByRole('button', { name: 'Pin', exact: true }).focus();
  const reached: string[] = [];
  for (let i = 0; i < 9; i++) {
    await page.keyboard.press('Tab');
    reached.push(
      await panel.evaluate(() => {
        const at = document.activeElement;
        return (at?.closest('[role=grid]') ?? at)?.getAttribute('aria-label') ?? '';
      }),
    );
  }
  for (const name of [/^Pixels/, /^Weights/, /^Products/, /^Outputs/, /^Position of the walk/])
    expect(
      reached.some((one) => name.test(one)),
      `${name} in ${reached.join(' · ')}`,
    ).toBe(true);
  const middle = grid(panel, /^Pixels/).locator('td[tabindex="0"]');
  await middle.focus();
  const from = Number(await middle.getAttribute('data-cell'));
  await page.keyboard.press('ArrowRight');
  await expect(grid(panel, /^Pixels/).locator(`[data-cell="${from + 1}"]`)).toBeFocused();
  await expect(panel.locator('.inspect-said')).toContainText('outputs of this channel');
});
