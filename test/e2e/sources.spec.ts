import type { Page } from 'playwright/test';
import { launch } from '../../scripts/lib/extension.mjs';
import { painted, pixelsOf } from '../../scripts/lib/panel.mjs';
import { chooseFile } from './support/chooseFile';
import { expect, expectPixels, test } from './support/fixtures';
import { maxPool, pattern, type Raster, readPng } from './support/raster';
import { photo, pngOf } from './support/server';

const x = pattern(50, 40);
const cat = readPng(photo('chelsea.png'));

/** The part of a picture, copied value by value. */
function part(of: Raster, x: number, y: number, width: number, height: number): Raster {
  const data = new Uint8Array(3 * width * height);
  for (let i = 0; i < data.length; i++) {
    const [row, column] = [Math.floor(i / 3 / width), Math.floor(i / 3) % width];
    data[i] = of.data[((y + row) * of.width + x + column) * 3 + (i % 3)]!;
  }
  return { width, height, data };
}

/** Opens the sheet of sources at one of them, from the start screen. */
async function choose(page: Page, source: string): Promise<void> {
  await page.getByRole('button', { name: source, exact: true }).click();
  await expect(page.getByRole('tab', { name: source })).toHaveAttribute('aria-selected', 'true');
}

async function openCat(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open sample chelsea.png' }).click();
  await expectPixels(page, 'Input', cat);
}

async function openCutter(page: Page): Promise<void> {
  await page.locator('.picture-button').click();
  await page.getByRole('menuitem', { name: 'Crop and resize' }).click();
  await expect(page.getByRole('dialog', { name: 'Crop and resize' })).toBeVisible();
}

test.describe('in a plain web page', () => {
  test.beforeEach(({ page, hosted }) => page.goto(hosted).then(() => undefined));

  test('a picture of a site that lets others read comes by its address', async ({ page, cdn }) => {
    await choose(page, 'Web address');
    await page.getByLabel('Address of the picture').fill(`${cdn.url}/pattern-50x40.png?cors`);
    await page.keyboard.press('Enter');
    await expectPixels(page, 'Output', maxPool(x, 2));
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page).toHaveTitle(/^pattern-50x40\.png/);
  });

  test('a site that lets nobody read is a sentence, and the sheet stays', async ({ page, cdn }) => {
    await choose(page, 'Web address');
    const field = page.getByLabel('Address of the picture');
    for (const [address, sentence] of [
      [`${cdn.url}/pattern-50x40.png`, 'cdn.test does not answer, or lets no other page read its pictures'],
      [`${cdn.url}/nothing.png?cors`, 'cdn.test does not answer, or lets no other page'],
      [`${cdn.url}/pattern-50x40.png?cors&html`, 'This is not a picture'],
      ['not an address', 'A web address such as https://example.org/cat.jpg is expected'],
    ] as const) {
      await field.fill(address);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog').getByRole('alert').filter({ hasText: sentence })).toBeVisible();
    }
  });

  test('the paste button takes a picture from the clipboard, and the address of one', async ({
    page,
    hosted,
    extension,
    cdn,
  }) => {
    await extension.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(hosted).origin });
    await choose(page, 'Paste');
    await page.evaluate((address) => navigator.clipboard.writeText(address), `${cdn.url}/pattern-50x40.png?cors`);
    await page.getByRole('button', { name: 'Paste from the clipboard' }).click();
    await expect(page.getByLabel('Address of the picture')).toHaveValue(/pattern-50x40/);
    await page.getByRole('tab', { name: 'Paste' }).click();
    await page.evaluate(
      async (bytes) => {
        const blob = new Blob([Uint8Array.from(bytes)], { type: 'image/png' });
        await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
      },
      [...pngOf(x)],
    );
    await page.getByRole('button', { name: 'Paste from the clipboard' }).click();
    await expectPixels(page, 'Output', maxPool(x, 2));
  });

  test('the gallery names the licence of every photograph', async ({ page }) => {
    await choose(page, 'Paste');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    for (const credit of ['CC0, Stefan van der Walt', 'Public domain, NASA']) await expect(page.getByText(credit)).toBeVisible();
  });

  test('the list of sources is walked with the arrow keys', async ({ page }) => {
    await choose(page, 'Paste');
    await page.getByRole('tab', { name: 'Paste' }).focus();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('tab', { name: 'Web address' })).toBeFocused();
    await expect(page.getByLabel('Address of the picture')).toBeVisible();
  });

  test('without a camera there is a sentence', async ({ page }) => {
    await choose(page, 'Camera');
    await page.getByRole('button', { name: 'Start the camera' }).click();
    await expect(page.getByRole('alert')).toContainText(/No camera is connected|did not give the camera/);
  });

  test('a crop set by numbers holds the stored values, and the original comes back', async ({ page }) => {
    await openCat(page);
    await openCutter(page);
    for (const [label, value] of [
      ['Width', '200'],
      ['Height', '120'],
      ['Left', '100'],
      ['Top', '60'],
    ] as const) {
      await page.getByLabel(label, { exact: true }).fill(value);
    }
    await expect(page.getByText('The result is 200 × 120, 0.02 megapixels.')).toBeVisible();
    await page.getByRole('button', { name: 'Open as new picture' }).click();
    await expectPixels(page, 'Input', part(cat, 100, 60, 200, 120));
    await expect(page.getByText('cropped 200 × 120 from chelsea.png')).toBeVisible();
    await page.locator('.picture-button').click();
    await page.getByRole('menuitem', { name: 'Back to chelsea.png' }).click();
    await expectPixels(page, 'Input', cat);
  });

  test('a crop made by keyboard and dragged by its edge holds the stored values', async ({ page }) => {
    await openCat(page);
    await openCutter(page);
    const rectangle = page.getByRole('button', { name: '451 × 300 at 0, 0' });
    await rectangle.focus();
    for (const keys of ['Control+Shift+ArrowLeft', 'Shift+ArrowUp', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(keys);
    await expect(page.getByRole('button', { name: '441 × 299 at 2, 0' })).toBeFocused();
    const box = (await page.locator('.crop-picture').boundingBox())!;
    const at = (column: number, row: number) => [box.x + (column * box.width) / 451, box.y + (row * box.height) / 300] as const;
    await page.mouse.move(...at(443, 150));
    await page.mouse.down();
    await page.mouse.move(...at(300, 150), { steps: 4 });
    await page.mouse.up();
    const width = Number(await page.getByLabel('Width', { exact: true }).inputValue());
    expect(Math.abs(width - 298)).toBeLessThanOrEqual(1);
    await page.getByRole('button', { name: 'Open as new picture' }).click();
    await expectPixels(page, 'Input', part(cat, 2, 0, width, 299));
  });

  test('a picture at half its size is the mean of each four pixels, rounded', async ({ page }) => {
    await page.getByRole('button', { name: 'Open sample coffee.png' }).click();
    await painted(page);
    const coffee = readPng(photo('coffee.png'));
    await openCutter(page);
    await page.getByRole('button', { name: 'Half' }).click();
    await page.getByRole('button', { name: 'Open as new picture' }).click();
    const data = new Uint8Array(3 * 300 * 200);
    for (let i = 0; i < data.length; i++) {
      const [row, column, c] = [Math.floor(i / 900), Math.floor(i / 3) % 300, i % 3];
      let sum = 0;
      for (const dy of [0, 1]) for (const dx of [0, 1]) sum += coffee.data[((2 * row + dy) * 600 + 2 * column + dx) * 3 + c]!;
      data[i] = Math.round(sum / 4);
    }
    await expectPixels(page, 'Input', { width: 300, height: 200, data }, 1);
    await expect(page.getByText('resized to 300 × 200 from coffee.png')).toBeVisible();
  });
});

