import { bilinearTwice, difference, maxPool, pattern, type Raster, readPng } from '../e2e/support/raster';
import { pageAt, photo } from '../e2e/support/server';
import type { Surface } from './support/firefox';
import { expect, noFirefox, test } from './support/fixtures';

test.skip(noFirefox, 'no Firefox found');

/** What a view shows, once it is drawn and nothing is at work; null until then. */
const drawn = (name: string) => `(() => {
  const canvas = document.querySelector('canvas[role="img"][aria-label="${name}"]');
  if (!canvas?.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || document.querySelector('[aria-busy="true"]')) return null;
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
  return { width: canvas.width, height: canvas.height, data: [...data].filter((_, i) => i % 4 < 3) };
})()`;

async function expectDrawn(surface: Surface, name: string, expected: Raster, tolerance = 0): Promise<void> {
  await expect
    .poll(
      async () => {
        const shown = await surface.evaluate<{ width: number; height: number; data: number[] } | null>(drawn(name));
        return shown ? difference({ ...shown, data: Uint8Array.from(shown.data) }, expected, tolerance) : 'not drawn yet';
      },
      { message: `pixels of ${name}`, timeout: 20_000 },
    )
    .toBeNull();
}

test('Firefox: the native menu opens the panel with the max-pooled photograph', async ({ firefox, tab, site }) => {
  await tab.goto(pageAt(site.origin, { images: ['/photos/chelsea.png'] }));
  await firefox.chooseNative(tab, '#i0', 'Max-pool 2 × 2');
  const panel = await firefox.surface('panel.html');
  const cat = readPng(photo('chelsea.png'));
  await expectDrawn(panel, 'Input', cat);
  await expectDrawn(panel, 'Output', maxPool(cat, 2));
  expect(await panel.evaluate<string>(`document.body.innerText`)).toContain('original bytes');
});

test('Firefox: the panel works on a page whose policy forbids frames, scripts and connections', async ({
  firefox,
  tab,
  site,
}) => {
  const csp = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-src 'none'";
  await tab.goto(pageAt(site.origin, { images: ['/pattern-64x48.png'], csp }));
  await firefox.chooseNative(tab, '#i0', 'Upsample 2×, bilinear');
  await expectDrawn(await firefox.surface('panel.html'), 'Output', bilinearTwice(pattern(64, 48)), 1);
});

test('Firefox: a picture of a site that keeps it to itself comes as screen pixels, and says so', async ({
  firefox,
  tab,
  site,
  cdn,
}) => {
  await tab.goto(pageAt(site.origin, { images: [`http://localhost:${cdn.port}/pattern-64x48.png`] }));
  await firefox.chooseNative(tab, '#i0', 'Max-pool 2 × 2');
  const panel = await firefox.surface('panel.html');
  await expectDrawn(panel, 'Output', maxPool(pattern(64, 48), 2));
  expect(await panel.evaluate<string>(`document.body.innerText`)).toContain('screen pixels');
});

test('Firefox: the Lab opens a sample photograph', async ({ firefox, tab }) => {
  // The navigation never reports its end for extension pages.
  await tab.goto(`${firefox.origin}/lab.html`, { timeout: 2000 }).catch(() => undefined);
  const lab = await firefox.surface('lab.html');
  await expect.poll(() => lab.evaluate(`document.querySelectorAll('button[aria-label*="chelsea"]').length`)).toBeGreaterThan(0);
  await lab.evaluate(`document.querySelector('button[aria-label*="chelsea"]').click()`);
  await expectDrawn(lab, 'Input', readPng(photo('chelsea.png')));
});

test('Firefox: a chain saved in the panel is in the native menu and runs from it', async ({ firefox, tab, site }) => {
  const address = pageAt(site.origin, { images: ['/pattern-64x48.png'] });
  await tab.goto(address);
  await firefox.chooseNative(tab, '#i0', 'Max-pool 2 × 2');
  const panel = await firefox.surface('panel.html');
  await expectDrawn(panel, 'Output', maxPool(pattern(64, 48), 2));
  await panel.evaluate(`(() => {
    const type = (field, text) => {
      field.value = text;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
    };
    type(document.querySelector('input[aria-label="Kernel"], input[role=spinbutton]'), '4');
  })()`);
  await expectDrawn(panel, 'Output', maxPool(pattern(64, 48), 4));
  await panel.evaluate(`document.querySelector('.chain-picker button').click()`);
  await expect.poll(() => panel.evaluate(`document.querySelectorAll('.save-chain').length`)).toBe(1);
  await panel.evaluate(`(async () => {
    const field = document.querySelector('.save-chain input');
    field.value = 'Four & more';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve, 50));
    document.querySelector('.save-chain').requestSubmit();
  })()`);
  await expect.poll(() => panel.evaluate<string>(`document.querySelector('.save-chain').innerText`)).toContain('is saved');

  await tab.goto(address);
  await firefox.chooseNative(tab, '#i0', 'Four & more');
  await expectDrawn(await firefox.surface('panel.html'), 'Output', maxPool(pattern(64, 48), 4));
});

test('Firefox: the options list the entries of the menu and what is kept', async ({ firefox, tab }) => {
  await tab.goto(`${firefox.origin}/options.html`, { timeout: 2000 }).catch(() => undefined);
  const options = await firefox.surface('options.html');
  const words = () => options.evaluate<string>(`document.body.innerText`);
  await expect.poll(words).toContain('Max-pool 2 × 2');
  expect(await words()).toContain('No site is allowed.');
  await expect.poll(words).toMatch(/\d+ pictures?, [\d.]+\s(?:B|kB|MB)/);
});
