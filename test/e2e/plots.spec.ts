import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { painted } from '../../scripts/lib/panel.mjs';
import { findings } from './support/axe';
import { chooseFile } from './support/chooseFile';
import { test as base, expect } from './support/fixtures';
import { pattern, readPng } from './support/raster';
import { photo, pngOf } from './support/server';

const x = pattern(60, 40);
/** As a signed scene takes them, in float32. */
const signed = Array.from(x.data, (v) => Math.fround(2 * Math.fround(v / 255) - 1));
const percent = (share: number): string => `${Math.round(1000 * share) / 10} %`;
const relu = [{ op: 'relu', params: {} }];
const norm = [{ op: 'batchNorm', params: { training: true } }];

async function plots(page: Page, hosted: string, steps: readonly object[], plot?: string): Promise<void> {
  await page.addInitScript(() => sessionStorage.setItem('drawer', '{"height":30,"open":true}'));
  const scene = JSON.stringify({ version: 1, input: 'signed', steps });
  await page.goto(`${hosted}#${new URLSearchParams({ scene })}`);
  await chooseFile(page, { name: 'mine.png', mimeType: 'image/png', buffer: Buffer.from(pngOf(x)) });
  await painted(page);
  await page.getByRole('tab', { name: 'Plots' }).click();
  if (plot) await page.getByRole('combobox', { name: 'Plot', exact: true }).selectOption({ label: plot });
}
const large = (page: Page, text: string) => page.locator('.live-shares > div').filter({ hasText: text }).locator('dd');

const three = (v: number): string => String(Number(v.toPrecision(3))).replace('-', '−');
function momentsOf(values: readonly number[]): { readonly mean: number; readonly variance: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return { mean, variance: values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length };
}

const test = base;

test('the curve of a step is read by arrow keys, with the picture’s values before and after', async ({ page, hosted }) => {
  await plots(page, hosted, relu);
  const reader = page.getByRole('slider', { name: 'Read values of “ReLU and its derivative”' });
  await reader.focus();
  await page.keyboard.press('Home');
  await expect(reader).toHaveAttribute('aria-valuetext', /^x = −2: ReLU 0, /);
  await expect(reader).toHaveAttribute('aria-valuetext', /slope 0$/);
  await page.keyboard.press('End');
  await expect(reader).toHaveAttribute('aria-valuetext', /^x = 2: ReLU 2, .*slope 1$/);
  for (let i = 0; i < 50; i++) await page.keyboard.press('ArrowLeft');
  // At the kink the slope is a convention.
  await expect(reader).toHaveAttribute('aria-valuetext', /^x = 0: ReLU 0, .*slope 0$/);
  const bin = (values: readonly number[]) => values.filter((v) => v >= 0 && v < 4 / 120).length / values.length;
  const [before, after] = [bin(signed), bin(signed.map((v) => Math.max(0, v)))].map((share) =>
    String(Number((100 * share).toPrecision(3))),
  );
  await expect(page.locator('.plot-reading')).toContainText(`Values of this picture before ${before}, and after ${after}`);
  await expect(page.getByRole('img', { name: /^ReLU\. Curve of ReLU for x from −2 to 2\. Takes every number/ })).toBeVisible();
});

test('a plot is saved as SVG and as PNG with its title, as CSV with its numbers, and shown as a table', async ({
  page,
  hosted,
}) => {
  await plots(page, hosted, relu);
  const save = async (item: string): Promise<Buffer> => {
    await page.getByRole('button', { name: 'Save or read the plot “ReLU and its derivative”' }).click();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: item }).click()]);
    expect(file.suggestedFilename()).toMatch(/^convscope-relu\.(svg|png|csv)$/);
    return readFileSync(await file.path());
  };
  await expect(page.locator('[data-panel=after]')).toBeVisible();
  const svg = String(await save('Save as SVG'));
  expect(svg).toContain('<title id="name">ReLU and its derivative</title>');
  expect(svg).toContain('there it counts as 0, by convention.');
  const png = await save('Save as PNG');
  expect([...png.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
  const rows = String(await save('Save the numbers as CSV'))
    .trim()
    .split('\n');
  const curve = rows.filter((row) => row.startsWith('ReLU,ReLU,line,')).map((row) => row.split(',').slice(3).map(Number));
  expect(curve.length).toBeGreaterThanOrEqual(10_000);
  expect(curve.every(([at = 0, , y]) => y === Math.max(0, at))).toBe(true);
  await page.getByRole('button', { name: 'Save or read the plot “ReLU and its derivative”' }).click();
  await page.getByRole('menuitem', { name: 'Show as a table' }).click();
  const table = page.getByRole('region', { name: 'ReLU and its derivative' }).getByRole('table');
  await expect(table.getByRole('row')).toHaveCount(42);
  await expect(table.getByRole('row').last()).toContainText('2');
});

