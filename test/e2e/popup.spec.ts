import { panelOf, pixelsOf } from '../../scripts/lib/panel.mjs';
import { expect, expectPixels, test } from './support/fixtures';
import { type Popup, withPopup } from './support/popup';
import { averagePool, difference, maxPool, pattern, type Raster } from './support/raster';
import { pageAt } from './support/server';

const images = ['/pattern-60x40.png', '/pattern-120x80.png', '/pattern-90x60.png'];

const options = (popup: Popup): Promise<string[]> =>
  popup.$$eval('[role=option][aria-label]', (all) =>
    all.filter((one) => one.closest('.strip')).map((one) => one.getAttribute('aria-label') ?? ''),
  );

/** Waits for a picture in the strip and takes it. */
async function take(popup: Popup, size: string): Promise<void> {
  await popup.locator(`.strip [role=option][aria-label*="${size}"]`).click();
}

async function expectInPopup(popup: Popup, name: 'Input' | 'Output', expected: Raster, tolerance = 0): Promise<void> {
  await expect
    .poll(
      async () => {
        const drawn = await popup.evaluate(
          (view) =>
            document
              .querySelector(`canvas[aria-label="${view}"]`)
              ?.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
            !document.querySelector('[aria-busy="true"]'),
          name,
        );
        return drawn ? difference(await pixelsOf(popup, name), expected, tolerance) : 'not drawn yet';
      },
      { message: `pixels of ${name}`, timeout: 15_000 },
    )
    .toBeNull();
}

test.beforeEach(async ({ page, site }) => {
  await page.goto(pageAt(site.origin, { images }));
});

test("the popup lists the page's pictures, largest first, and shows the largest", async ({ extension, page }) => {
  await withPopup(extension, page, async (popup) => {
    await expect.poll(() => options(popup)).toHaveLength(3);
    expect((await options(popup)).map((name) => /(\d+) × (\d+)/.exec(name)?.[0])).toEqual(['120 × 80', '90 × 60', '60 × 40']);
    await expectInPopup(popup, 'Input', pattern(120, 80));
    await expectInPopup(popup, 'Output', maxPool(pattern(120, 80), 2));
  });
});

test('a picture and an operation chosen in the popup show the right result', async ({ extension, page }) => {
  await withPopup(extension, page, async (popup) => {
    await take(popup, '60 × 40');
    await expectInPopup(popup, 'Input', pattern(60, 40));
    await popup.locator('[role=option][data-op=avgPool2d]').click();
    await expectInPopup(popup, 'Output', averagePool(pattern(60, 40), 2), 1);
  });
});

test('Pick on page takes the keyboard: the second picture opens in the panel with the chosen operation', async ({
  extension,
  page,
}) => {
  await withPopup(extension, page, async (popup) => {
    await expectInPopup(popup, 'Input', pattern(120, 80));
    await popup.locator('button[title="Pick on page"]').click();
  });
  await page.bringToFront();
  // The picker listens from when its sheet is there: the popup injects it, and closes.
  await expect(page.locator(':popover-open')).toHaveCount(1);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const panel = await panelOf(page);
  await expectPixels(panel, 'Output', maxPool(pattern(120, 80), 2));
});

test('the popup opens its picture in the Lab', async ({ extension, page }) => {
  await withPopup(extension, page, async (popup) => {
    await take(popup, '90 × 60');
    await expectInPopup(popup, 'Output', maxPool(pattern(90, 60), 2));
    const opened = extension.context.waitForEvent('page');
    await popup.locator('button[aria-label="Open in Lab"]').click();
    await expectPixels(await opened, 'Output', maxPool(pattern(90, 60), 2));
  });
});

test('on a page of the browser the popup says that it may not look, and offers the Lab', async ({ extension, page }) => {
  await page.goto('chrome://version/');
  await withPopup(extension, page, async (popup) => {
    await popup.waitForSelector('[role=alert]');
    expect(await popup.$eval('[role=alert]', (alert) => alert.textContent)).toContain(
      'The browser does not let extensions run on this page.',
    );
    const opened = extension.context.waitForEvent('page');
    await popup.locator('[role=alert] button').click();
    await expect((await opened).getByText('Drop a picture here')).toBeVisible();
  });
});
