import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { changeOperation, operations } from '../../scripts/lib/lab.mjs';
import { painted, pixelsOf } from '../../scripts/lib/panel.mjs';
import { root } from '../../scripts/lib/process.mjs';
import { chooseFile } from './support/chooseFile';
import { expect, expectPixels, test } from './support/fixtures';
import { bilinearTwice, maxPool, pattern, readPng } from './support/raster';
import { photo, pngOf } from './support/server';

/** The Lab as a tab of the extension, and as a plain web page. */

const x = pattern(50, 40);
const file = { name: 'mine.png', mimeType: 'image/png', buffer: Buffer.from(pngOf(x)) };

/** Fires a drop or a paste that carries the file, as the browser would. */
const bring = (page: Page, how: 'drop' | 'paste') =>
  page.evaluate(
    ({ how, base64, name }) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], name, { type: 'image/png' }));
      const event =
        how === 'drop'
          ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
          : new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
    },
    { how, base64: file.buffer.toString('base64'), name: file.name },
  );

for (const kind of ['extension tab', 'plain web page'] as const) {
  test.describe(kind, () => {
    test.beforeEach(async ({ page, extension, hosted }) => {
      await page.goto(kind === 'plain web page' ? hosted : `chrome-extension://${extension.id}/lab.html`);
      await expect(page.getByText('Drop a picture here')).toBeVisible();
    });

    test(`the Lab (${kind}) max-pools a dropped file`, async ({ page }) => {
      await bring(page, 'drop');
      await expectPixels(page, 'Input', x);
      await expectPixels(page, 'Output', maxPool(x, 2));
      await expect(page).toHaveTitle(/^mine\.png/);
    });

    test(`the Lab (${kind}) takes a pasted picture`, async ({ page }) => {
      await bring(page, 'paste');
      await expectPixels(page, 'Output', maxPool(x, 2));
    });

    test(`the Lab (${kind}) opens a file from the file picker`, async ({ page }) => {
      await chooseFile(page, file);
      await expectPixels(page, 'Output', maxPool(x, 2));
    });

    test(`the Lab (${kind}) opens a sample, and its address brings picture and settings back`, async ({ page }) => {
      const cat = readPng(photo('chelsea.png'));
      await page.getByRole('button', { name: 'Open sample chelsea.png' }).click();
      await expectPixels(page, 'Output', maxPool(cat, 2));
      await changeOperation(page, 'interpolate');
      await expectPixels(page, 'Output', bilinearTwice(cat), 1);
      await expect.poll(() => new URL(page.url()).hash).toContain('interpolate');
      await page.reload();
      await expectPixels(page, 'Output', bilinearTwice(cat), 1);
    });
  });
}

test('the Lab as a plain web page speaks to no other host', async ({ page, hosted }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(hosted);
  await page.getByRole('button', { name: 'Open sample chelsea.png' }).click();
  await painted(page);
  const others = asked.filter((url) => !url.startsWith(new URL(hosted).origin) && !/^(blob|data):/.test(url));
  expect(others).toEqual([]);
});

test('padding by rule: an even kernel keeps the size, with the odd row and column where the rule puts them', async ({
  page,
  hosted,
}) => {
  await page.goto(hosted);
  await expect(page.getByText('Drop a picture here')).toBeVisible();
  await bring(page, 'drop');
  await changeOperation(page, 'conv2d');
  const size = page.getByRole('spinbutton', { name: 'Size', exact: true });
  await size.fill('4');
  await size.press('Enter');
  const code = page.locator('.elsewhere');
  for (const [rule, pads] of [
    ['Same (upper)', '[1, 1, 2, 2]'],
    ['Same (lower)', '[2, 2, 1, 1]'],
  ] as const) {
    await page.getByRole('button', { name: 'Padding: valid or same' }).click();
    await page.getByRole('menuitem', { name: rule }).click();
    await expect(page.locator('figure.output')).toContainText('50 × 40');
    await expect(code).toContainText(`pads=${pads}`);
  }
  await page.getByRole('button', { name: 'Padding: valid or same' }).click();
  await page.getByRole('menuitem', { name: 'Valid' }).click();
  await expect(page.locator('figure.output')).toContainText('47 × 37');
});

test('every op that exists is in the list, and its starting settings give a result', async ({ page, hosted }) => {
  test.setTimeout(90_000);
  await page.goto(hosted);
  await expect(page.getByText('Drop a picture here')).toBeVisible();
  await bring(page, 'drop');
  await painted(page);
  const declared = readFileSync(join(root, 'src/core/ops/index.ts'), 'utf8').match(/^export /gm) ?? [];
  const names = await operations(page);
  expect(names).toHaveLength(declared.length);
  for (const name of names) {
    await changeOperation(page, name);
    await painted(page);
    await expect(page.getByRole('alert'), `${name}`).toHaveCount(0);
  }
});

