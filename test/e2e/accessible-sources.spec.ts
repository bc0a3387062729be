import type { Page } from 'playwright/test';
import { painted } from '../../scripts/lib/panel.mjs';
import { findings } from './support/axe';
import { chooseFile } from './support/chooseFile';
import { expect, test } from './support/fixtures';
import { photo } from './support/server';

async function openSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open sample chelsea.png' }).click();
  await painted(page);
}
const fromMenu = async (page: Page, entry: string) => {
  await page.locator('.picture-button').click();
  await page.getByRole('menuitem', { name: entry }).click();
};

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.beforeEach(async ({ page, extension }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.goto(`chrome-extension://${extension.id}/lab.html`);
    });

    test(`axe finds nothing in any of the sources, ${colorScheme}`, async ({ page }) => {
      test.setTimeout(120_000);
      await page.getByRole('button', { name: 'Paste', exact: true }).click();
      for (const name of ['Gallery', 'Recent work', 'File', 'Paste', 'Web address', 'Camera', 'Open tabs']) {
        await page.getByRole('tab', { name }).click();
        await expect(page.getByRole('tabpanel', { name })).toBeVisible();
        expect(await findings(page), name).toEqual([]);
      }
    });

    test(`axe finds nothing in an address that cannot be read, ${colorScheme}`, async ({ page }) => {
      await page.getByRole('button', { name: 'Web address', exact: true }).click();
      await page.getByLabel('Address of the picture').fill('no address');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('alert')).toBeVisible();
      expect(await findings(page)).toEqual([]);
    });

    test(`axe finds nothing in the sheet that crops, ${colorScheme}`, async ({ page }) => {
      await openSample(page);
      await fromMenu(page, 'Crop and resize');
      await page.getByRole('button', { name: '128²' }).click();
      expect(await findings(page)).toEqual([]);
    });

    test(`axe finds nothing in a batch, singly and together, ${colorScheme}`, async ({ page }) => {
      await chooseFile(page, [
        ...['chelsea.png', 'coffee.png'].map((name) => ({ name, mimeType: 'image/png', buffer: photo(name) })),
        { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('notes') },
      ]);
      await expect(page.locator('.batch-cell canvas')).toHaveCount(4, { timeout: 30_000 });
      await expect(page.getByText('This is not a picture')).toBeVisible();
      expect(await findings(page, '.batch')).toEqual([]);
      await page.getByRole('switch', { name: 'One batch' }).click();
      await expect(page.getByText('[2, 3, 256, 256]')).toBeVisible();
      expect(await findings(page, '.batch')).toEqual([]);
    });
  });
}
