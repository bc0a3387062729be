import type { Page } from 'playwright/test';
import { startGallery } from '../../scripts/gallery/server.mjs';
import { addOperation, changeOperation } from '../../scripts/lib/lab.mjs';
import { painted } from '../../scripts/lib/panel.mjs';
import { findings } from './support/axe';
import { expect, openPanel, type Surface, test } from './support/fixtures';
import { withPopup } from './support/popup';
import { pageAt } from './support/server';

/** Presses Tab until the focus comes back to where it was, and names what it passed. */
async function tabStops(page: Page, at: Surface): Promise<string[]> {
  const stops: string[] = [];
  for (let i = 0; i < 80; i++) {
    await page.keyboard.press('Tab');
    const stop = await at.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body) return '';
      const labelledBy = document.getElementById(at.getAttribute('aria-labelledby') ?? '')?.textContent;
      return `${at.getAttribute('role') ?? at.localName}:${at.getAttribute('aria-label') ?? labelledBy ?? at.textContent?.trim() ?? ''}`;
    });
    if (stops.includes(stop) && stop === stops[0]) break;
    stops.push(stop);
  }
  return stops;
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.beforeEach(async ({ page }) => page.emulateMedia({ colorScheme, reducedMotion: 'reduce' }));

    for (const entry of ['maxPool', 'edges', 'bilinear', 'relu']) {
      test(`axe finds nothing in the panel with ${entry}, ${colorScheme}`, async ({ extension, page, site }) => {
        await page.goto(pageAt(site.origin, { images: ['/photos/chelsea.png'] }));
        expect(await findings(await openPanel(extension, page, entry))).toEqual([]);
      });
    }

    test(`axe finds nothing in the panel in split view and with an error, ${colorScheme}`, async ({ extension, page, site }) => {
      await page.goto(pageAt(site.origin, { images: ['/pattern-40x30.png'] }));
      const panel = await openPanel(extension, page, 'maxPool');
      await panel.getByRole('radio', { name: 'Split' }).check({ force: true });
      await panel.getByRole('spinbutton', { name: 'Dilation', exact: true }).fill('35');
      await expect(panel.getByRole('alert')).toBeVisible();
      expect(await findings(panel)).toEqual([]);
    });

    test(`axe finds nothing in the popup, ${colorScheme}`, async ({ extension, page, site }) => {
      await page.goto(pageAt(site.origin, { images: ['/photos/chelsea.png', '/photos/coffee.png'] }));
      await withPopup(extension, page, async (popup) => {
        await popup.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: colorScheme }]);
        await popup.waitForSelector('canvas[aria-label="Output"]');
        await popup.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
        expect(await findings({ evaluate: popup.evaluate.bind(popup) })).toEqual([]);
      });
    });

    test(`axe finds nothing in the Lab, empty and with a picture, ${colorScheme}`, async ({ extension, page }) => {
      await page.goto(`chrome-extension://${extension.id}/lab.html`);
      await expect(page.getByText('Drop a picture here')).toBeVisible();
      expect(await findings(page)).toEqual([]);
      await page.getByRole('button', { name: 'Open sample chelsea.png' }).click();
      await painted(page);
      await changeOperation(page, 'conv2d');
      await painted(page);
      expect(await findings(page)).toEqual([]);
    });

    test(`axe finds nothing in the chain: the search, the presets, a menu, a step that is off and one that does not fit, ${colorScheme}`, async ({
      extension,
      page,
    }) => {
      await page.goto(`chrome-extension://${extension.id}/lab.html`);
      await page.getByRole('button', { name: 'Open sample chelsea.png' }).click();
      await painted(page);
      await addOperation(page, 'conv2d');
      await painted(page);
      await page.keyboard.press('o');
      await painted(page);
      await page.keyboard.press('/');
      await expect(page.getByRole('dialog', { name: 'Add a step' })).toBeVisible();
      expect(await findings(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Presets' }).click();
      expect(await findings(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Step 1, Max-pool: more' }).click();
      expect(await findings(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: '1 Max-pool' }).click();
      await page.getByRole('spinbutton', { name: 'Dilation', exact: true }).fill('900');
      await expect(page.getByRole('alert')).toBeVisible();
      expect(await findings(page)).toEqual([]);
    });

    test(`axe finds nothing on the gallery page, ${colorScheme}`, async ({ page }) => {
      const gallery = await startGallery();
      await page.goto(gallery.url);
      expect(await findings(page)).toEqual([]);
      gallery.close();
    });
  });
}

test('Tab reaches every control of the panel', async ({ extension, page, site }) => {
  await page.goto(pageAt(site.origin, { images: ['/photos/chelsea.png'] }));
  const panel = await openPanel(extension, page, 'maxPool');
  await panel.getByRole('button', { name: /^Operation/ }).focus();
  const stops = (await tabStops(page, panel)).join('\n');
  for (const name of [
    'Kernel',
    'Stride',
    'Padding',
    'Dilation',
    'Ceil mode',
    'Replace on page',
    'Save PNG',
    'Open in Lab',
    'Input',
    'Output',
  ]) {
    expect(stops, name).toContain(name);
  }
});
