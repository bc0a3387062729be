import type { Locator, Page } from 'playwright/test';
import { painted } from '../../scripts/lib/panel.mjs';
import { findings } from './support/axe';
import { chooseFile } from './support/chooseFile';
import { expect, test } from './support/fixtures';
import { pattern } from './support/raster';
import { pngOf } from './support/server';

/** The Lab as a web page, with a picture of 60 × 40 under a chain of three steps. */

const x = pattern(60, 40);
const blur = { op: 'avgPool2d', params: { kernelSize: 3, stride: 1, padding: 1 } };
const chain = [blur, { op: 'leakyRelu', params: {} }, { op: 'maxPool2d', params: { kernelSize: 2 } }];

async function openChain(page: Page, hosted: string, steps: readonly object[] = chain): Promise<void> {
  const scene = JSON.stringify({ version: 1, input: 'unit', steps });
  await page.goto(`${hosted}#${new URLSearchParams({ scene })}`);
  await chooseFile(page, { name: 'mine.png', mimeType: 'image/png', buffer: Buffer.from(pngOf(x)) });
  await painted(page);
  // What stands around the pictures comes some frames later, and leaves them less room.
  await expect(page.getByText('Feature maps').first()).toBeVisible();
  await page.waitForTimeout(300);
}

const view = (page: Page, side: 'input' | 'output'): Locator => page.locator(`figure.${side} .glass`);
const zoom = (page: Page): Locator => page.getByRole('textbox', { name: 'Zoom', exact: true });
async function typeZoom(page: Page, percent: string): Promise<void> {
  await zoom(page).fill(percent);
  await zoom(page).press('Enter');
  await zoom(page).blur();
}
/** CSS px at which the canvas of a view lies in its port, and how many of them a drawn pixel measures. */
const lies = (page: Page, name: string) =>
  page.locator(`canvas[role=img][aria-label="${name}"]`).evaluate((canvas: HTMLCanvasElement) => {
    const { a, e, f } = new DOMMatrix(canvas.style.transform);
    return { scale: a, left: e, top: f };
  });

test('the second view shows any step, named in its caption and for screen readers', async ({ page, hosted }) => {
  await openChain(page, hosted);
  const shows = page.getByRole('combobox', { name: 'The second view shows' });
  await expect(shows.locator('option')).toHaveText([/^Selected: /, 'Input', '1 Average-pool', '2 Leaky ReLU', '3 Max-pool']);
  await shows.selectOption('3 Max-pool');
  const image = page.getByRole('img', { name: 'Step 3, Max-pool' });
  await expect(image).toBeVisible();
  await expect(image).toHaveAccessibleDescription(/^Step 3, Max-pool, 30 by 20, RGB, values from [\d.]+ to [\d.]+$/);
  await page.getByRole('combobox', { name: 'Channel', exact: true }).selectOption('1');
  await expect(image).toHaveAccessibleDescription(/30 by 20, channel 2 of 3, values/);
  await page.getByRole('combobox', { name: 'The first view shows' }).selectOption('2 Leaky ReLU');
  await expect(page.getByRole('img', { name: 'Step 2, Leaky ReLU' })).toBeVisible();
  await expect(page.locator('figure.input')).toContainText('60 × 40');
});