test('a bias kills a ReLU, a leak revives it, and the leak goes into the chain', async ({ page, hosted }) => {
  await plots(page, hosted, relu, 'Dead and alive');
  const dead = (shift: number): string => percent(signed.filter((v) => v + shift <= 0).length / signed.length);
  await expect(large(page, 'of the values are zero')).toHaveText(dead(0));
  const bias = page.getByRole('spinbutton', { name: 'Bias b' }).or(page.getByRole('textbox', { name: 'Bias b' }));
  await bias.fill('-0.5');
  await bias.press('Enter');
  await expect(large(page, 'of the values are dead')).toHaveText(dead(-0.5));
  await bias.fill('-2');
  await bias.press('Enter');
  await expect(large(page, 'of the values are dead')).toHaveText('100 %');
  await expect(large(page, 'channels are dead')).toHaveText('3 of 3');
  const slope = page.getByRole('spinbutton', { name: 'Slope a' }).or(page.getByRole('textbox', { name: 'Slope a' }));
  await slope.fill('0.1');
  await slope.press('Enter');
  await expect(large(page, 'of the values are dead')).toHaveText('0 %');
  await expect(large(page, 'channels are dead')).toHaveText('0 of 3');
  await page.getByRole('button', { name: 'Put Leaky ReLU with 0.1 in the chain' }).click();
  await expect(
    page.getByRole('navigation', { name: 'Chain' }).getByRole('button', { name: '1 Leaky ReLU', exact: true }),
  ).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Plot', exact: true })).toHaveValue('liveness');
});

test('what is dead is marked in a map and on the output', async ({ page, hosted }) => {
  await plots(page, hosted, relu, 'Dead and alive');
  await page.getByRole('combobox', { name: 'Channel of the map' }).selectOption({ label: 'Channel 1' });
  const red = signed.filter((_, i) => i % 3 === 0);
  const share = percent(red.filter((v) => v <= 0).length / red.length);
  await expect(page.getByRole('img', { name: `Map of where gradients pass: ${share} of the values are dead` })).toBeVisible();
  await page.getByRole('switch', { name: 'Mark on the output' }).click();
  const marked = page.locator('figure.output .dead-overlay canvas');
  await expect(marked).toBeVisible();
  const opaque = () =>
    marked.evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return Array.from({ length: canvas.width * canvas.height }, (_, i) => data[4 * i + 3]! > 0);
    });
  await expect.poll(opaque).toEqual(red.map((v) => v <= 0));
});

test('gradients vanish through sigmoids, layer by layer, and not through ReLUs', async ({ page, hosted }) => {
  await plots(page, hosted, relu, 'Vanishing gradient');
  const notes = page.locator('.plot-note');
  await expect(notes.filter({ hasText: /^Sigmoid: from/ })).toBeVisible();
  const factor = async (name: string): Promise<number> =>
    Number(/× ([\d.]+) a layer/.exec((await notes.filter({ hasText: name }).first().textContent()) ?? '')?.[1]);
  expect(await factor('Sigmoid: from')).toBeLessThan(0.3);
  expect(await factor('ReLU: from')).toBeGreaterThan(0.6);
  await expect(notes.last()).toContainText('reduced to 20 × 14 px');
  const layers = page.getByRole('spinbutton', { name: 'Layers' }).or(page.getByRole('textbox', { name: 'Layers' }));
  await layers.fill('4');
  await layers.press('Enter');
  const reader = page.getByRole('slider', { name: /^Read values of “The gradient/ });
  await expect(reader).toHaveAttribute('aria-valuemax', '4.5');
  await reader.focus();
  await page.keyboard.press('End');
  await expect(reader).toHaveAttribute('aria-valuetext', /^layer, from the picture on = 4: Sigmoid 0\.\d+, ReLU/);
});

