import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { painted } from '../../scripts/lib/panel.mjs';
import { findings } from './support/axe';
import { chooseFile } from './support/chooseFile';
import { expect, test } from './support/fixtures';
import { pattern } from './support/raster';
import { pngOf } from './support/server';

/** The Lab as a web page, with a picture of 61 × 40: the last column fits no window of two. */

const x = pattern(61, 40);
const ones = (side: number) => Array.from({ length: side }, () => new Array<number>(side).fill(1));
const pool = { op: 'maxPool2d', params: { kernelSize: 2 } };
const blur = { op: 'conv2d', params: { padding: 1, groups: 3 }, weights: { weight: ones(3) } };
const stamps = { op: 'convTranspose2d', params: { stride: 2, groups: 3 }, weights: { weight: ones(3) } };

async function openGeometry(page: Page, hosted: string, steps: readonly object[]): Promise<void> {
  const scene = JSON.stringify({ version: 1, input: 'unit', steps });
  await page.goto(`${hosted}#${new URLSearchParams({ scene })}`);
  await chooseFile(page, { name: 'mine.png', mimeType: 'image/png', buffer: Buffer.from(pngOf(x)) });
  await painted(page);
  await page.getByRole('tab', { name: 'Geometry' }).click();
  const edge = page.getByRole('slider', { name: 'Height of the plots' });
  for (let i = 0; i < 4; i++) await edge.press('PageUp');
  await page.waitForTimeout(300);
}
const scheme = (page: Page) => page.getByRole('region', { name: 'Scheme' });
const covered = (page: Page) => page.getByRole('region', { name: 'Coverage' });
const field = (page: Page) => page.getByRole('region', { name: 'Receptive field' });
const cells = (page: Page, role: string) =>
  page
    .locator(`.scheme path.${role}`)
    .evaluateAll((paths) => paths.reduce((sum, path) => sum + (path.getAttribute('d')?.match(/M/g)?.length ?? 0), 0));