for (const kind of ['extension tab', 'plain web page'] as const) {
  test(`the Lab (${kind}) takes a still of the camera, which is then off`, async ({ program, hosted }) => {
    const extension = await launch(program, {
      args: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
    });
    try {
      const page = await extension.context.newPage();
      await page.goto(kind === 'plain web page' ? hosted : `chrome-extension://${extension.id}/lab.html`);
      await page.evaluate(() => {
        const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        navigator.mediaDevices.getUserMedia = async (wanted) => {
          const stream = await ask(wanted);
          Object.assign(globalThis, { tracks: stream.getTracks() });
          return stream;
        };
      });
      const states = () =>
        page.evaluate(() => {
          const tracks: MediaStreamTrack[] = Reflect.get(globalThis, 'tracks') ?? [];
          return tracks.map(({ readyState }) => readyState);
        });
      await choose(page, 'Camera');
      expect(await states()).toEqual([]);
      await page.getByRole('button', { name: 'Start the camera' }).click();
      const take = page.getByRole('button', { name: 'Take picture' });
      await expect(take).not.toHaveAttribute('aria-disabled', 'true');
      expect(await states()).toEqual(['live']);
      await take.click();
      await painted(page);
      expect(await states()).toEqual(['ended']);
      const { data } = await pixelsOf(page, 'Input');
      expect(new Set(data).size).toBeGreaterThan(3);
      await expect(page.getByText('camera', { exact: true }).first()).toBeVisible();
      // Closed before a picture is taken, it is off as well.
      await page.locator('.picture-button').click();
      await page.getByRole('menuitem', { name: 'Open another picture' }).click();
      await page.getByRole('tab', { name: 'Camera' }).click();
      await page.getByRole('button', { name: 'Start the camera' }).click();
      await expect(take).toBeVisible();
      await page.keyboard.press('Escape');
      await expect.poll(states).toEqual(['ended']);
    } finally {
      await extension.close();
    }
  });
}

test('an address that is dropped or pasted waits in the sheet for the person', async ({ page, hosted }) => {
  await page.goto(hosted);
  await expect(page.getByText('Drop a picture here')).toBeVisible();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/uri-list', 'https://site.test/cat.jpg');
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  const field = page.getByLabel('Address of the picture');
  await expect(field).toHaveValue('https://site.test/cat.jpg');
  await page.keyboard.press('Escape');
  await expect(field).toHaveCount(0);
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData('text/plain', 'https://site.test/dog.jpg');
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await expect(field).toHaveValue('https://site.test/dog.jpg');
});

test('a picture that was opened before comes back from the sheet', async ({ page, hosted }) => {
  await page.goto(hosted);
  await chooseFile(page, { name: 'before.png', mimeType: 'image/png', buffer: Buffer.from(pngOf(x)) });
  await expectPixels(page, 'Input', x);
  await page.locator('.picture-button').click();
  await page.getByRole('menuitem', { name: 'chelsea.png' }).click();
  await expectPixels(page, 'Input', cat);
  await page.locator('.picture-button').click();
  await page.getByRole('menuitem', { name: 'Open another picture' }).click();
  await page.getByRole('tab', { name: 'Recent work' }).click();
  await page
    .getByRole('tabpanel')
    .getByRole('button', { name: /^Open before\.png/ })
    .first()
    .click();
  await expectPixels(page, 'Input', x);
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
