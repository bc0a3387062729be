import { readFile } from 'node:fs/promises';
import { closePanel, painted, pixelsOf } from '../../scripts/lib/panel.mjs';
import { readNpy } from '../image/npy/readNpy';
import { expect, expectPixels, openPanel, test } from './support/fixtures';
import { withPopup } from './support/popup';
import { difference, maxPool, pattern, readPng } from './support/raster';
import { pageAt } from './support/server';

const x = pattern(90, 60);

test.beforeEach(async ({ page, site }) => {
  await page.goto(pageAt(site.origin, { images: ['/pattern-90x60.png'] }));
});

test('a kernel size typed or stepped by keyboard changes the size and the pixels of the output', async ({ extension, page }) => {
  const panel = await openPanel(extension, page, 'maxPool');
  const kernel = panel.getByRole('spinbutton', { name: 'Kernel', exact: true });
  await kernel.focus();
  await page.keyboard.press('ArrowUp');
  await expectPixels(panel, 'Output', maxPool(x, 3));
  await kernel.fill('6');
  await expectPixels(panel, 'Output', maxPool(x, 6));
  await expect(panel.getByText('15 × 10').first()).toBeVisible();
});

test('a stride of its own makes windows overlap', async ({ extension, page }) => {
  const panel = await openPanel(extension, page, 'maxPool');
  await panel.getByRole('switch', { name: 'Set Stride by hand' }).click();
  await panel.getByRole('spinbutton', { name: 'Stride', exact: true }).fill('1');
  await expectPixels(panel, 'Output', maxPool(x, 2, 1));
});

test('a switch keeps the focus when it is pressed by key, and turns back by the same key', async ({ extension, page }) => {
  const panel = await openPanel(extension, page, 'maxPool');
  const byHand = panel.getByRole('switch', { name: 'Set Stride by hand' });
  await byHand.focus();
  await page.keyboard.press('Space');
  await expect(byHand).toHaveAttribute('aria-checked', 'true');
  await expect(byHand).toBeFocused();
  await page.keyboard.press('Space');
  await expect(byHand).toHaveAttribute('aria-checked', 'false');
  await expect(byHand).toBeFocused();
});

test('a click counts though the button moves away between press and release, unless the pointer leaves', async ({
  extension,
  page,
}) => {
  const panel = await openPanel(extension, page, 'maxPool');
  const byHand = panel.getByRole('switch', { name: 'Set Stride by hand' });
  const press = async () => {
    const box = await byHand.boundingBox();
    await page.mouse.move(box!.x + box!.width / 2, box!.y + box!.height / 2);
    await page.mouse.down();
    return box!;
  };
  await press();
  await panel.locator('.body').evaluate((body) => {
    if (body instanceof HTMLElement) body.style.transform = 'translateX(-12rem)';
  });
  await page.mouse.up();
  await expect(byHand).toHaveAttribute('aria-checked', 'true');
  const { x, y } = await press();
  await page.mouse.move(x + 4, y + 90, { steps: 4 });
  await page.mouse.up();
  await expect(byHand).toHaveAttribute('aria-checked', 'true');
});

test('on a slow machine nothing moves any more once the controls are there', async ({ extension, page }) => {
  const slow = await extension.context.newCDPSession(page);
  await slow.send('Emulation.setCPUThrottlingRate', { rate: 6 });
  await page.addInitScript(() => {
    if (!location.pathname.endsWith('panel.html')) return;
    const seen: string[] = [];
    Object.assign(globalThis, { seen });
    const look = () => {
      const top = document.querySelector('.body')?.getBoundingClientRect().top;
      if (top !== undefined && seen.at(-1) !== String(top)) seen.push(String(top));
      requestAnimationFrame(look);
    };
    look();
  });
  const panel = await openPanel(extension, page, 'maxPool');
  await panel.getByRole('switch', { name: 'Set Stride by hand' }).click();
  await panel.getByRole('spinbutton', { name: 'Stride', exact: true }).fill('1');
  await expectPixels(panel, 'Output', maxPool(x, 2, 1));
  await slow.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  expect(await panel.evaluate(() => Reflect.get(globalThis, 'seen'))).toHaveLength(1);
});

test('the split handle moves by arrow keys, Home and End', async ({ extension, page }) => {
  const panel = await openPanel(extension, page, 'maxPool');
  await panel.getByRole('radio', { name: 'Split' }).check({ force: true });
  const handle = panel.getByRole('slider', { name: 'Split position' });
  await handle.focus();
  const before = Number(await handle.getAttribute('aria-valuenow'));
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => Number(await handle.getAttribute('aria-valuenow'))).toBeGreaterThan(before);
  await page.keyboard.press('Home');
  await expect(handle).toHaveAttribute('aria-valuenow', '0');
  await page.keyboard.press('End');
  await expect(handle).toHaveAttribute('aria-valuenow', '100');
});

test('Replace on page shows the result in place of the picture, and undo puts the picture back', async ({ extension, page }) => {
  const panel = await openPanel(extension, page, 'maxPool');
  const image = page.locator('#i0');
  const box = await image.boundingBox();
  await panel.getByRole('button', { name: 'Replace on page' }).click();
  await expect.poll(() => image.evaluate((at: HTMLImageElement) => at.naturalWidth)).toBe(45);
  expect(await image.boundingBox()).toEqual(box);
  const shown = await image.evaluate(async (at: HTMLImageElement) => {
    const copy = new OffscreenCanvas(at.naturalWidth, at.naturalHeight).getContext('2d')!;
    copy.drawImage(at, 0, 0);
    return [...copy.getImageData(0, 0, at.naturalWidth, at.naturalHeight).data].filter((_, i) => i % 4 < 3);
  });
  const onPage = { width: 45, height: 30, data: Uint8Array.from(shown) };
  expect(difference(onPage, maxPool(x, 2))).toBeNull();
  await panel.getByRole('button', { name: 'Undo replace' }).click();
  await expect(image).toHaveAttribute('src', '/pattern-90x60.png');
  await expect.poll(() => image.evaluate((at: HTMLImageElement) => at.naturalWidth)).toBe(90);
});

