import { deflateSync } from 'node:zlib';
import type { Frame, Page } from 'playwright/test';
import { chooseEntry, panelOf } from '../../scripts/lib/panel.mjs';
import { chooseFile } from './support/chooseFile';
import { type Extension, expect, expectPixels, openPanel, test } from './support/fixtures';
import { maxPool, pattern, type Raster } from './support/raster';
import { pageAt, pngOf } from './support/server';

const x = pattern(40, 30);
const good = '/pattern-40x30.png';

/** Opens the panel where no result is to be expected. */
async function openInVain(extension: Extension, page: Page): Promise<Frame> {
  const srcUrl = await page.locator('#i0').evaluate((image: HTMLImageElement) => image.currentSrc || image.src);
  await chooseEntry(extension, page, 'maxPool', { srcUrl });
  return panelOf(page);
}

/** A PNG whose header promises `width` x `height`, with the pixels of a small one. */
function lyingPng(width: number, height: number): Uint8Array {
  const bytes = Buffer.from(pngOf(x));
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  bytes.writeUInt32BE(crc(bytes.subarray(12, 29)), 29);
  return bytes;
}

function crc(bytes: Uint8Array): number {
  let sum = -1;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

/** A PNG of one grey, `width` x `height`, that is small as a file. */
function plainPng(width: number, height: number): Uint8Array {
  const chunk = (type: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const around = Buffer.alloc(8);
    around.writeUInt32BE(data.length, 0);
    around.writeUInt32BE(crc(body), 4);
    return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0], 8);
  const rows = deflateSync(Buffer.alloc((width + 1) * height), { level: 9 });
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

for (const [title, flag, sentence] of [
  ['cut off in the middle', 'half', /ends early: 30 rows are expected, received \d+/],
  ['of 0 bytes', 'empty', /picture/],
  ['that is a page for signing in', 'html', /picture/],
] as const) {
  test(`a picture ${title} gets one sentence, and the panel stays usable`, async ({ extension, page, site }) => {
    site.put('broken.png', pngOf(x));
    await page.goto(pageAt(site.origin, { images: [`/made/broken.png?${flag}`] }));
    const panel = await openInVain(extension, page);
    const alert = panel.getByRole('alert');
    await expect(alert).toHaveCount(1);
    await expect(alert).toHaveText(sentence);
    await expect(panel.getByRole('button', { name: 'Close (Esc)' })).toBeVisible();
  });
}

test('a picture that vanished from the page: the result stays, and replacing it says why it cannot', async ({
  extension,
  page,
  site,
}) => {
  await page.goto(pageAt(site.origin, { images: [good] }));
  const panel = await openPanel(extension, page, 'maxPool');
  await page.locator('#i0').evaluate((image) => image.remove());
  await panel.getByRole('button', { name: 'Replace on page' }).click();
  await expect(panel.getByRole('alert')).toContainText('The picture is gone from the page.');
  await panel.getByRole('spinbutton', { name: 'Kernel', exact: true }).fill('3');
  await expectPixels(panel, 'Output', maxPool(x, 3));
});

async function openFile(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  await chooseFile(page, { name, mimeType: 'image/png', buffer: Buffer.from(bytes) });
}

test('a picture whose header claims 300 megapixels is refused with both numbers, before it is decoded', async ({
  extension,
  page,
}) => {
  await page.goto(`chrome-extension://${extension.id}/lab.html`);
  await openFile(page, 'huge.png', lyingPng(20_000, 15_000));
  await expect(page.getByRole('alert')).toHaveText(/300 megapixels; the limit is 100/);
});

test('a picture of 132 megapixels can be opened at half size', async ({ extension, page }) => {
  test.slow();
  await page.goto(`chrome-extension://${extension.id}/lab.html`);
  await openFile(page, 'large.png', plainPng(13_200, 10_000));
  await expect(page.getByRole('alert')).toContainText(
    'This picture has 132 megapixels; the limit is 100. At half size it has 33.',
  );
  await page.getByRole('button', { name: 'Use half size' }).click();
  await expect(page.getByText(/6.?600 × 5.?000/).first()).toBeVisible({ timeout: 60_000 });
});

test('a window larger than the padded picture: a sentence with both numbers, a button that mends it, the last result stays', async ({
  extension,
  page,
  site,
}) => {
  await page.goto(pageAt(site.origin, { images: [good] }));
  const panel = await openPanel(extension, page, 'maxPool');
  await panel.getByRole('spinbutton', { name: 'Dilation', exact: true }).fill('35');
  const alert = panel.getByRole('alert');
  await expect(alert).toHaveText(/36.*30/);
  await expect(panel.getByText('last result that fitted')).toBeVisible();
  expect((await panel.getByRole('img', { name: 'Output' }).getAttribute('width')) ?? '').toBe('20');
  await alert.getByRole('button', { name: /^Use / }).click();
  await expect(alert).toHaveCount(0);
  await expect(panel.getByRole('spinbutton', { name: 'Dilation', exact: true })).toHaveValue(/^(28|29)/);
});

test('a picture that the first window does not fit: no size is said of an output that there is not', async ({
  extension,
  page,
  site,
}) => {
  site.put('line.png', pngOf(pattern(40, 1)));
  await page.goto(pageAt(site.origin, { images: ['/made/line.png'] }));
  const panel = await openInVain(extension, page);
  await expect(panel.getByRole('alert')).toContainText('Kernel 1 fits.');
  await expect(panel.locator('figure.input figcaption')).toContainText('40 × 1');
  await expect(panel.locator('figure.output figcaption')).not.toContainText('×');
});

test('a kernel cell that is not a number is named with row, column and both values; the old value stays in use', async ({
  extension,
  page,
  site,
}) => {
  await page.goto(pageAt(site.origin, { images: [good] }));
  const panel = await openPanel(extension, page, 'sharpen');
  const cell = panel.getByRole('textbox', { name: 'Row 2, column 3' });
  await cell.fill('0,5x');
  await cell.press('Tab');
  await expect(panel.getByRole('alert')).toHaveText(/Row 2, column 3 is not a number: "0,5x"\. The old value .1 stays\./);
  await cell.fill('-1');
  await cell.press('Tab');
  await expect(panel.getByRole('alert')).toHaveCount(0);
});

test('a kernel cell edited by keyboard changes the result at once', async ({ extension, page, site }) => {
  await page.goto(pageAt(site.origin, { images: [good] }));
  const panel = await openPanel(extension, page, 'sharpen');
  const identity: Raster = x;
  for (const [row, column] of [
    [1, 2],
    [2, 1],
    [2, 3],
    [3, 2],
  ]) {
    await panel.getByRole('textbox', { name: `Row ${row}, column ${column}` }).fill('0');
  }
  await panel.getByRole('textbox', { name: 'Row 2, column 2' }).fill('1');
  await page.keyboard.press('Tab');
  await expectPixels(panel, 'Output', identity);
});
