// The panel on a page, the popup and the options.
import { chooseEntry, closePanel, painted, panelOf } from '../lib/panel.mjs';
import { openPopup } from '../lib/popup.mjs';
import { saveable } from './saveable.mjs';

/** The panel with one entry of the menu; `then` brings it into another state first. */
export async function panel(extension, page, url, entry, take, then = async () => undefined) {
  await page.goto(url);
  const picture = page.locator('img').first();
  await picture.scrollIntoViewIfNeeded();
  await chooseEntry(extension, page, entry, { srcUrl: await picture.evaluate((image) => image.currentSrc) });
  const frame = await panelOf(page);
  await painted(frame);
  await frame.waitForFunction(saveable);
  await then(frame);
  // The frame follows the height of what it shows.
  await page.waitForTimeout(500);
  await take();
  await closePanel(page, frame);
}

/** A window that does not fit the picture. */
export async function unfit(frame) {
  await frame.getByRole('spinbutton', { name: 'Dilation', exact: true }).fill('900');
  await frame.getByRole('alert').first().waitFor();
}
export const split = (frame) => frame.getByRole('radio', { name: 'Split' }).check({ force: true });

export async function options(extension, page, take) {
  await page.goto(`chrome-extension://${extension.id}/options.html`);
  await page.getByRole('textbox', { name: /Two layers/ }).waitFor();
  await take({ fullPage: true });
}

/** The popup with a convolution, with a chain, and on a page that extensions may not read; `take(popup, name)`. */
export async function popup(extension, page, url, colorScheme, take) {
  const scheme = [{ name: 'prefers-color-scheme', value: colorScheme }];
  await page.goto(url);
  const open = await openPopup(extension, page);
  const at = open.popup;
  const rest = () => at.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
  await at.emulateMediaFeatures(scheme);
  await at.waitForSelector('canvas[aria-label="Output"]');
  await rest();
  await at.locator('.strip [aria-label*="coffee"]').click();
  await at.locator('[role=option][data-op=conv2d]').click();
  await at.waitForFunction(() => /600 × 400/.test(document.querySelector('figure.input')?.textContent ?? ''));
  await rest();
  await at.waitForFunction(saveable);
  await take(at, `popup-${colorScheme}`);
  await at.locator('.chain-picker button').click();
  await at.evaluate(() => [...document.querySelectorAll('.chains button')].find((one) => /Edges/.test(one.textContent))?.click());
  await new Promise((done) => setTimeout(done, 600));
  await rest();
  await take(at, `popup-chain-${colorScheme}`);
  await open.close();

  await page.goto('chrome://version');
  const refused = await openPopup(extension, page);
  await refused.popup.emulateMediaFeatures(scheme);
  await new Promise((done) => setTimeout(done, 800));
  await take(refused.popup, `popup-refused-${colorScheme}`);
  await refused.close();
}
