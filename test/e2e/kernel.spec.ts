import axe from 'axe-core';
import type { Page } from 'playwright/test';
import { changeOperation } from '../../scripts/lib/lab.mjs';
import { painted } from '../../scripts/lib/panel.mjs';
import { chooseFile } from './support/chooseFile';
import { expect, expectPixels, test } from './support/fixtures';
import { pattern, type Raster } from './support/raster';
import { pngOf } from './support/server';

const x = pattern(30, 24);

/** A picture in the Lab, and a convolution of one channel's size over it. */
async function convolution(page: Page, id: string): Promise<void> {
  await page.goto(`chrome-extension://${id}/lab.html`);
  await chooseFile(page, { name: 'mine.png', mimeType: 'image/png', buffer: Buffer.from(pngOf(x)) });
  await painted(page);
  await changeOperation(page, 'conv2d');
  await expect(page.getByRole('grid', { name: 'Kernel, 3 by 3' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Show values as' }).selectOption('clamp');
}

/** Fires the paste that Ctrl + V in the focused cell brings. */
const paste = (page: Page, text: string) =>
  page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);

const cell = (page: Page, row: number, column: number) => page.getByRole('textbox', { name: `Row ${row}, column ${column}` });
const cells = (page: Page) => page.locator('.cells input').evaluateAll((all) => all.map((one) => one.getAttribute('title')));

/** Cross-correlation of every channel with one kernel, zeros around, by plain loops; values as they are. */
function correlated(picture: Raster, kernel: readonly (readonly number[])[], pad: number): Raster {
  const [kh, kw] = [kernel.length, kernel[0]?.length ?? 0];
  const width = picture.width + 2 * pad - kw + 1;
  const height = picture.height + 2 * pad - kh + 1;
  const data = new Uint8Array(3 * width * height);
  for (let i = 0; i < height; i++)
    for (let j = 0; j < width; j++)
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (let u = 0; u < kh; u++)
          for (let v = 0; v < kw; v++) {
            const [r, s] = [i + u - pad, j + v - pad];
            if (r < 0 || s < 0 || r >= picture.height || s >= picture.width) continue;
            sum += (kernel[u]?.[v] ?? 0) * (picture.data[3 * (r * picture.width + s) + c] ?? 0);
          }
        data[3 * (i * width + j) + c] = Math.round(Math.min(255, Math.max(0, sum)));
      }
  return { width, height, data };
}

test.beforeEach(async ({ page, extension }) => convolution(page, extension.id));

test('paste a kernel from a spreadsheet: two rows of four, fractions and all, and the picture follows', async ({ page }) => {
  await cell(page, 1, 1).focus();
  await paste(page, '1/9\t1/9\t0\t0,25\r\n1/9\t−1/9\t2.5e-1\t0\r\n');
  await expect(page.getByRole('grid', { name: 'Kernel, 2 by 4' })).toBeVisible();
  await expect(page.getByText('Pasted 2 × 4 numbers')).toBeVisible();
  const kernel = [
    [1 / 9, 1 / 9, 0, 0.25],
    [1 / 9, -1 / 9, 0.25, 0],
  ];
  await expectPixels(page, 'Output', correlated(x, kernel, 1), 1);
  await expect.poll(() => decodeURIComponent(page.url())).toContain('0.1111111111111111');

  await cell(page, 1, 1).focus();
  await paste(page, 'np.array([[0., 1., 0.],\n          [1., 2., 1.],\n          [0., 1., 0.]], dtype=float32) / 6');
  await expect(page.getByRole('grid', { name: 'Kernel, 3 by 3' })).toBeVisible();
  const cross = [0, 1, 0, 1, 2, 1, 0, 1, 0].map((v) => v / 6);
  await expectPixels(page, 'Output', correlated(x, [cross.slice(0, 3), cross.slice(3, 6), cross.slice(6)], 1), 1);

  await paste(page, '1\t2\n3\tx');
  await expect(page.getByRole('alert')).toHaveText(
    'Row 2, column 2 of the pasted block is not a number: "x". The old numbers stay.',
  );
  await expect(page.getByRole('grid', { name: 'Kernel, 3 by 3' })).toBeVisible();
});

test('a cell takes effect while it is typed; what is no number leaves the old value in use and says so', async ({ page }) => {
  const middle = cell(page, 2, 2);
  await middle.focus();
  await page.keyboard.type('1/2');
  const sobel = [
    [-1, 0, 1],
    [-2, 0.5, 2],
    [-1, 0, 1],
  ];
  await expectPixels(page, 'Output', correlated(x, sobel, 1), 1);
  await page.keyboard.type('x');
  await expect(page.getByRole('alert')).toHaveText('Row 2, column 2 is not a number: "1/2x". The old value 0.5 stays.');
  await expect(middle).toHaveAttribute('aria-invalid', 'true');
  await expectPixels(page, 'Output', correlated(x, sobel, 1), 1);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(middle).toHaveValue('0.5');
});

test('keys and the wheel change the cell that has the focus; without it the wheel scrolls the page', async ({ page }) => {
  const middle = cell(page, 2, 2);
  await middle.focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(middle).toHaveValue('1');
  await page.keyboard.press('Alt+Shift+ArrowDown');
  await expect(middle).toHaveValue('−9');
  await page.keyboard.press('F2');
  await page.keyboard.press('ArrowUp');
  await expect(middle).toHaveValue('−8');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowUp');
  await expect(cell(page, 1, 2)).toBeFocused();
  await middle.focus();
  await middle.hover();
  await page.mouse.wheel(0, -100);
  await expect(middle).toHaveValue('−7');
  await cell(page, 1, 1).hover();
  await page.mouse.wheel(0, 100);
  await expect(cell(page, 1, 1)).toHaveAttribute('title', '−1');
});

test('a stroke paints every cell on its way, a symmetric one its mirror images too, and Alt picks a value up', async ({
  page,
}) => {
  await cell(page, 1, 1).focus();
  await paste(page, Array.from({ length: 7 }, () => new Array(7).fill(0).join('\t')).join('\n'));
  await page.getByRole('button', { name: 'Paint cells' }).click();
  const brush = page.getByRole('spinbutton', { name: 'Value to paint' });
  await brush.fill('3');
  const at = async (row: number, column: number) => {
    const box = await cell(page, row, column).boundingBox();
    if (!box) throw new Error('no cell');
    return [box.x + box.width / 2, box.y + box.height / 2] as const;
  };
  await page.mouse.move(...(await at(1, 1)));
  await page.mouse.down();
  await page.mouse.move(...(await at(4, 4)));
  await page.mouse.move(...(await at(4, 7)), { steps: 3 });
  await page.mouse.up();
  const painting = (await cells(page)).flatMap((value, i) =>
    value === '3' ? [[1 + Math.floor(i / 7), 1 + (i % 7)].join()] : [],
  );
  expect(painting).toEqual(['1,1', '2,2', '3,3', '4,4', '4,5', '4,6', '4,7']);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect.poll(async () => new Set(await cells(page))).toEqual(new Set(['0']));
  await page.getByRole('button', { name: 'Redo', exact: true }).click();
  await expect(cell(page, 4, 7)).toHaveAttribute('title', '3');

  await page.getByRole('combobox', { name: 'Edits keep symmetry' }).selectOption({ label: 'All four quarters' });
  await brush.fill('−1');
  await page.mouse.click(...(await at(7, 1)));
  const corners = (await cells(page)).flatMap((value, i) => (value === '−1' ? [i] : []));
  expect(corners).toEqual([0, 6, 42, 48]);

  await page.keyboard.down('Alt');
  await page.mouse.click(...(await at(4, 4)));
  await page.keyboard.up('Alt');
  await expect(brush).toHaveValue('3');
  await cell(page, 7, 4).focus();
  await page.keyboard.press('Space');
  await expect(cell(page, 1, 4)).toHaveAttribute('title', '3');
});

test('a bank of 16 filters: one filter and channel is edited, and the result has 16 channels', async ({ page }) => {
  const groups = page.getByRole('spinbutton', { name: 'Groups', exact: true });
  await groups.fill('1');
  await groups.press('Enter');
  await page.getByRole('combobox', { name: 'Preset' }).selectOption({ label: 'Gabor bank' });
  await expect(page.getByRole('spinbutton', { name: 'Filters', exact: true })).toHaveValue('16');
  await expect.poll(() => page.getByRole('combobox', { name: 'Channel' }).locator('option').count()).toBeGreaterThanOrEqual(16);
  await page.getByRole('button', { name: 'Padding: valid or same' }).click();
  await page.getByRole('menuitem', { name: 'Same (upper)' }).click();
  await expect(page.getByRole('spinbutton', { name: 'Padding', exact: true })).toHaveValue('3');
  await page.getByRole('radio', { name: 'Filter 5' }).check();
  await expect(page.getByRole('spinbutton', { name: 'Filter, 1 to 16' })).toHaveValue('5');
  await page.getByRole('button', { name: 'One kernel for all channels of the filter' }).click();
  await page.getByRole('radio', { name: 'G', exact: true }).check();
  const before = await cells(page);
  // A click selects the whole number, so that typing takes its place.
  await cell(page, 1, 1).click();
  await page.keyboard.type('9');
  await page.getByRole('radio', { name: 'R', exact: true }).check();
  expect(await cells(page)).toEqual(before);
  await page.getByRole('radio', { name: 'G', exact: true }).check();
  await expect(cell(page, 1, 1)).toHaveAttribute('title', '9');
  await painted(page);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('what fits now is said by the control, and an end key goes as far as it fits', async ({ page }) => {
  const dilation = page.getByRole('spinbutton', { name: 'Dilation', exact: true });
  await expect(dilation).toHaveAccessibleDescription(/Fits now: 1 to 12\./);
  await dilation.fill('14');
  await dilation.press('Enter');
  await expect(page.getByText('Dilation: 12 is the largest that fits.')).toBeVisible();
  await dilation.press('End');
  await expect(dilation).toHaveValue('12 × 12');
  await expect(page.getByText('Dilation: 12 is the largest that fits.')).toHaveCount(0);
  const size = page.getByRole('spinbutton', { name: 'Size', exact: true });
  await expect(size).toHaveAccessibleDescription(/Fits now: 1 to 3\./);
});

test('what is left unread comes with the nearest setting that leaves none', async ({ page }) => {
  await changeOperation(page, 'maxPool2d');
  const size = page.getByRole('spinbutton', { name: 'Kernel', exact: true });
  await size.fill('7');
  await size.press('Enter');
  await expect(page.getByText(/^The last (\d+ )?(rows|columns|row|column)/).first()).toBeVisible();
  const advice = page.getByText(/^\S+ \d+ leaves none\.$/);
  await expect(advice).toBeVisible();
  const [, name = '', value = ''] = (await advice.textContent())?.match(/^(\S+) (\d+)/) ?? [];
  await page.getByRole('spinbutton', { name, exact: true }).fill(value);
  await expect(advice).toHaveCount(0);
  await expect(page.getByText(/is not read|are not read/)).toHaveCount(0);
});

test('a number out of range is told the range, and what of it fits now', async ({ page }) => {
  const stride = page.getByRole('spinbutton', { name: 'Stride', exact: true });
  await expect(stride).toHaveAccessibleDescription(/Fits now/);
  await stride.fill('5000');
  await expect(page.getByRole('alert')).toHaveText(
    /^Stride goes from 1 to 1.024, received 5.000\. The old value 1 × 1 stays\. Fits now: 1 to 1.024\.$/,
  );
});

test('the frequency response is a picture with a sentence', async ({ page }) => {
  const map = page.getByRole('img', { name: /^Frequency response of Kernel\./ });
  await expect(map).toHaveAccessibleName(/Passes medium frequencies from left to right/);
  await page.getByRole('combobox', { name: 'Preset' }).selectOption({ label: 'Gaussian blur 5 × 5' });
  await expect(map).toHaveAccessibleName(/Passes low frequencies/);
  const middle = await map.evaluate((canvas: HTMLCanvasElement) => {
    const pixel = (i: number, j: number) => [...(canvas.getContext('2d')?.getImageData(j, i, 1, 1).data ?? [])].slice(0, 3);
    return { middle: pixel(32, 32), corner: pixel(0, 0) };
  });
  expect(middle.middle).not.toEqual(middle.corner);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in a bank with brush, text and a cell that is no number, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.getByRole('combobox', { name: 'Preset' }).selectOption({ label: 'Gabor bank' });
    await expect(page.getByRole('spinbutton', { name: 'Filters', exact: true })).toHaveValue('48');
    await page.getByRole('button', { name: 'Paint cells' }).click();
    await page.getByRole('button', { name: 'Numbers as text' }).click();
    await cell(page, 1, 1).fill('x');
    await expect(page.getByRole('alert')).toBeVisible();
    await painted(page);
    await page.evaluate(axe.source);
    const broken = `axe.run('.step-panel').then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]))`;
    expect(await page.evaluate(broken)).toEqual([]);
  });
}

test('every tool of the kernel is reached by Tab, and works by keyboard alone', async ({ page }) => {
  await page.getByRole('combobox', { name: 'Preset' }).focus();
  const passed: string[] = [];
  for (let i = 0; i < 24; i++) {
    await page.keyboard.press('Tab');
    passed.push(await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? ''));
  }
  const tools = [
    'Rotate by 90°',
    'Mirror left and right',
    'Mirror top and bottom',
    'Exchange rows and columns',
    'Change all signs',
  ];
  expect(passed).toEqual(expect.arrayContaining(['Row 1, column 1', ...tools, 'Paint cells', 'Edits keep symmetry']));
  await page.getByRole('button', { name: 'Mirror left and right' }).press('Enter');
  await expect(cell(page, 2, 1)).toHaveAttribute('title', '2');
  await expect(page.getByRole('button', { name: 'Mirror left and right' })).toBeFocused();
  await page.getByRole('button', { name: 'Turn by 180°, for true convolution' }).press('Enter');
  await expect(cell(page, 2, 1)).toHaveAttribute('title', '−2');
  await expect(page.getByText(/^Networks lay the kernel on as it is/).last()).toBeVisible();
});
