import type { Frame, Page } from 'playwright/test';
import { withoutHints } from '../../scripts/lib/keeping.mjs';
import { findings } from './support/axe';
import { type Extension, expect, openPanel, test } from './support/fixtures';
import { pattern } from './support/raster';
import { pageAt, type Site } from './support/server';

/** Views of how a result comes about, in the panel; the inspector's story is in inspect.spec.ts. */

const [width, height] = [90, 60];
const x = pattern(width, height);
/** Red of a pixel, as it enters. */
const red = (row: number, column: number): number => x.data[3 * (row * width + column)]! / 255;

async function open(extension: Extension, page: Page, site: Site, entry: string): Promise<Frame> {
  await withoutHints(extension);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(pageAt(site.origin, { images: [`/pattern-${width}x${height}.png`] }));
  return openPanel(extension, page, entry);
}
const entryOf = (panel: Frame, name: string) =>
  panel.getByRole('region', { name: 'How it works' }).getByRole('button', { name, exact: true });

/** Scripts of the views that are fetched from now on. */
function fetchedBy(page: Page): string[] {
  const names: string[] = [];
  page.on('request', (request) => {
    const [, name] = /\/(Inspector|Geometry|GradientView|Plots)-[^/]*\.js$/.exec(request.url()) ?? [];
    if (name !== undefined && !names.includes(name)) names.push(name);
  });
  return names;
}

test('no view of the panel is fetched before it is chosen, one is shown at a time, and a second press puts it away', async ({
  extension,
  page,
  site,
}) => {
  const fetched = fetchedBy(page);
  const panel = await open(extension, page, site, 'maxPool');
  await expect(entryOf(panel, 'Geometry')).toHaveAttribute('aria-expanded', 'false');
  expect(fetched).toEqual([]);
  await entryOf(panel, 'Geometry').click();
  const scheme = panel.getByRole('region', { name: 'Scheme' });
  await expect(scheme).toBeVisible();
  expect(fetched).toEqual(['Geometry']);
  await entryOf(panel, 'Gradients').press('Enter');
  await expect(panel.getByRole('region', { name: 'Gradients', exact: true })).toBeVisible();
  await expect(scheme).toHaveCount(0);
  await expect(entryOf(panel, 'Geometry')).toHaveAttribute('aria-expanded', 'false');
  await entryOf(panel, 'Plots').press('Enter');
  await expect(panel.getByRole('combobox', { name: 'Plot', exact: true })).toBeVisible();
  await entryOf(panel, 'Plots').press('Enter');
  await expect(panel.getByRole('combobox', { name: 'Plot', exact: true })).toHaveCount(0);
});

test('in the panel geometry draws how often pixels are read on the picture, and Escape lets a cell of the scheme go before it closes', async ({
  extension,
  page,
  site,
}) => {
  const panel = await open(extension, page, site, 'maxPool');
  await entryOf(panel, 'Geometry').click();
  await panel.getByRole('switch', { name: 'Times read, on the input' }).click();
  await expect(panel.locator('figure.input canvas.counts')).toBeVisible();
  await expect(panel.getByRole('region', { name: 'Coverage' }).getByRole('status')).toHaveText('Every pixel is read once.');
  await panel.getByRole('switch', { name: 'Box on the picture' }).click();
  await expect(panel.locator('figure.input .field-box')).toBeVisible();

  const said = panel.getByRole('region', { name: 'Scheme' }).getByRole('status');
  const cells = panel.getByRole('region', { name: 'Scheme' }).getByRole('img', { name: /^Output/ });
  const before = await said.innerText();
  await cells.press('ArrowRight');
  await cells.press('ArrowRight');
  await expect(said).not.toHaveText(before);
  await cells.press('Escape');
  await expect(said).toHaveText(before);
  await entryOf(panel, 'Geometry').click();
  await expect(panel.locator('canvas.counts, .field-box')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect.poll(() => page.frames().length).toBe(1);
});

test('in the panel the gradient of one value goes back to the pixel that won, and differences agree', async ({
  extension,
  page,
  site,
}) => {
  const panel = await open(extension, page, site, 'maxPool');
  await entryOf(panel, 'Gradients').press('Enter');
  const view = panel.getByRole('region', { name: 'Gradients', exact: true });
  for (const [name, to] of [
    ['Column of the value', 20],
    ['Row of the value', 11],
  ] as const) {
    await view.getByRole('spinbutton', { name }).fill(String(to));
    await page.keyboard.press('Enter');
  }
  const window = [0, 1, 2, 3].map((k) => ({
    column: k % 2,
    row: Math.floor(k / 2),
    value: red(22 + Math.floor(k / 2), 40 + (k % 2)),
  }));
  const winner = window.reduce((best, one) => (one.value > best.value ? one : best));
  await view.getByRole('button', { name: '2 Loss' }).click();
  await expect(view.locator('.gradient-says')).toContainText(
    `at 20, 11 in channel 1: L = ${Number(winner.value.toPrecision(6))}`,
  );
  await view.getByRole('button', { name: '3 Backward' }).click();
  const picture = view.getByRole('img', { name: /^dL\/dx, 2 by 2/ });
  // The first press takes the pixel in the middle, which is the last one here.
  await picture.press('ArrowRight');
  for (const key of winner.column === 0 ? ['ArrowLeft'] : []) await picture.press(key);
  for (const key of winner.row === 0 ? ['ArrowUp'] : []) await picture.press(key);
  const check = view.getByRole('region', { name: 'Check by differences' });
  await expect(check).toContainText(`pixel ${winner.column}, ${winner.row}, channel 1`);
  await expect(check).toContainText('backward: 1');
  await expect(check.getByRole('status')).toContainText('They agree');
  await expect(panel.locator('figure.input .gradient-part')).toBeVisible();
  await entryOf(panel, 'Gradients').press('Enter');
  await expect(panel.locator('.gradient-part, .gradient-value')).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`axe finds nothing in the views of a narrow panel, and none is wider than it, ${colorScheme}`, async ({
    extension,
    page,
    site,
  }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 400, height: 900 });
    const panel = await open(extension, page, site, 'edges');
    for (const name of ['Inspector', 'Geometry', 'Gradients', 'Plots']) {
      await entryOf(panel, name).click();
      await expect(panel.locator('.how-view > *')).toBeVisible();
      await expect(panel.locator('[aria-busy=true]')).toHaveCount(0);
      await page.waitForTimeout(500);
      expect(await findings(panel), name).toEqual([]);
      const overhang = await panel
        .locator('.how-view')
        .evaluate((area) => Math.max(0, ...[...area.children].map((one) => one.scrollWidth - area.clientWidth)));
      expect(overhang, name).toBe(0);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  });
