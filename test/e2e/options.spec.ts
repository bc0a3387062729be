import type { Page } from 'playwright/test';
import { emptyStorage, hasEntry, putInto as put, storageOf } from '../../scripts/lib/keeping.mjs';
import { painted, type panelOf } from '../../scripts/lib/panel.mjs';
import { findings } from './support/axe';
import { type Extension, expect, openPanel, test } from './support/fixtures';
import { withPopup } from './support/popup';
import { pageAt } from './support/server';

const relu = { version: 1, input: 'unit', steps: [{ op: 'relu', params: {} }] };

async function optionsOf(extension: Extension, page: Page): Promise<Page> {
  await page.goto(`chrome-extension://${extension.id}/options.html`);
  await expect(page.getByRole('heading', { name: 'Context menu' })).toBeVisible();
  return page;
}
const titles = (page: Page): Promise<string[]> =>
  page
    .getByRole('region', { name: 'Context menu' })
    .getByRole('listitem')
    .evaluateAll((rows) => rows.map((row) => row.textContent ?? ''));

test.beforeEach(({ extension }) => emptyStorage(extension));
test.afterAll(({ extension }) => emptyStorage(extension));

test('entries of the context menu are moved, removed and added by keyboard, and the menu follows', async ({
  extension,
  page,
}) => {
  await optionsOf(extension, page);
  const before = await titles(page);
  await page.getByRole('button', { name: 'Move Blur', exact: true }).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('button', { name: 'Move Blur', exact: true })).toBeFocused();
  expect(await titles(page)).toEqual([before[0], 'Blur', ...before.slice(1).filter((title) => title !== 'Blur')]);
  await page.getByRole('button', { name: 'Remove ReLU from the menu' }).press('Enter');
  await expect.poll(() => hasEntry(extension, 'relu')).toBe(false);
  await page.getByRole('combobox', { name: 'Entry to add' }).selectOption({ label: 'Sigmoid' });
  await page.getByRole('button', { name: 'Add' }).press('Enter');
  await expect.poll(() => hasEntry(extension, 'op:sigmoid')).toBe(true);
  const after = await titles(page);
  expect(after.at(-1)).toBe('Sigmoid');
  await page.reload();
  await expect.poll(() => titles(page)).toEqual(after);
  await page.getByRole('button', { name: 'Back to the first list' }).click();
  expect(await titles(page)).toEqual(before);
  await expect.poll(() => hasEntry(extension, 'relu')).toBe(true);
});

test('an entry is dragged to another place', async ({ extension, page }) => {
  await optionsOf(extension, page);
  const from = await page.getByRole('button', { name: 'Move Max-pool 2 × 2', exact: true }).boundingBox();
  const to = await page.getByRole('button', { name: 'Move Upsample 2×, nearest', exact: true }).boundingBox();
  if (!from || !to) throw new Error('a handle has no place');
  await page.mouse.move(from.x + 8, from.y + 8);
  await page.mouse.down();
  await page.mouse.move(to.x + 8, to.y + 4, { steps: 8 });
  await page.mouse.up();
  await expect
    .poll(async () => (await titles(page)).slice(0, 3))
    .toEqual(['Average-pool 2 × 2', 'Upsample 2×, nearest', 'Max-pool 2 × 2']);
  await expect
    .poll(async () => Reflect.get(await storageOf(extension), 'setting:menu'))
    .toEqual(expect.arrayContaining(['avgPool', 'nearest', 'maxPool']));
});

test('an op that was added to the menu runs from it', async ({ extension, page, site }) => {
  await put(extension, { 'setting:menu': ['op:grey'] });
  await expect.poll(() => hasEntry(extension, 'op:grey')).toBe(true);
  await page.goto(pageAt(site.origin, { images: ['/pattern-40x30.png'] }));
  const panel = await openPanel(extension, page, 'op:grey');
  await expect(panel.getByRole('button', { name: /^Operation: Grey/ })).toBeVisible();
});

test('an entry that was taken out while the menu stood open still does what it says', async ({ extension, page, site }) => {
  await put(extension, { 'setting:menu': ['maxPool'] });
  await page.goto(pageAt(site.origin, { images: ['/pattern-40x30.png'] }));
  const panel = await openPanel(extension, page, 'avgPool');
  await expect(panel.getByRole('button', { name: /^Operation: Average-pool/ })).toBeVisible();
});