test('batch norm is shown channel by channel; gamma and beta change the step and can be taken back', async ({ page, hosted }) => {
  await plots(page, hosted, norm, 'Channels before and after');
  const { mean, variance } = momentsOf(signed.filter((_, i) => i % 3 === 0));
  const first = page.locator('[data-panel=channel-1]');
  // In several lines where it is wider than its panel.
  const words = async () => (await first.locator('text').allTextContents()).join(' ');
  await expect.poll(words).toContain(`mean ${three(mean)} → 0, variance ${three(variance)} → 1`);
  const plot = page.getByRole('tabpanel');
  const gamma = plot.getByRole('spinbutton', { name: 'Scale γ' }).or(plot.getByRole('textbox', { name: 'Scale γ' }));
  await gamma.fill('2');
  await gamma.press('Enter');
  await expect(first).toContainText('→ 4');
  await plot.getByRole('switch', { name: 'Compare with “Training” off' }).click();
  await expect(first).toContainText('Training off');
  const off = page.locator('.plot-note').filter({ hasText: 'Training off, Channel 1: Mean' });
  await expect(off).toContainText(`Mean ${three(2 * mean)}, deviation ${three(2 * Math.sqrt(variance))}`);
  await plot.getByRole('switch', { name: 'Training', exact: true }).click();
  await expect.poll(words).toContain(`variance ${three(variance)} → ${three(4 * variance)}`);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(first).toContainText('→ 4');
});