/** Opens a picture from the file picker. */
async function choose(page: Page, name: string, picture: ReturnType<typeof pattern>): Promise<void> {
  await chooseFile(page, { name, mimeType: 'image/png', buffer: Buffer.from(pngOf(picture)) });
  await painted(page);
}

test('the caption of the result says which engine made it and why; Escape closes it', async ({ page, hosted }) => {
  await page.goto(hosted);
  await choose(page, 'mine.png', x);
  const why = page.getByRole('button', { name: 'Why this engine?' });
  await why.click();
  await expect(page.getByText(/^Max-pool, [\d.]+ ms$/)).toBeVisible();
  await expect(page.getByText(/^(simd|reference): \S.+/)).toBeVisible();
  await why.press('Escape');
  await expect(page.getByText(/^(simd|reference): /)).toHaveCount(0);
  await expect(why).toHaveAttribute('aria-expanded', 'false');
});

test('Exact runs the scene anew and is kept over a reload', async ({ page, hosted }) => {
  await page.goto(hosted);
  await choose(page, 'mine.png', x);
  const exact = page.getByRole('switch', { name: 'Exact' });
  await expect(exact).not.toBeChecked();
  await exact.click();
  await expect(exact).toBeChecked();
  await expectPixels(page, 'Output', maxPool(x, 2));
  await expect(page).toHaveURL(/picture=/);
  await page.reload();
  await painted(page);
  await expect(page.getByRole('switch', { name: 'Exact' })).toBeChecked();
});

test('pixels whose values are no numbers are magenta, whatever the display', async ({ page, hosted }) => {
  const [width, height] = [12, 6];
  // The left half is black: 0 is divided by 0 there.
  const data = Uint8Array.from({ length: 3 * width * height }, (_, i) => (Math.floor(i / 3) % width < width / 2 ? 0 : 200));
  await page.goto(hosted);
  await choose(page, 'half.png', { width, height, data });
  await changeOperation(page, 'localResponseNorm');
  await page.getByRole('spinbutton', { name: 'Alpha', exact: true }).fill('1');
  await page.getByRole('spinbutton', { name: 'K', exact: true }).fill('0');
  const left = async () => {
    await painted(page);
    const { data: shown } = await pixelsOf(page, 'Output');
    return [...shown.subarray(0, 3), ...shown.subarray(15, 18)];
  };
  await expect.poll(left).toEqual([255, 0, 255, 255, 0, 255]);
  for (const display of ['minmax', 'symmetric', 'abs']) {
    await page.getByRole('combobox', { name: 'Show values as' }).selectOption(display);
    await expect.poll(left, { message: display }).toEqual([255, 0, 255, 255, 0, 255]);
  }
});

test('in a narrow window the name of the picture is read as far as the line has room, and the head has two rows at most', async ({
  page,
  hosted,
}) => {
  await page.setViewportSize({ width: 420, height: 860 });
  for (const [name, whole] of [
    ['short.png', true],
    ['a-name-that-is-longer-than-the-whole-window-is-wide-by-far.png', false],
  ] as const) {
    await page.goto('about:blank');
    await page.goto(hosted);
    await chooseFile(page, { ...file, name });
    await painted(page);
    const { seen, full, height, sideways } = await page.locator('header.top').evaluate((head) => {
      const text = head.querySelector('.picture-button .name')!;
      return {
        seen: text.clientWidth,
        full: text.scrollWidth,
        height: head.clientHeight,
        sideways: head.scrollWidth - head.clientWidth,
      };
    });
    if (whole) expect(seen).toBe(full);
    else expect(seen).toBeGreaterThan(300);
    expect(height).toBeLessThanOrEqual(80);
    expect(sideways).toBe(0);
  }
});

test('a press on a tab counts though the tab moves away before it ends', async ({ page, hosted }) => {
  await page.goto(hosted);
  await chooseFile(page, file);
  await painted(page);
  const tab = page.getByRole('tab', { name: 'Plots' });
  const box = (await tab.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.locator('.drawer-side').evaluate((side) => {
    if (side instanceof HTMLElement) side.style.transform = 'translateY(-9rem)';
  });
  await page.mouse.up();
  await expect(tab).toHaveAttribute('aria-selected', 'true');
});

test('a change outlives a reload as fast as a hand can be', async ({ page, hosted }) => {
  await page.goto(hosted);
  await chooseFile(page, file);
  await painted(page);
  await changeOperation(page, 'avgPool2d');
  await page.getByRole('spinbutton', { name: 'Kernel', exact: true }).fill('3');
  await page.evaluate(() => new Promise((told) => setTimeout(told, 120)).then(() => location.reload()));
  await expect(page.getByRole('spinbutton', { name: 'Kernel', exact: true })).toHaveValue(/^3/);
});
