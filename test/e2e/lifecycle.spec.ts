import type { Page } from 'playwright/test';
import { launch } from '../../scripts/lib/extension.mjs';
import { chooseEntry, panelOf } from '../../scripts/lib/panel.mjs';
import { test as base, type Extension, expect, expectPixels, openPanel } from './support/fixtures';
import { maxPool, pattern } from './support/raster';
import { pageAt } from './support/server';

/** A browser of its own, whose service worker may be killed. */
const test = base.extend<{ mortal: { extension: Extension; page: Page; kill(): Promise<void> } }>({
  mortal: async ({ program }, use) => {
    const extension = await launch(program);
    const page = await extension.context.newPage();
    const session = await extension.context.newCDPSession(page);
    let stops = 0;
    session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
      stops += versions.filter(({ runningStatus }) => runningStatus === 'stopped').length;
    });
    await session.send('ServiceWorker.enable');
    const kill = async () => {
      const before = stops;
      await session.send('ServiceWorker.stopAllWorkers');
      await expect.poll(() => stops).toBeGreaterThan(before);
    };
    await use({ extension, page, kill });
    await extension.close();
  },
});

const x = pattern(64, 48);

test('a service worker killed as soon as the panel is there loses nothing', async ({ mortal, site }) => {
  const { extension, page, kill } = mortal;
  const path = '/pattern-64x48.png';
  await page.goto(pageAt(site.origin, { images: [path] }));
  await chooseEntry(extension, page, 'maxPool', { srcUrl: site.origin + path });
  const panel = await panelOf(page);
  await kill();
  await expectPixels(panel, 'Output', maxPool(x, 2));
});

test('a service worker killed while the picture is on its way loses nothing', async ({ mortal, site }) => {
  const { extension, page, kill } = mortal;
  const path = '/pattern-64x48.png?wait=1500';
  await page.goto(pageAt(site.origin, { images: [path] }), { waitUntil: 'load' });
  site.asked();
  await chooseEntry(extension, page, 'maxPool', { srcUrl: site.origin + path });
  await expect.poll(() => site.asked(), { timeout: 5000 }).toContain(path);
  await kill();
  await expectPixels(await panelOf(page), 'Output', maxPool(x, 2));
});

test('an open panel goes on after the service worker was killed: controls, replace, save', async ({ mortal, site }) => {
  const { extension, page, kill } = mortal;
  await page.goto(pageAt(site.origin, { images: ['/pattern-64x48.png'] }));
  const panel = await openPanel(extension, page, 'maxPool');
  await kill();
  await panel.getByRole('spinbutton', { name: 'Kernel', exact: true }).fill('4');
  await expectPixels(panel, 'Output', maxPool(x, 4));
  await panel.getByRole('button', { name: 'Replace on page' }).click();
  await expect.poll(() => page.locator('#i0').evaluate((at: HTMLImageElement) => at.naturalWidth)).toBe(16);
  const [lab] = await Promise.all([
    extension.context.waitForEvent('page'),
    panel.getByRole('button', { name: 'Open in Lab' }).click(),
  ]);
  await expectPixels(lab, 'Output', maxPool(x, 4));
});

test('a tab closed in mid-work leaves no error in the service worker', async ({ mortal, site }) => {
  const { extension, page: anchor } = mortal;
  await extension.worker.evaluate(() => {
    const errors: string[] = [];
    Object.assign(globalThis, { errors });
    addEventListener('unhandledrejection', (event) => void errors.push(String((event as PromiseRejectionEvent).reason)));
    addEventListener('error', (event) => void errors.push(String((event as ErrorEvent).message)));
  });
  for (const delay of [0, 30, 80, 160]) {
    const page = await extension.context.newPage();
    const path = '/pattern-2000x1500.png?wait=50';
    await page.goto(pageAt(site.origin, { images: [path] }));
    await chooseEntry(extension, page, 'blur', { srcUrl: site.origin + path });
    await new Promise((resolve) => setTimeout(resolve, delay));
    await page.close();
  }
  await anchor.goto(pageAt(site.origin, { images: ['/pattern-64x48.png'] }));
  await expectPixels(await openPanel(extension, anchor, 'maxPool'), 'Output', maxPool(x, 2));
  expect(await extension.worker.evaluate(() => Reflect.get(globalThis, 'errors'))).toEqual([]);
});