test('a result that has changed can be put on the page again, and is not said to be there', async ({ extension, page }) => {
  const panel = await openPanel(extension, page, 'maxPool');
  const width = () => page.locator('#i0').evaluate((at: HTMLImageElement) => at.naturalWidth);
  const replace = panel.getByRole('button', { name: 'Replace on page' });
  const undo = panel.getByRole('button', { name: 'Undo replace' });
  await replace.click();
  await expect.poll(width).toBe(45);
  await expect(replace).toHaveCount(0);
  await panel.getByRole('spinbutton', { name: 'Kernel', exact: true }).fill('6');
  await expect(panel.getByText('The result is on the page.')).toHaveCount(0);
  await expect(undo).toBeEnabled();
  await replace.click();
  await expect.poll(width).toBe(15);
  await expect(panel.getByText('The result is on the page.')).toBeVisible();
  await undo.click();
  await expect.poll(width).toBe(90);
});

test('what an earlier panel put on the page can be taken away, from a new panel and from the popup', async ({
  extension,
  page,
}) => {
  const first = await openPanel(extension, page, 'maxPool');
  const image = page.locator('#i0');
  await first.getByRole('button', { name: 'Replace on page' }).click();
  await expect(first.getByRole('button', { name: 'Undo replace' })).toBeVisible();
  await closePanel(page, first);
  await withPopup(extension, page, async (popup) => {
    await popup.waitForSelector('[aria-label="Undo replace"]');
  });
  const second = await openPanel(extension, page, 'edges');
  await second.getByRole('button', { name: 'Undo replace' }).click();
  await expect(image).toHaveAttribute('src', '/pattern-90x60.png');
});

test('Save PNG downloads exactly the pixels of the result', async ({ extension, page }) => {
  const panel = await openPanel(extension, page, 'maxPool');
  const [download] = await Promise.all([page.waitForEvent('download'), panel.getByRole('button', { name: 'Save PNG' }).click()]);
  expect(download.suggestedFilename()).toBe('pattern-90x60-maxPool2d.png');
  expect(difference(readPng(await readFile(await download.path())), maxPool(x, 2))).toBeNull();
});

test('the menu beside it saves WebP and exact values, and leads to the Lab for more', async ({ extension, page }) => {
  const panel = await openPanel(extension, page, 'maxPool');
  const choose = async (name: string): Promise<void> => {
    await panel.getByRole('button', { name: 'Save as, or copy' }).click();
    await panel.getByRole('menuitem', { name, exact: true }).click();
  };
  const [values] = await Promise.all([page.waitForEvent('download'), choose('Values (NumPy .npy)')]);
  expect(values.suggestedFilename()).toBe('pattern-90x60-maxPool2d.npy');
  const { shape, data } = readNpy(await readFile(await values.path()));
  expect(shape).toEqual([1, 3, 30, 45]);
  const expected = maxPool(x, 2);
  expect([...data].map((v, i) => Math.round(255 * v) - expected.data[3 * (i % 1350) + Math.floor(i / 1350)]!)).toEqual(
    new Array(4050).fill(0),
  );
  await expect(panel.getByRole('status').filter({ hasText: 'Saved as pattern-90x60-maxPool2d.npy' })).toBeVisible();
  const [webp] = await Promise.all([page.waitForEvent('download'), choose('WebP')]);
  expect((await readFile(await webp.path())).toString('latin1', 8, 12)).toBe('WEBP');
  const [lab] = await Promise.all([extension.context.waitForEvent('page'), choose('More in the Lab')]);
  await expectPixels(lab, 'Output', maxPool(x, 2));
});

test('Open in Lab shows the same picture under the same operation and settings', async ({ extension, page }) => {
  const panel = await openPanel(extension, page, 'maxPool');
  await panel.getByRole('spinbutton', { name: 'Kernel', exact: true }).fill('5');
  await expectPixels(panel, 'Output', maxPool(x, 5));
  const [lab] = await Promise.all([
    extension.context.waitForEvent('page'),
    panel.getByRole('button', { name: 'Open in Lab' }).click(),
  ]);
  await expectPixels(lab, 'Input', x);
  await expectPixels(lab, 'Output', maxPool(x, 5));
});

test('Esc closes the panel and gives the focus back to the page', async ({ extension, page }) => {
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = '#here';
    link.id = 'link';
    link.textContent = 'a link';
    document.body.prepend(link);
    link.focus();
  });
  const panel = await openPanel(extension, page, 'maxPool');
  await panel.getByRole('spinbutton', { name: 'Kernel', exact: true }).focus();
  // Not awaited: the frame that would report the key is gone with it.
  void page.keyboard.press('Escape').catch(() => undefined);
  await expect.poll(() => page.frames().length).toBe(1);
  await expect(page.locator('#link')).toBeFocused();
});

test('another operation chosen in the panel runs at once on the same picture', async ({ extension, page }) => {
  const panel = await openPanel(extension, page, 'maxPool');
  await panel.getByRole('button', { name: /^Operation/ }).click();
  await panel.getByRole('option', { name: /^Leaky ReLU/ }).click();
  await expect(panel.getByRole('spinbutton', { name: 'Negative slope', exact: true })).toBeVisible();
  await painted(panel);
  await expect.poll(async () => (await pixelsOf(panel, 'Output')).width).toBe(90);
});
