import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { freshProfile, launch } from '../../scripts/lib/extension.mjs';
import { hasEntry, picturesOf, putInto, storageOf } from '../../scripts/lib/keeping.mjs';
import { addOperation } from '../../scripts/lib/lab.mjs';
import { painted } from '../../scripts/lib/panel.mjs';
import { root } from '../../scripts/lib/process.mjs';
import { chooseFile } from './support/chooseFile';
import { test as base, type Extension, expect, expectPixels, nameRules, openPanel } from './support/fixtures';
import { serveFolder } from './support/folder';
import { maxPool, pattern } from './support/raster';
import { pageAt, pngOf } from './support/server';

/** A browser that can be restarted with all that it kept. */
const test = base.extend<{ machine: { start(): Promise<Extension> } }>({
  machine: async ({ program }, use) => {
    const profile = freshProfile();
    let running: Extension | null = null;
    await use({
      async start() {
        await running?.close();
        running = await launch(program, { kept: profile.folder, args: [nameRules] });
        return running;
      },
    });
    const last: Extension | null = running;
    await (last as Extension | null)?.close();
    profile.remove();
  },
});

/** A browser is started twice in most of these. */
test.describe.configure({ timeout: 120_000 });

const x = pattern(50, 40);
const file = { name: 'mine.png', mimeType: 'image/png', buffer: Buffer.from(pngOf(x)) };

async function labOf(extension: Extension): Promise<Page> {
  const page = await extension.context.newPage();
  await page.goto(`chrome-extension://${extension.id}/lab.html`);
  await expect(page.getByText('Drop a picture here')).toBeVisible();
  return page;
}

/** Opens the picture in the Lab, max-pools it by 3 × 3 in split view, and waits until that counts as used. */
async function work(extension: Extension): Promise<Page> {
  const page = await labOf(extension);
  await bring(page);
  await page.getByRole('radio', { name: 'Split' }).check({ force: true });
  const kept = async () => JSON.stringify(await storageOf(extension));
  await expect.poll(kept).toContain('"recent:');
  await expect.poll(kept).toContain('"compare":"split"');
  return page;
}

/** Opens the picture and max-pools it by 3 × 3. */
async function bring(page: Page): Promise<void> {
  await chooseFile(page, file);
  await painted(page);
  await page.getByRole('spinbutton', { name: 'Kernel', exact: true }).fill('3');
  await expectPixels(page, 'Output', maxPool(x, 3));
}

test('after a restart one click goes on with the picture, the chain and the way of comparing', async ({ machine }) => {
  await work(await machine.start());

  const page = await labOf(await machine.start());
  await expect(page.getByRole('button', { name: 'Open mine.png' })).toBeVisible();
  await page.getByRole('button', { name: /^Continue/ }).click();
  await expectPixels(page, 'Output', maxPool(x, 3));
  await expect(page.getByRole('radio', { name: 'Split' })).toBeChecked();
});

test('after a restart one click brings back the two steps that were compared', async ({ machine }) => {
  const extension = await machine.start();
  const before = await labOf(extension);
  await bring(before);
  await addOperation(before, 'interpolate');
  await before.getByRole('combobox', { name: 'The first view shows' }).selectOption('1 Max-pool');
  await before.getByRole('combobox', { name: 'The second view shows' }).selectOption('Input');
  const kept = async () => JSON.stringify(await storageOf(extension));
  await expect.poll(kept).toMatch(/"from":0,.*"to":-1/);

  const page = await labOf(await machine.start());
  await page.getByRole('button', { name: /^Continue/ }).click();
  await expect(page.getByRole('combobox', { name: 'The first view shows' })).toHaveValue('0');
  await expect(page.getByRole('combobox', { name: 'The second view shows' })).toHaveValue('-1');
  await expectPixels(page, 'Input', x);
});

test('after a restart a recent picture opens, and a recent chain opens on it', async ({ machine }) => {
  await work(await machine.start());

  const extension = await machine.start();
  const page = await labOf(extension);
  await page.getByRole('button', { name: 'Open mine.png' }).click();
  await expectPixels(page, 'Output', maxPool(x, 2));
  const other = await labOf(extension);
  await other.getByRole('button', { name: /^Max-pool/ }).click();
  await expectPixels(other, 'Output', maxPool(x, 3));
});

