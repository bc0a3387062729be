// What every story needs: the extension in a headless Chromium, two web sites, a page that is closed afterwards.
import { join } from 'node:path';
import { test as base, expect, type Frame, type Page } from 'playwright/test';
import { ensureChromium } from '../../../scripts/lib/chromium.mjs';
import { launch } from '../../../scripts/lib/extension.mjs';
import { chooseEntry, painted, panelOf, pixelsOf } from '../../../scripts/lib/panel.mjs';
import { root } from '../../../scripts/lib/process.mjs';
import { serveFolder } from './folder';
import { difference, type Raster } from './raster';
import { type Site, startSite } from './server';

export type Extension = Awaited<ReturnType<typeof launch>>;

interface Shared {
  /** Path of Chromium. */
  readonly program: string;
  readonly extension: Extension;
  /** The site that a page comes from. */
  readonly site: Site;
  /** Another origin: cdn.test, for the pictures of others. */
  readonly cdn: Site & { readonly url: string };
  /** Address of the Lab as a plain web page. */
  readonly hosted: string;
}

/** Names ending in .test are this machine. */
export const nameRules = '--host-resolver-rules=MAP *.test 127.0.0.1';

// Playwright wants a pattern as the first argument of a fixture; `browserName: _` is one that starts nothing.
export const test = base.extend<{ page: Page }, Shared>({
  program: [
    async ({ browserName: _ }, use) => {
      await use(await ensureChromium());
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  extension: [
    async ({ program }, use) => {
      const extension = await launch(program, { args: [nameRules] });
      await use(extension);
      await extension.close();
    },
    { scope: 'worker' },
  ],
  site: [
    async ({ browserName: _ }, use) => {
      const site = await startSite();
      await use(site);
      await site.close();
    },
    { scope: 'worker' },
  ],
  cdn: [
    async ({ browserName: _ }, use) => {
      const site = await startSite();
      await use({ ...site, url: `http://cdn.test:${site.port}` });
      await site.close();
    },
    { scope: 'worker' },
  ],
  hosted: [
    async ({ browserName: _ }, use) => {
      const folder = await serveFolder(process.env.DIST_LAB ?? join(root, 'dist-lab'));
      await use(folder.url);
      folder.close();
    },
    { scope: 'worker' },
  ],
  page: async ({ extension }, use) => {
    const page = await extension.context.newPage();
    await use(page);
    for (const other of extension.context.pages().slice(1)) await other.close();
  },
});

export { expect };

/** Anything that shows the two views: the panel's frame, the Lab's page. */
export type Surface = Frame | Page;

/** Chooses a menu entry for the picture `#i0` (or another) of the page and waits for the result in the panel. */
export async function openPanel(extension: Extension, page: Page, entry: string, selector = '#i0'): Promise<Frame> {
  const srcUrl = await page
    .locator(selector)
    .evaluate((image) => (image instanceof HTMLImageElement ? image.currentSrc : undefined));
  await chooseEntry(extension, page, entry, { srcUrl });
  const panel: Frame = await panelOf(page);
  await painted(panel);
  return panel;
}

/** The view comes to hold exactly these pixels (or within `tolerance` steps of 255). */
export async function expectPixels(at: Surface, name: 'Input' | 'Output', expected: Raster, tolerance = 0): Promise<void> {
  await expect
    .poll(
      async () => {
        await painted(at, name);
        return difference(await pixelsOf(at, name), expected, tolerance);
      },
      { message: `pixels of ${name}`, timeout: 15_000 },
    )
    .toBeNull();
}