test('a saved chain is renamed, taken out of the menu, removed and put back', async ({ extension, page }) => {
  await put(extension, { 'chain:ab': { name: 'Mine', saved: 1, scene: relu }, 'setting:menu': ['maxPool', 'chain:ab'] });
  await optionsOf(extension, page);
  await page.getByRole('textbox', { name: 'Name of “Mine”' }).fill('Ours');
  await page.keyboard.press('Enter');
  await expect.poll(() => titles(page)).toEqual(['Max-pool 2 × 2', 'Ours']);
  await page.getByRole('switch', { name: '“Ours” in the context menu' }).click();
  await expect.poll(() => titles(page)).toEqual(['Max-pool 2 × 2']);
  await expect.poll(() => hasEntry(extension, 'chain:ab')).toBe(false);
  await page.getByRole('button', { name: 'Remove the chain “Ours”' }).click();
  await expect(page.getByText('No chain is saved yet.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('textbox', { name: 'Name of “Ours”' })).toBeVisible();
});

test('a chain that cannot be read is said, and the others and the menu work', async ({ extension, page }) => {
  const broken = { ...relu, steps: [{ op: 'maxPool2d', params: { kernelSize: 'huge' } }] };
  await put(extension, {
    'chain:bad': { name: 'Of another time', saved: 1, scene: broken },
    'chain:good': { name: 'Good', saved: 2, scene: relu },
    'recent:bad': 'nonsense',
    'setting:menu': ['chain:bad', 'chain:good', 'nonsense'],
  });
  await expect.poll(() => hasEntry(extension, 'chain:good')).toBe(true);
  expect(await hasEntry(extension, 'chain:bad')).toBe(false);
  await optionsOf(extension, page);
  await expect(page.getByRole('alert')).toContainText('“Of another time” cannot be read and is left out.');
  expect(await titles(page)).toEqual(['Good']);
  await page.getByRole('alert').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(Object.keys(await storageOf(extension))).not.toContain('chain:bad');
});

test('panel, popup and Lab start with the chosen mapping, way of comparing and theme', async ({ extension, page, site }) => {
  await optionsOf(extension, page);
  await page.getByRole('combobox', { name: 'Show values as' }).selectOption({ label: 'Absolute value' });
  await page.getByRole('radio', { name: 'Split' }).check({ force: true });
  await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
  await expect.poll(async () => Object.keys(await storageOf(extension)).length).toBe(3);
  await page.goto(`chrome-extension://${extension.id}/lab.html`);
  await page.getByRole('button', { name: 'Open sample chelsea.png' }).click();
  await painted(page);
  const look = (at: Page | Awaited<ReturnType<typeof panelOf>>) =>
    at.evaluate(() => [
      document.documentElement.dataset.theme,
      document.querySelector<HTMLInputElement>('input[value=split]')?.checked,
      document.querySelector<HTMLSelectElement>('.display select')?.value,
    ]);
  await expect.poll(() => look(page)).toEqual(['dark', true, 'abs']);
  await page.goto(pageAt(site.origin, { images: ['/pattern-40x30.png'] }));
  const panel = await openPanel(extension, page, 'maxPool');
  expect(await look(panel)).toEqual(['dark', true, 'abs']);
  await withPopup(extension, page, async (popup) => {
    await popup.waitForSelector('canvas[aria-label="Output"]');
    expect(await popup.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    expect(await popup.$eval('.display select', (at) => at instanceof HTMLSelectElement && at.value)).toBe('abs');
  });
});

test('a hint is shown until it is put away, one at a visit, and comes back when the options are asked', async ({
  extension,
  page,
}) => {
  const visit = async () => {
    await page.goto('about:blank');
    await page.goto(`chrome-extension://${extension.id}/lab.html`);
    await page.getByRole('button', { name: 'Open sample chelsea.png' }).click();
    await painted(page);
  };
  const hint = page.getByRole('complementary', { name: 'Hint' });
  await visit();
  const first = await hint.locator('span').textContent();
  await hint.getByRole('button', { name: 'Got it' }).click();
  await expect(hint).toHaveCount(0);
  await visit();
  await expect(hint).toBeVisible();
  expect(await hint.locator('span').textContent()).not.toBe(first);
  await page.keyboard.press('Escape');
  await expect(hint).toHaveCount(0);
  await visit();
  await expect(hint).toHaveCount(0);
  await optionsOf(extension, page);
  await expect(page.getByText('2 hints were put away.')).toBeVisible();
  await page.getByRole('button', { name: 'Show hints again' }).click();
  await expect(page.getByText('No hint was put away.')).toBeVisible();
  await visit();
  expect(await hint.locator('span').textContent()).toBe(first);
});

test('Esc closes the panel while its hint is shown; on the hint itself it puts the hint away', async ({
  extension,
  page,
  site,
}) => {
  await page.goto(pageAt(site.origin, { images: ['/pattern-40x30.png'] }));
  const panel = await openPanel(extension, page, 'maxPool');
  await panel.getByRole('button', { name: 'Got it' }).press('Escape');
  await expect(panel.getByRole('button', { name: 'Got it' })).toHaveCount(0);
  await expect(panel.getByRole('dialog', { name: 'ConvScope' })).toBeVisible();
  await page.reload();
  const again = await openPanel(extension, page, 'maxPool');
  await expect(again.getByRole('button', { name: 'Got it' })).toBeVisible();
  await again.getByRole('dialog', { name: 'ConvScope' }).press('Escape');
  await expect.poll(() => page.frames().length).toBe(1);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the options, with chains and while asked to clear, ${colorScheme}`, async ({ extension, page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await put(extension, {
      'chain:ab': { name: 'Mine', saved: 1, scene: relu },
      'chain:bad': { name: 'Broken', saved: 1, scene: null },
    });
    await optionsOf(extension, page);
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Clear everything' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });

  test(`axe finds nothing on the Lab's start with recent work and in the list of chains, ${colorScheme}`, async ({
    extension,
    page,
    site,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const work = { picture: 'sample-coffee', name: 'coffee.png', scene: relu, step: 0, compare: 'side', mapping: 'auto', at: 1 };
    await put(extension, {
      'chain:ab': { name: 'Mine', saved: 1, scene: relu },
      'recent:cd': { used: 1, scene: { ...relu, steps: [...relu.steps, ...relu.steps] } },
      work,
    });
    await page.goto(`chrome-extension://${extension.id}/lab.html`);
    await expect(page.getByRole('button', { name: /^Continue/ })).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.goto(pageAt(site.origin, { images: ['/photos/chelsea.png'] }));
    const panel = await openPanel(extension, page, 'maxPool');
    await panel.getByRole('button', { name: 'Chains' }).click();
    await expect(panel.getByRole('dialog', { name: 'Chains' })).toBeVisible();
    expect(await findings(panel)).toEqual([]);
  });
}