test('mean and variance of this picture become the running ones, and another picture is normalised by them', async ({
  page,
  hosted,
}) => {
  await plots(page, hosted, norm, 'Channels before and after');
  const plot = page.getByRole('tabpanel');
  const first = page.locator('[data-panel=channel-1]');
  const training = plot.getByRole('switch', { name: 'Training', exact: true });
  await expect(first).toContainText('→ 0, variance');
  await training.click();
  await expect(first).not.toContainText('→ 0, variance');
  await plot.getByRole('button', { name: 'Take mean and variance of this picture' }).click();
  await expect(plot.getByRole('status').filter({ hasText: 'Taken from' })).toBeVisible();
  await expect(first).toContainText('→ 0, variance');
  // Undone, the running mean is 0 again and the variance 1.
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(first).not.toContainText('→ 0, variance');
  await expect(plot.getByRole('status').filter({ hasText: 'Taken from' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect(first).toContainText('→ 0, variance');
  const other = readPng(photo('coffee.png'));
  await page.locator('.picture-button').click();
  await page.getByRole('menuitem', { name: 'coffee.png' }).click();
  const reds = (data: ArrayLike<number>) => Array.from(data, (v) => (2 * v) / 255 - 1).filter((_, i) => i % 3 === 0);
  const [before, after] = [momentsOf(reds(x.data)), momentsOf(reds(other.data))];
  const moved = (after.mean - before.mean) / Math.sqrt(before.variance + 1e-5);
  await expect(first).toContainText(`mean ${three(after.mean)} → ${three(moved)}, variance`);
});

test('two descents start where the reader puts them, by keys too, and count their steps', async ({ page, hosted }) => {
  await plots(page, hosted, norm, 'Descent and normalising');
  const start = page.getByRole('slider', { name: 'Start of the descent' });
  await expect(start).toHaveAttribute('aria-valuetext', 'x −16, y 12');
  await start.focus();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(start).toHaveAttribute('aria-valuetext', 'x −11, y 11.5');
  const steps = (a: number, b: number, rate: number): number => {
    let [u, v, n] = [-11, 11.5, 0];
    for (; Math.hypot(u, v) > 0.5; n++) [u, v] = [u - rate * a * u, v - rate * b * v];
    return n;
  };
  const notes = page.locator('.plot-note');
  await expect(notes.nth(0)).toHaveText(`Before: within 0.5 of the minimum. Steps: ${steps(2, 10, 0.19)}.`);
  await expect(notes.nth(1)).toHaveText(`After: within 0.5 of the minimum. Steps: ${steps(1, 1, 0.19)}.`);
  const rate = page.getByRole('spinbutton', { name: 'Learning rate' }).or(page.getByRole('textbox', { name: 'Learning rate' }));
  await rate.fill('0.25');
  await rate.press('Enter');
  await expect(notes.nth(0)).toContainText('runs away');
  const box = (await page.locator('[data-panel=round]').boundingBox())!;
  await start.hover();
  await page.mouse.down();
  const other = (await page.locator('[data-panel=stretched]').boundingBox())!;
  await page.mouse.move(other.x + other.width / 3, other.y + other.height / 2);
  await page.mouse.up();
  await expect(start).not.toHaveAttribute('aria-valuetext', 'x −11, y 11.5');
  expect(box.width).toBe(other.width);
});

test('histograms of every channel and of every step come as numbers too', async ({ page, hosted }) => {
  await plots(page, hosted, relu, 'Histograms');
  await page.getByRole('combobox', { name: 'Whose channels' }).selectOption({ label: 'Input' });
  await page.getByRole('button', { name: 'Save or read the plot “Values of Input”' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Save the numbers as CSV' }).click(),
  ]);
  const rows = readFileSync(await file.path(), 'utf8')
    .trim()
    .split('\n')
    .slice(1);
  const bars = rows.map((row) => row.split(',')).filter(([panel]) => panel === 'Green');
  const green = signed.filter((_, i) => i % 3 === 1);
  expect(bars).toHaveLength(96);
  for (const [i, [, , , from, to, height]] of bars.entries()) {
    const [low, high] = [Number(from), Number(to)];
    const inside = green.filter((v) => v >= low && (v < high || i === 95)).length;
    expect(Math.abs(Number(height) - (100 * inside) / green.length)).toBeLessThan(0.3);
  }
  await page.getByRole('radio', { name: 'Steps' }).check({ force: true });
  await expect(page.locator('figure.plot figcaption')).toHaveText('Values of every step');
  await expect(page.getByRole('img', { name: /^1 ReLU\. Mean/ })).toBeVisible();
});

const kinds = ['Curve and derivative', 'Dead and alive', 'Histograms', 'Vanishing gradient', 'Descent and normalising'];
/** Plots of steps of other kinds. */
const others = [
  [norm, 'Channels before and after'],
  [[{ op: 'conv2d', params: { padding: 1, groups: 3 } }], 'Frequency response'],
] as const;
for (const colorScheme of ['light', 'dark'] as const)
  test(`axe finds nothing in any plot, wide and narrow, ${colorScheme}`, async ({ page, hosted }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await plots(page, hosted, relu);
    for (const [plot, width] of [...kinds.map((kind) => [kind, 1280] as const), ['Dead and alive', 420] as const]) {
      await page.setViewportSize({ width, height: 860 });
      await page.getByRole('combobox', { name: 'Plot', exact: true }).selectOption({ label: plot });
      await expect(page.locator('.plot-panel svg').first()).toBeVisible();
      await page.waitForTimeout(300);
      expect(await findings(page), `${plot}, ${width}`).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    }
    for (const [steps, plot] of others)
      for (const width of [1280, 420]) {
        await page.setViewportSize({ width: 1280, height: 860 });
        await page.goto('about:blank');
        await plots(page, hosted, steps, plot);
        await page.setViewportSize({ width, height: 860 });
        await expect(page.locator('.plots').locator('.plot-panel svg, .frequency canvas').first()).toBeVisible();
        await page.waitForTimeout(300);
        expect(await findings(page), `${plot}, ${width}`).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      }
    await page.setViewportSize({ width: 1280, height: 800 });
  });