test('a chain saved in the panel is in the context menu after a restart, and runs there', async ({ machine, site }) => {
  const first = await machine.start();
  const page = await first.context.newPage();
  await page.goto(pageAt(site.origin, { images: ['/pattern-50x40.png'] }));
  const panel = await openPanel(first, page, 'maxPool');
  await panel.getByRole('spinbutton', { name: 'Kernel', exact: true }).fill('4');
  await expectPixels(panel, 'Output', maxPool(x, 4));
  await panel.getByRole('button', { name: 'Chains' }).click();
  await panel.getByRole('textbox', { name: 'Save this chain as' }).fill('Big & bold');
  await panel.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(panel.getByText('“Big & bold” is saved.')).toBeVisible();

  const second = await machine.start();
  const [key = ''] = Object.keys(await storageOf(second)).filter((name) => name.startsWith('chain:'));
  await expect.poll(() => hasEntry(second, key)).toBe(true);
  const again = await second.context.newPage();
  await again.goto(pageAt(site.origin, { images: ['/pattern-50x40.png'] }));
  const panelAgain = await openPanel(second, again, key);
  await expectPixels(panelAgain, 'Output', maxPool(x, 4));
  await panelAgain.getByRole('button', { name: 'Chains' }).click();
  await expect(panelAgain.getByRole('button', { name: /^Big & bold/ })).toBeVisible();
});

test('Clear everything leaves no picture, no chain, no setting and no entry of the menu', async ({ machine, site }) => {
  const extension = await machine.start();
  const lab = await work(extension);
  const page = await extension.context.newPage();
  await page.goto(pageAt(site.origin, { images: ['/pattern-50x40.png'] }));
  const panel = await openPanel(extension, page, 'maxPool');
  await panel.getByRole('button', { name: 'Chains' }).click();
  await panel.getByRole('button', { name: 'Save', exact: true }).click();
  await expect.poll(async () => Object.keys(await storageOf(extension)).some((name) => name.startsWith('chain:'))).toBe(true);
  const [key = ''] = Object.keys(await storageOf(extension)).filter((name) => name.startsWith('chain:'));
  await expect.poll(() => hasEntry(extension, key)).toBe(true);
  await lab.close();
  await page.close();

  const options = await extension.context.newPage();
  await options.goto(`chrome-extension://${extension.id}/options.html`);
  await expect(options.getByText(/^2 pictures/)).toBeVisible();
  await options.getByRole('radio', { name: 'Dark' }).check({ force: true });
  await expect.poll(async () => Reflect.get(await storageOf(extension), 'setting:theme')).toBe('dark');
  await options.getByRole('button', { name: 'Clear everything' }).click();
  await options.getByRole('dialog').getByRole('button', { name: 'Keep' }).click();
  expect(await picturesOf(options)).toBe(2);
  await options.getByRole('button', { name: 'Clear everything' }).click();
  await options.getByRole('dialog').getByRole('button', { name: 'Clear everything' }).click();
  await expect(options.getByText('Everything is cleared.')).toBeVisible();
  expect(await picturesOf(options)).toBe(0);
  expect(await storageOf(extension)).toEqual({});
  expect(await storageOf(extension, 'session')).toEqual({});
  await expect.poll(() => hasEntry(extension, key)).toBe(false);
  expect(await hasEntry(extension, 'maxPool')).toBe(true);
  expect(await options.evaluate(() => document.documentElement.dataset.theme ?? 'system')).toBe('system');

  const after = await labOf(await machine.start());
  await expect(after.getByRole('button', { name: 'Open sample chelsea.png' })).toBeVisible();
  await expect(after.getByText('Recent')).toHaveCount(0);
  await expect(after.getByRole('button', { name: /^Continue/ })).toHaveCount(0);
});

test('the Lab as a plain web page finds its work again after a restart, and clears it', async ({ machine }) => {
  const folder = await serveFolder(process.env.DIST_LAB ?? join(root, 'dist-lab'));
  try {
    const first = await (await machine.start()).context.newPage();
    await first.goto(folder.url);
    await bring(first);
    await expect.poll(() => first.evaluate(() => Object.keys(localStorage).join())).toContain('convscope.recent:');
    await expect.poll(() => first.evaluate(() => localStorage.getItem('convscope.work'))).toContain('maxPool2d');

    const page = await (await machine.start()).context.newPage();
    await page.goto(folder.url);
    await page.getByRole('button', { name: /^Continue/ }).click();
    await expectPixels(page, 'Output', maxPool(x, 3));
    await page.goto('about:blank');
    await page.goto(folder.url);
    await page.getByRole('button', { name: 'Clear recent work' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Clear recent work' }).click();
    await expect(page.getByRole('button', { name: /^Continue/ })).toHaveCount(0);
    expect(await picturesOf(page)).toBe(0);
  } finally {
    folder.close();
  }
});

test('Clear recent work in the Lab leaves saved chains', async ({ machine }) => {
  const extension = await machine.start();
  await work(extension);
  await putInto(extension, {
    'chain:ab': { name: 'Mine', saved: 1, scene: { version: 1, input: 'unit', steps: [{ op: 'relu', params: {} }] } },
  });
  const page = await labOf(extension);
  await page.getByRole('button', { name: 'Clear recent work' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Clear recent work' }).click();
  await expect(page.getByText('Recent pictures')).toHaveCount(0);
  expect(await picturesOf(page)).toBe(0);
  expect(Object.keys(await storageOf(extension)).filter((name) => /^(?:recent|work|chain)/.test(name))).toEqual(['chain:ab']);
});
