import type { Page } from 'playwright/test';
import { putInto, withoutHints } from '../../scripts/lib/keeping.mjs';
import { changeOperation } from '../../scripts/lib/lab.mjs';
import { painted } from '../../scripts/lib/panel.mjs';
import { findings } from './support/axe';
import { type Extension, expect, openPanel, test } from './support/fixtures';
import { withPopup } from './support/popup';
import { pageAt } from './support/server';

const steps = ['conv2d', 'relu', 'maxPool2d', 'conv2d', 'sigmoid'].map((op) => ({ op, params: {} }));
const kept = {
  'chain:five': { name: 'Five layers', saved: 1, scene: { version: 1, input: 'unit', steps } },
  'setting:menu': ['maxPool', 'edges', 'chain:five'],
};

async function lab(page: Page, extension: Extension): Promise<void> {
  await page.goto(`chrome-extension://${extension.id}/lab.html`);
  await page.getByRole('button', { name: 'Open sample chelsea.png' }).click();
  await painted(page);
}
async function choosePreset(page: Page, id: string): Promise<void> {
  await page.getByRole('button', { name: 'Presets' }).click();
  await page.locator(`[data-preset=${id}]`).click();
  await expect(page.locator('.working')).toHaveCount(0);
  await painted(page);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.beforeEach(async ({ page, extension }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await withoutHints(extension);
    });

    test(`axe finds nothing in the Lab with a chain of five steps, in any way to compare, ${colorScheme}`, async ({
      page,
      extension,
    }) => {
      await lab(page, extension);
      await choosePreset(page, 'edges');
      await expect(page.locator('.chain-step')).toHaveCount(5);
      for (const key of ['1', '2', '3', '4']) {
        await page.keyboard.press(key);
        await expect(page.locator('.compare')).toHaveClass({ 1: /side/, 2: /split/, 3: /blink/, 4: /difference/ }[key]!);
        await page.waitForTimeout(300);
        expect(await findings(page), `key ${key}`).toEqual([]);
      }
      await page.setViewportSize({ width: 420, height: 860 });
      expect(await findings(page), 'narrow').toEqual([]);
      await page.setViewportSize({ width: 1280, height: 800 });
    });

    test(`axe finds nothing in feature maps, in a bank of kernels and at 6400 percent with the loupe, ${colorScheme}`, async ({
      page,
      extension,
    }) => {
      await lab(page, extension);
      await choosePreset(page, 'vgg');
      await expect(page.locator('.map').first()).toBeVisible();
      await page.locator('.map').nth(2).click();
      await page.getByRole('combobox', { name: 'Channel', exact: true }).waitFor();
      expect(await findings(page), 'maps').toEqual([]);
      await page.locator('.chain-step .step').nth(1).click();
      await expect(page.locator('.filters')).toBeVisible();
      expect(await findings(page), 'bank').toEqual([]);
      await page.locator('h1').click();
      await page.keyboard.press('l');
      await page.getByRole('textbox', { name: 'Zoom', exact: true }).fill('6400');
      await page.keyboard.press('Enter');
      await page.waitForTimeout(400);
      expect(await findings(page), 'close').toEqual([]);
    });

    test(`axe finds nothing in the inspector of a convolution and of a median, wide and narrow, ${colorScheme}`, async ({
      page,
      extension,
    }) => {
      await lab(page, extension);
      for (const op of ['conv2d', 'medianPool2d']) {
        await changeOperation(page, op);
        await painted(page);
        await page.getByRole('tab', { name: 'Inspector' }).click();
        await page.getByRole('grid', { name: /^Outputs/ }).waitFor();
        await page.getByRole('slider', { name: 'Position of the walk' }).fill('1');
        await page.waitForTimeout(300);
        expect(await findings(page), op).toEqual([]);
      }
      await page
        .getByRole('grid', { name: /^Pixels/ })
        .locator('[data-cell="8"]')
        .hover();
      await page.setViewportSize({ width: 420, height: 860 });
      await page.waitForTimeout(300);
      expect(await findings(page), 'narrow').toEqual([]);
      await page.setViewportSize({ width: 1280, height: 800 });
    });

    test(`axe finds nothing in the export sheet, the keys and the list of padding, ${colorScheme}`, async ({
      page,
      extension,
    }) => {
      await lab(page, extension);
      await changeOperation(page, 'conv2d');
      await painted(page);
      await page.getByRole('button', { name: 'Export', exact: true }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await findings(page), 'export').toEqual([]);
      await page.keyboard.press('Escape');
      await page.locator('h1').click();
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await findings(page), 'keys').toEqual([]);
    });

    test(`axe finds nothing where a step of a chain and a cell of its kernel are wrong, ${colorScheme}`, async ({
      page,
      extension,
    }) => {
      await lab(page, extension);
      await choosePreset(page, 'blurSharpen');
      await page.getByRole('textbox', { name: 'Row 1, column 1' }).fill('no number');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('alert').first()).toBeVisible();
      expect(await findings(page), 'cell').toEqual([]);
      await page.getByRole('spinbutton', { name: 'Dilation', exact: true }).fill('900');
      await expect(page.getByRole('alert').first()).toBeVisible();
      expect(await findings(page), 'step').toEqual([]);
    });

    test(`axe finds nothing in the panel and the popup with a chain, nor where there is no picture, ${colorScheme}`, async ({
      page,
      extension,
      site,
    }) => {
      await putInto(extension, kept);
      await page.goto(pageAt(site.origin, { images: ['/photos/chelsea.png'] }));
      await expect.poll(async () => findings(await openPanel(extension, page, 'chain:five')), { timeout: 20_000 }).toEqual([]);
      const inPopup = async (check: string) =>
        withPopup(extension, page, async (popup) => {
          await popup.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: colorScheme }]);
          if (check === 'chain') {
            await popup.waitForSelector('canvas[aria-label="Output"]');
            await popup.locator('.chain-picker button').click();
            await popup.waitForSelector('.menu.chains .chain');
            expect(await findings({ evaluate: popup.evaluate.bind(popup) }), 'list of chains').toEqual([]);
            await popup.locator('.menu.chains .chain').click();
            await popup.waitForSelector('.strip-step');
          } else await popup.waitForSelector('[role=alert], .msg');
          expect(await findings({ evaluate: popup.evaluate.bind(popup) }), check).toEqual([]);
        });
      await inPopup('chain');
      await page.goto(pageAt(site.origin, { images: [] }));
      await inPopup('none');
    });

    test(`axe finds nothing in the options with chains of one's own, ${colorScheme}`, async ({ page, extension }) => {
      await putInto(extension, kept);
      await page.goto(`chrome-extension://${extension.id}/options.html`);
      await expect(page.getByRole('textbox', { name: /Five layers/ })).toBeVisible();
      expect(await findings(page)).toEqual([]);
    });
  });
}
