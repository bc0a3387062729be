// Pictures of every surface, from the real extension on real photographs: `node scripts/screenshots.mjs [--docs]`.
// They go to out/screenshots; with --docs the ones that the README shows also go to docs/images.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startGallery } from './gallery/server.mjs';
import { ensureChromium } from './lib/chromium.mjs';
import { withoutDesk } from './lib/desk.mjs';
import { launch } from './lib/extension.mjs';
import { recordRightClick } from './lib/film.mjs';
import { putInto, withoutHints } from './lib/keeping.mjs';
import { changeOperation } from './lib/lab.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { chooseEntry, closePanel, painted, panelOf } from './lib/panel.mjs';
import { openPopup } from './lib/popup.mjs';
import { command, onPath, root, run } from './lib/process.mjs';

const folder = join(root, 'out', 'screenshots');
const shown = { 'panel-light-wide': 'panel', 'popup-light': 'popup', 'lab-dark-wide': 'lab' };
const widths = { wide: { width: 1280, height: 800 }, narrow: { width: 420, height: 860 } };

/** The result is final: it can be saved. */
const saveable = () =>
  [...document.querySelectorAll('button')].some((at) => /Save PNG|Export/.test(at.textContent + at.ariaLabel) && !at.disabled);

async function panel(extension, page, url, name, entry) {
  await page.goto(url);
  const picture = page.locator('img').first();
  await picture.scrollIntoViewIfNeeded();
  await chooseEntry(extension, page, entry, { srcUrl: await picture.evaluate((image) => image.currentSrc) });
  const frame = await panelOf(page);
  await painted(frame);
  await frame.waitForFunction(saveable);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await closePanel(page, frame);
}

async function lab(extension, page, name) {
  await page.goto(`chrome-extension://${extension.id}/lab.html`);
  await page.screenshot({ path: join(folder, `${name}-start.png`) });
  await page.getByRole('button', { name: 'Open sample coffee.png' }).click();
  await painted(page);
  await changeOperation(page, 'conv2d');
  await page.waitForFunction(() => /Kernel/.test(document.body.innerText));
  await painted(page);
  await page.waitForFunction(saveable);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** Saved chains, an entry of their own in the menu: what a person has after a while. */
const kept = {
  'chain:edges': { name: 'Edges, then the strongest', saved: 1, scene: sceneOf('conv2d', 'maxPool2d') },
  'chain:block': { name: 'Two layers', saved: 2, scene: sceneOf('conv2d', 'relu', 'conv2d', 'relu') },
  'setting:menu': ['maxPool', 'avgPool', 'edges', 'blur', 'op:medianPool2d', 'chain:edges'],
};
function sceneOf(...ops) {
  return { version: 1, input: 'unit', steps: ops.map((op) => ({ op, params: {} })) };
}

async function options(extension, page, name) {
  await page.goto(`chrome-extension://${extension.id}/options.html`);
  await page.getByRole('textbox', { name: /Two layers/ }).waitFor();
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

async function popup(extension, page, url, colorScheme) {
  await page.goto(url);
  const { popup, close } = await openPopup(extension, page);
  await popup.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: colorScheme }]);
  await popup.waitForSelector('canvas[aria-label="Output"]');
  await popup.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
  await popup.locator('.strip [aria-label*="coffee"]').click();
  await popup.locator('[role=option][data-op=conv2d]').click();
  await popup.waitForFunction(() => /600 × 400/.test(document.querySelector('figure.input')?.textContent ?? ''));
  await popup.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
  await popup.waitForFunction(saveable);
  await popup.screenshot({ path: join(folder, `popup-${colorScheme}.png`) });
  await close();
}

/** Copies a picture, in 256 colours where ImageMagick is at hand: half the bytes. */
async function publish(from, to) {
  const convert = onPath('convert');
  if (convert) await run(convert, [from, '-colors', '256', `PNG8:${to}`]);
  else copyFileSync(from, to);
}

await command(async () => {
  await ensurePackages();
  const program = await ensureChromium();
  mkdirSync(folder, { recursive: true });
  const gallery = await startGallery();
  const extension = await launch(program);
  try {
    await withoutHints(extension);
    await putInto(extension, kept);
    const page = await extension.context.newPage();
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      for (const [width, viewport] of Object.entries(widths)) {
        await page.setViewportSize(viewport);
        await panel(extension, page, gallery.url, `panel-${colorScheme}-${width}`, width === 'wide' ? 'maxPool' : 'edges');
        await lab(extension, page, `lab-${colorScheme}-${width}`);
        await options(extension, page, `options-${colorScheme}-${width}`);
      }
      await page.setViewportSize(widths.wide);
      await popup(extension, page, gallery.url, colorScheme);
    }
    console.log(`Screenshots: ${folder}`);
    if (!process.argv.includes('--docs')) return;
    const images = join(root, 'docs', 'images');
    mkdirSync(images, { recursive: true });
    for (const [name, short] of Object.entries(shown)) await publish(join(folder, `${name}.png`), join(images, `${short}.png`));
    const reason = withoutDesk();
    if (reason) console.log(`No animation: ${reason}.`);
    else
      console.log(
        (await recordRightClick(program, gallery.url, join(images, 'right-click.gif'))) ??
          'No animation: ImageMagick is not here.',
      );
  } finally {
    await extension.close();
    gallery.close();
  }
});