test('keys 1 to 4 choose how the views are compared', async ({ page, hosted }) => {
  await openChain(page, hosted);
  for (const [key, name] of [
    ['2', 'Split'],
    ['3', 'Blink'],
    ['4', 'Difference'],
    ['1', 'Side by side'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole('radio', { name })).toBeChecked();
  }
});

test('a typed zoom is percent of picture pixels, at most 6400; Fit and 0 show the whole picture', async ({ page, hosted }) => {
  await openChain(page, hosted);
  const fit = await zoom(page).inputValue();
  await typeZoom(page, '1600');
  await expect(zoom(page)).toHaveValue('1\u202f600 %');
  expect((await lies(page, 'Input')).scale).toBeCloseTo(16, 6);
  await typeZoom(page, '99999');
  await expect(zoom(page)).toHaveValue('6\u202f400 %');
  await page.keyboard.press('-');
  await expect(zoom(page)).toHaveValue('3\u202f200 %');
  await page.getByRole('button', { name: 'Fit', exact: true }).click();
  await expect(zoom(page)).toHaveValue(fit);
  await page.keyboard.press('+');
  await page.keyboard.press('0');
  await expect(zoom(page)).toHaveValue(fit);
});

test('the wheel zooms at the pointer, and both views show the same part after a drag', async ({ page, hosted }) => {
  await openChain(page, hosted, [blur]);
  const box = (await view(page, 'input').boundingBox())!;
  await typeZoom(page, '3200');
  const at = { x: box.x + box.width * 0.3, y: box.y + box.height * 0.6 };
  const under = async () => {
    const { scale, left, top } = await lies(page, 'Input');
    return [(at.x - box.x - left) / scale, (at.y - box.y - top) / scale];
  };
  await page.mouse.move(at.x, at.y);
  const before = await under();
  await page.mouse.wheel(0, -120);
  await expect.poll(async () => (await lies(page, 'Input')).scale).toBeGreaterThan(40);
  const after = await under();
  for (const i of [0, 1]) expect(Math.abs(after[i]! - before[i]!)).toBeLessThan(0.05);
  const from = await lies(page, 'Input');
  await page.mouse.down();
  await page.mouse.move(at.x + 40, at.y - 30, { steps: 4 });
  await page.mouse.up();
  const to = await lies(page, 'Input');
  expect(to.left - from.left).toBeCloseTo(40, 0);
  expect(to.top - from.top).toBeCloseTo(-30, 0);
  expect(await lies(page, 'Output')).toEqual(to);
});

test('a double click goes in and back', async ({ page, hosted }) => {
  await openChain(page, hosted);
  const fit = await zoom(page).inputValue();
  await view(page, 'output').dblclick();
  await expect(zoom(page)).not.toHaveValue(fit);
  await view(page, 'output').dblclick();
  await expect(zoom(page)).toHaveValue(fit);
});

test('arrow keys move the place pixel by pixel, with Shift by ten, and keep it in view', async ({ page, hosted }) => {
  await openChain(page, hosted);
  await typeZoom(page, '6400');
  const image = page.getByRole('img', { name: 'Input' });
  await image.focus();
  const readout = page.locator('.readout');
  await page.keyboard.press('ArrowRight');
  await expect(readout).toContainText('(30, 20)');
  await page.keyboard.press('ArrowLeft');
  await expect(readout).toContainText('(29, 20)');
  const before = await lies(page, 'Input');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(readout).toContainText('(39, 20)');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(readout).toContainText('(49, 20)');
  expect((await lies(page, 'Input')).left).toBeLessThan(before.left);
});

test('two fingers zoom where they are', async ({ page, hosted }) => {
  await openChain(page, hosted, [blur]);
  const box = (await view(page, 'input').boundingBox())!;
  const [x0, y0] = [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)];
  const before = (await lies(page, 'Input')).scale;
  const touch = await page.context().newCDPSession(page);
  const fingers = (spread: number) => [
    { x: x0 - spread, y: y0, id: 1 },
    { x: x0 + spread, y: y0, id: 2 },
  ];
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: fingers(30) });
  for (let spread = 40; spread <= 90; spread += 10)
    await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: fingers(spread) });
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  const after = await lies(page, 'Input');
  expect(after.scale / before).toBeGreaterThan(2.5);
  expect(after.scale / before).toBeLessThan(3.5);
});

test('the loupe shows the values of the same place in both views', async ({ page, hosted }) => {
  await openChain(page, hosted, [{ op: 'maxPool2d', params: { kernelSize: 2 } }]);
  await page.keyboard.press('l');
  await page.getByRole('img', { name: 'Input', exact: true }).focus();
  await page.keyboard.press('ArrowRight');
  const [input, output] = [page.getByRole('img', { name: 'Loupe, Input' }), page.getByRole('img', { name: 'Loupe, Output' })];
  await expect(input).toContainText('Green at (30, 20)');
  await expect(output).toContainText('Green at (15, 10)');
  const green = (column: number, row: number) => x.data[3 * (row * 60 + column) + 1]! / 255;
  await expect(input).toContainText(green(30, 20).toFixed(4));
  const largest = Math.max(green(30, 20), green(31, 20), green(30, 21), green(31, 21));
  await expect(output).toContainText(largest.toFixed(4));
  await page.keyboard.press('l');
  await expect(input).toHaveCount(0);
});