test('a scheme has as many columns left over as the picture, and its cells answer to pointer and keyboard', async ({
  page,
  hosted,
}) => {
  await openGeometry(page, hosted, [pool]);
  const input = scheme(page).getByRole('img', { name: 'Input 7 × 6' });
  await expect(input).toBeVisible();
  expect(await cells(page, 'unread')).toBe(6);
  await expect(scheme(page).getByRole('status')).toHaveText('Output row 0, column 0 reads 4 pixels.');
  const box = await input.boundingBox();
  await page.mouse.move(box!.x + box!.width * 0.99, box!.y + 4);
  await expect(scheme(page).getByRole('status')).toHaveText('Input row 0, column 6 is never read.');
  await page.mouse.move(0, 0);
  const output = scheme(page).getByRole('img', { name: 'Output 3 × 3' });
  await output.focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowRight']) await page.keyboard.press(key);
  await expect(scheme(page).getByRole('status')).toHaveText('Output row 1, column 2 reads 4 pixels.');
  expect([await cells(page, 'lit-input'), await cells(page, 'lit-tap'), await cells(page, 'lit-output')]).toEqual([4, 4, 1]);
  await page.keyboard.press('Escape');
  await scheme(page).getByRole('img', { name: 'Window 2 × 2' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(scheme(page).getByRole('status')).toHaveText('Tap row 0, column 0 of the window: it meets 9 pixels of the input.');
  await scheme(page).getByRole('spinbutton', { name: 'Columns of the input' }).fill('8');
  await expect(scheme(page).getByRole('img', { name: 'Output 4 × 3' })).toBeVisible();
  expect(await cells(page, 'unread')).toBe(0);
});

test('a scheme plays, steps and is scrubbed; with less motion Play goes on by one', async ({ page, hosted }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openGeometry(page, hosted, [pool]);
  const place = scheme(page).getByRole('slider', { name: 'Place' });
  await expect(place).toHaveAttribute('aria-valuetext', '1 of 9');
  await scheme(page).getByRole('button', { name: 'Play' }).click();
  await expect(place).toHaveAttribute('aria-valuetext', '2 of 9');
  await scheme(page).getByRole('button', { name: 'One place on' }).click();
  await expect(place).toHaveAttribute('aria-valuetext', '3 of 9');
  await place.press('End');
  await expect(scheme(page).getByRole('status')).toHaveText('Output row 2, column 2 reads 4 pixels.');
  await scheme(page).getByRole('button', { name: 'One place on' }).click();
  await expect(place).toHaveAttribute('aria-valuetext', '1 of 9');
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await scheme(page).getByRole('combobox', { name: 'Speed' }).selectOption('Fast');
  await scheme(page).getByRole('button', { name: 'Play' }).click();
  await expect(scheme(page).getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(place).toHaveAttribute('aria-valuetext', '4 of 9');
});

test('a transposed convolution is drawn as stamps that add up, and as a convolution over zeros', async ({ page, hosted }) => {
  await openGeometry(page, hosted, [stamps]);
  await expect(scheme(page).getByRole('radio', { name: 'Stamps' })).toBeChecked();
  await scheme(page).getByRole('slider', { name: 'Place' }).press('End');
  await expect(scheme(page).getByRole('status')).toHaveText('Input row 2, column 2 feeds 9 outputs.');
  expect(await cells(page, 'stamped4')).toBeGreaterThan(0);
  await scheme(page).getByRole('radio', { name: 'Over zeros' }).check();
  await expect(scheme(page).getByRole('img', { name: 'Input with zeros 9 × 9' })).toBeVisible();
  await scheme(page).getByRole('slider', { name: 'Place' }).press('Home');
  await expect(scheme(page).getByRole('status')).toHaveText('Output row 0, column 0 reads 1 pixel. 8 taps lie on the border.');
  expect(await cells(page, 'zero')).toBe(5 * 5 - 9);
  await scheme(page).getByRole('switch', { name: 'Numbers' }).click();
  await expect(page.locator('.scheme text.digit').first()).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    scheme(page).getByRole('button', { name: 'Save the scheme as SVG' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('mine-convTranspose2d-scheme.svg');
  const svg = readFileSync(await download.path(), 'utf8');
  const parsed = await page.evaluate((text) => {
    const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    return [root.tagName, root.querySelector('title')?.textContent, root.querySelector('desc')?.textContent];
  }, svg);
  expect(parsed).toEqual([
    'svg',
    'Scheme: Transposed convolution',
    'Input with zeros 9 × 9. Window 3 × 3. Output 7 × 7. Output row 0, column 0 reads 1 pixel. 8 taps lie on the border.',
  ]);
});

test('coverage says in words what is read, and hatches on the picture what is not', async ({ page, hosted }) => {
  await openGeometry(page, hosted, [pool]);
  await expect(covered(page).getByRole('status')).toHaveText('98 % of the pixels are read once and 2 % are never read.');
  await covered(page).getByRole('switch', { name: 'Times read' }).click();
  await expect(covered(page)).toContainText('never');
  const map = page.locator('figure.input canvas.counts');
  await expect(map).toBeVisible();
  // Of a column in the picture and of the last one: how many shades there are, and whether some pixels are left free between the lines.
  const columns = await map.evaluate(async (canvas: HTMLCanvasElement) => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    const film = canvas.closest('.pane')?.querySelector('canvas[role=img]');
    const [box, own] = [film!.getBoundingClientRect(), canvas.getBoundingClientRect()];
    const shades = (part: number) => {
      const at = Math.round(((box.left - own.left + part * box.width) * canvas.width) / own.width);
      const top = Math.round(((box.top - own.top) * canvas.height) / own.height) + 2;
      const { data } = canvas.getContext('2d')!.getImageData(at, top, 1, 40);
      const found = new Set<string>();
      for (let i = 0; i < data.length; i += 4) found.add(data.slice(i, i + 4).join());
      return [...found];
    };
    return { read: shades(0.5), never: shades(60.5 / 61) };
  });
  expect(columns.read).toHaveLength(1);
  expect(columns.never.length).toBeGreaterThan(1);
  expect(columns.never).toContain('0,0,0,0');
  await covered(page).getByRole('switch', { name: 'Times read' }).click();
  await expect(map).toHaveCount(0);
});

test('an uneven overlap is shown beside the result, with a reason, and a button takes a kernel that the stride divides', async ({
  page,
  hosted,
}) => {
  await openGeometry(page, hosted, [stamps]);
  await expect(covered(page)).toContainText(
    'the number of pixels behind an output goes up and down between 1 and 4, because the stride does not divide the window. With this kernel an even picture comes out 75 % uneven.',
  );
  await expect(covered(page).getByRole('img', { name: 'Its overlap' })).toBeVisible();
  await covered(page).getByRole('button', { name: 'Use a kernel of 4 × 4' }).click();
  await expect(covered(page)).not.toContainText('Checkerboard');
  await expect(page.getByRole('textbox', { name: 'Row 4, column 4' })).toBeVisible();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await covered(page).getByRole('button', { name: 'Resize, then convolve' }).click();
  await expect(page.locator('.chain-step')).toHaveCount(2);
  await expect(covered(page)).not.toContainText('Checkerboard');
});

test('the field of the value under the pointer is boxed on the picture, and its gradient drawn in it', async ({
  page,
  hosted,
}) => {
  await openGeometry(page, hosted, [blur, pool, blur]);
  await page.locator('.chain-step .step').nth(2).click();
  await expect(field(page)).toContainText('8 × 8');
  await field(page).getByRole('switch', { name: 'Box on the picture' }).click();
  const glass = page.locator('figure.output .glass');
  const film = page.getByRole('img', { name: 'Output', exact: true });
  const at = async (column: number, row: number) => {
    const box = await film.boundingBox();
    await glass.hover({ position: { x: 1, y: 1 } });
    await page.mouse.move(box!.x + ((column + 0.5) / 30) * box!.width, box!.y + ((row + 0.5) / 20) * box!.height);
  };
  await at(10, 5);
  await expect(field(page).getByRole('status')).toContainText(
    'The value at column 10, row 5 can see columns 17 to 24 and rows 7 to 14.',
  );
  const place = () =>
    page.locator('figure.input').evaluate((view) => {
      const [box, picture] = ['.field-box', 'canvas[role=img]'].map((part) => view.querySelector(part)!.getBoundingClientRect());
      const unit = picture!.width / 61;
      return [(box!.left - picture!.left) / unit, (box!.top - picture!.top) / unit, box!.width / unit].map((v) => Math.round(v));
    });
  expect(await place()).toEqual([17, 7, 8]);
  await at(20, 12);
  await expect.poll(place).toEqual([37, 21, 8]);
  await field(page).getByRole('switch', { name: 'Keep one value' }).click();
  await at(3, 3);
  expect(await place()).toEqual([37, 21, 8]);
  await field(page).getByRole('switch', { name: 'Gradient in it' }).click();
  await expect(field(page).getByRole('status')).toContainText(
    /All \|gradients\| add up to [\d.]+. The middle half of the box holds \d+ % of that\./,
  );
  await expect(page.locator('figure.input canvas.field-heat')).toBeVisible();
  await field(page).getByRole('spinbutton', { name: 'Column of the value' }).fill('0');
  await expect(field(page).getByRole('status')).toContainText('The value at column 0, row 12 can see columns −3 to 4');
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`axe finds nothing in the geometry of a step, ${colorScheme}`, async ({ page, hosted }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await openGeometry(page, hosted, [stamps]);
    for (const name of ['Times read', 'Overlap']) await covered(page).getByRole('switch', { name }).click();
    for (const name of ['Box on the picture', 'Gradient in it', 'Keep one value'])
      await field(page).getByRole('switch', { name }).click();
    await page.waitForTimeout(300);
    expect(await findings(page)).toEqual([]);
    await scheme(page).getByRole('radio', { name: 'Over zeros' }).check();
    await scheme(page).getByRole('switch', { name: 'Numbers' }).click();
    await page.setViewportSize({ width: 420, height: 860 });
    expect(await findings(page), 'narrow').toEqual([]);
  });