test('the difference of two sizes is refused with both; of one size it is measured', async ({ page, hosted }) => {
  await openChain(page, hosted);
  await page.getByRole('combobox', { name: 'The second view shows' }).selectOption('3 Max-pool');
  await painted(page, 'Step 3, Max-pool');
  await page.keyboard.press('4');
  await expect(page.getByText('Input is 60 × 40 and Step 3, Max-pool is 30 × 20.')).toBeVisible();
  await page.getByRole('combobox', { name: 'The second view shows' }).selectOption('1 Average-pool');
  await expect(page.getByRole('img', { name: 'Difference', exact: true })).toBeVisible();
  const facts = page.locator('.apart-facts');
  await expect(facts).toContainText(/SSIM0\.\d+/);
  // The mean square of what a 3 × 3 mean with zeros around it takes away, by plain loops.
  let squares = 0;
  for (let y = 0; y < 40; y++)
    for (let column = 0; column < 60; column++)
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (let dy = -1; dy <= 1; dy++)
          for (let dx = -1; dx <= 1; dx++) {
            const [row, at] = [y + dy, column + dx];
            if (row >= 0 && row < 40 && at >= 0 && at < 60) sum += x.data[3 * (row * 60 + at) + c]! / 255;
          }
        squares += (x.data[3 * (y * 60 + column) + c]! / 255 - sum / 9) ** 2;
      }
  const psnr = -10 * Math.log10(squares / (3 * 60 * 40));
  await expect(facts).toContainText(`PSNR${psnr.toFixed(2)} dB`);
  await page.getByRole('combobox', { name: 'The second view shows' }).selectOption('Input');
  await expect(facts).toContainText('no difference');
});

test('channels that do not pair are said, and one of each is offered', async ({ page, hosted }) => {
  const sums = {
    op: 'conv2d',
    params: { padding: 1 },
    weights: {
      weight: [
        [1, 1, 1],
        [1, 1, 1],
        [1, 1, 1],
      ],
    },
  };
  await openChain(page, hosted, [sums]);
  await page.keyboard.press('4');
  await expect(page.getByText('Input has 3 channels, Output has 1.')).toBeVisible();
  await page.getByRole('button', { name: 'Compare channel 1 of both' }).click();
  await expect(page.locator('.apart-facts')).toContainText('PSNR');
  await expect(page.getByRole('combobox', { name: 'Channel of the first picture' })).toHaveValue('0');
});

test('blink takes turns by itself, and only by hand where less motion is wanted', async ({ page, hosted }) => {
  await openChain(page, hosted);
  await page.keyboard.press('3');
  const compare = page.locator('.compare');
  await page.getByRole('combobox', { name: 'How fast' }).selectOption('Fast');
  const turns = await compare.evaluate(
    (element) =>
      new Promise<number>((resolve) => {
        let seen = 0;
        const observer = new MutationObserver(() => seen++);
        observer.observe(element, { attributeFilter: ['data-shown'] });
        setTimeout(() => resolve(seen), 2000);
      }),
  );
  expect(turns).toBeGreaterThanOrEqual(3);
  // Two turns are one flash; three flashes a second are the limit.
  expect(turns).toBeLessThanOrEqual(7);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.keyboard.press('1');
  await page.keyboard.press('3');
  const shown = await compare.getAttribute('data-shown');
  await page.waitForTimeout(1500);
  expect(await compare.getAttribute('data-shown')).toBe(shown);
  await page.getByRole('button', { name: 'Show the other' }).click();
  await expect(compare).not.toHaveAttribute('data-shown', shown!);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in any way to compare, ${colorScheme}`, async ({ page, hosted }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await openChain(page, hosted, chain.slice(0, 2));
    await page.keyboard.press('l');
    for (const [key, shown] of [
      ['1', page.getByRole('img', { name: 'Loupe, Input' })],
      ['3', page.getByRole('button', { name: 'Show the other' })],
      ['4', page.locator('.apart-facts')],
    ] as const) {
      await page.keyboard.press(key);
      await expect(shown).toBeVisible();
      expect(await findings(page, '.stage'), key).toEqual([]);
    }
  });
}
