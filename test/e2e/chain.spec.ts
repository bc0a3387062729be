import type { Page } from 'playwright/test';
import { addOperation } from '../../scripts/lib/lab.mjs';
import { painted } from '../../scripts/lib/panel.mjs';
import { chooseFile } from './support/chooseFile';
import { test as base, expect, expectPixels } from './support/fixtures';
import { clamped, convolve, maxPool, pattern, type Raster } from './support/raster';
import { pngOf } from './support/server';

/** The Lab as a plain web page, with a small picture open. */
const test = base.extend<{ lab: Page }>({
  lab: async ({ page, hosted }, use) => {
    await page.goto(hosted);
    await chooseFile(page, { name: 'mine.png', mimeType: 'image/png', buffer: Buffer.from(pngOf(x)) });
    await painted(page);
    await use(page);
  },
});

const x = pattern(50, 40);
const steps = (page: Page) => page.getByRole('navigation', { name: 'Chain' }).getByRole('list', { name: 'Steps' });
const names = (page: Page) =>
  steps(page)
    .locator('.step')
    .evaluateAll((all) => all.map((one) => one.textContent));
const step = (page: Page, name: string) => steps(page).getByRole('button', { name, exact: true });

/** Presses `/`, types, and takes the first that is found. */
async function add(page: Page, query: string): Promise<void> {
  await page.keyboard.press('/');
  await expect(page.getByRole('combobox', { name: 'Find an operation' })).toBeFocused();
  await page.keyboard.type(query);
  await page.keyboard.press('Enter');
  await painted(page);
}

test('the search opens with /, goes by arrow keys, adds behind the selected step with Enter and closes with Escape', async ({
  lab,
}) => {
  await lab.keyboard.press('/');
  const search = lab.getByRole('combobox', { name: 'Find an operation' });
  await expect(search).toBeFocused();
  await lab.keyboard.press('Escape');
  await expect(search).toHaveCount(0);
  await expect(lab.getByRole('button', { name: 'Add a step' })).toBeFocused();
  await add(lab, 'relu');
  await expect.poll(() => names(lab)).toEqual(['1 Max-pool', '2 ReLU']);
  await expect(step(lab, '2 ReLU')).toBeFocused();
  await lab.keyboard.press('ArrowUp');
  await expect(step(lab, '1 Max-pool')).toBeFocused();
  await lab.keyboard.press('/');
  await expect(search).toBeFocused();
  await lab.keyboard.type('σ');
  await expect(lab.getByRole('option').first()).toBeVisible();
  await expect(lab.getByRole('option', { name: 'Max-pool', exact: true })).toHaveCount(0);
  await lab.keyboard.press('ArrowDown');
  await lab.keyboard.press('Enter');
  await painted(lab);
  const now = await names(lab);
  expect(now).toHaveLength(3);
  expect([now[0], now[2]]).toEqual(['1 Max-pool', '3 ReLU']);
});

/** Presses Tab until the named control has the focus. */
async function tabTo(page: Page, role: Parameters<Page['getByRole']>[0], name: string): Promise<void> {
  const wanted = page.getByRole(role, { name, exact: true });
  for (let i = 0; i < 80; i++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`expected ${role} ${name} within 80 tab stops`);
}

/** One channel, as red, green and blue. */
function grey({ width, height, data }: Raster): Raster {
  const bytes = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i += 3)
    bytes.fill(Math.round(0.299 * data[i]! + 0.587 * data[i + 1]! + 0.114 * data[i + 2]!), i, i + 3);
  return { width, height, data: bytes };
}

test('an edge detector is built from nothing by keyboard alone: grey, Sobel, and the size of the slope', async ({ lab }) => {
  await lab.keyboard.press('Tab');
  await tabTo(lab, 'button', '1 Max-pool');
  await lab.keyboard.press('Delete');
  await expect(steps(lab).locator('.step')).toHaveCount(0);
  await expect(steps(lab).locator('.step')).toHaveCount(0);
  await add(lab, 'grey');
  await expectPixels(lab, 'Output', grey(x));
  await add(lab, 'sobel');
  await add(lab, 'leaky');
  await expect.poll(() => names(lab)).toEqual(['1 Grey', '2 Convolution', '3 Leaky ReLU']);
  await tabTo(lab, 'spinbutton', 'Negative slope');
  await lab.keyboard.type('-1');
  await lab.keyboard.press('Enter');
  const slope = convolve(
    x,
    [
      [-1, 0, 1],
      [-2, 0, 2],
      [-1, 0, 1],
    ],
    'zeros',
  );
  const [red, green, blue] = slope.planes;
  const size = red!.map((_, i) => Math.abs(0.299 * red![i]! + 0.587 * green![i]! + 0.114 * blue![i]!));
  await expectPixels(lab, 'Output', clamped({ ...slope, planes: [size, size, size] }), 1);
});

test('fifty steps are undone, and done again', async ({ lab }) => {
  test.setTimeout(120_000);
  const state = async () => JSON.stringify([await names(lab), await steps(lab).locator('[aria-current]').textContent()]);
  await step(lab, '1 Max-pool').focus();
  await add(lab, 'relu');
  await add(lab, 'tanh');
  const keys = ['d', 'Alt+ArrowUp', 'o', 'Alt+ArrowUp', 'Delete', 'd', 'o'];
  const states = [await state()];
  for (let i = 0; i < 50; i++) {
    const key = keys[i % keys.length]!;
    await lab.keyboard.press(key);
    await expect.poll(state, { message: `${i + 1}: ${key}` }).not.toBe(states.at(-1));
    states.push(await state());
  }
  for (let i = 49; i >= 0; i--) {
    await lab.keyboard.press('Control+z');
    await expect.poll(state, { message: `undo to ${i}` }).toBe(states[i]);
  }
  for (let i = 1; i <= 50; i++) {
    await lab.keyboard.press(i % 2 ? 'Control+y' : 'Control+Shift+Z');
    await expect.poll(state, { message: `redo to ${i}` }).toBe(states[i]);
  }
  await expect(lab.getByRole('button', { name: 'Redo' })).toHaveAttribute('aria-disabled', 'true');
  await painted(lab);
});

test('a changed setting and the display are undone as well', async ({ lab }) => {
  const kernel = lab.getByRole('spinbutton', { name: 'Kernel', exact: true });
  await kernel.fill('3');
  await kernel.press('Enter');
  await expectPixels(lab, 'Output', maxPool(x, 3));
  const display = lab.getByRole('combobox', { name: 'Show values as' });
  await display.selectOption('minmax');
  await expect(display).toHaveValue('minmax');
  await lab.getByRole('button', { name: 'Undo' }).click();
  await expect(display).toHaveValue('auto');
  await expectPixels(lab, 'Output', maxPool(x, 3));
  await lab.getByRole('button', { name: 'Undo' }).click();
  await expect(kernel).toHaveValue('2 × 2');
  await expectPixels(lab, 'Output', maxPool(x, 2));
});

test('a step is dragged to another place; Escape leaves it where it was', async ({ lab }) => {
  await addOperation(lab, 'relu');
  await addOperation(lab, 'tanh');
  await painted(lab);
  const middle = async (name: string) => {
    const box = (await step(lab, name).boundingBox())!;
    return { x: box.x + 30, y: box.y + box.height / 2, top: box.y };
  };
  const drag = async (name: string, to: string) => {
    const [from, target] = [await middle(name), await middle(to)];
    await lab.mouse.move(from.x, from.y);
    await lab.mouse.down();
    await lab.mouse.move(from.x, from.y - 12, { steps: 3 });
    await lab.mouse.move(target.x, target.top + 4, { steps: 8 });
    await expect(steps(lab).locator('.drop-line')).toBeVisible();
  };
  await drag('3 Tanh', '1 Max-pool');
  await lab.keyboard.press('Escape');
  await lab.mouse.up();
  await expect(steps(lab).locator('.drop-line')).toHaveCount(0);
  expect(await names(lab)).toEqual(['1 Max-pool', '2 ReLU', '3 Tanh']);
  await drag('3 Tanh', '1 Max-pool');
  await lab.mouse.up();
  await expect.poll(() => names(lab)).toEqual(['1 Tanh', '2 Max-pool', '3 ReLU']);
  await expect(step(lab, '1 Tanh')).toHaveAttribute('aria-current', 'step');
  await expect(lab.getByRole('status').filter({ hasText: 'Tanh is now step 1 of 3.' })).toHaveCount(1);
});

test('a step that is off passes its input on, and its menu switches it on, duplicates and removes it', async ({ lab }) => {
  const choose = async (more: string, item: string) => {
    await lab.getByRole('button', { name: more }).click();
    await lab.getByRole('menuitem', { name: item }).click();
    await painted(lab);
  };
  await choose('Step 1, Max-pool: more', 'Switch off');
  await expectPixels(lab, 'Output', x);
  await choose('Step 1, Max-pool: more', 'Switch on');
  await expectPixels(lab, 'Output', maxPool(x, 2));
  await choose('Step 1, Max-pool: more', 'Duplicate');
  await expectPixels(lab, 'Output', maxPool(maxPool(x, 2), 2));
  await choose('Step 2, Max-pool: more', 'Remove');
  await expectPixels(lab, 'Output', maxPool(x, 2));
});

test('a step that does not fit is named; those before it are still shown, and the change that is offered mends it', async ({
  lab,
}) => {
  await addOperation(lab, 'maxPool2d');
  await addOperation(lab, 'relu');
  await painted(lab);
  await step(lab, '2 Max-pool').click();
  await painted(lab);
  await lab.getByRole('spinbutton', { name: 'Dilation', exact: true }).fill('40');
  await expect(steps(lab).getByText('Does not fit')).toBeVisible();
  await expect(steps(lab).locator('.is-later')).toHaveCount(1);
  await expect(steps(lab).locator('[data-step="0"]').getByText('3 × 20 × 25')).toBeVisible();
  await step(lab, '1 Max-pool').click();
  await expectPixels(lab, 'Output', maxPool(x, 2));
  await expect(lab.getByText('last result that fitted')).toHaveCount(0);
  await expect(lab.getByRole('alert')).toContainText('Step 2, Max-pool:');
  await lab.getByRole('alert').getByRole('button', { name: /^Use/ }).click();
  await expect(lab.getByRole('alert')).toHaveCount(0);
  await painted(lab);
});

test('every preset runs, and shows numbers and a picture for every step', async ({ lab }) => {
  test.setTimeout(90_000);
  const open = () => lab.getByRole('button', { name: 'Presets' }).click();
  await open();
  const ids = await lab.locator('[data-preset]').evaluateAll((all) => all.map((one) => one.getAttribute('data-preset')));
  expect(ids.length).toBeGreaterThanOrEqual(7);
  await lab.keyboard.press('Escape');
  for (const id of ids) {
    await open();
    await lab.locator(`[data-preset=${id}]`).click();
    await painted(lab);
    await expect(lab.getByRole('alert'), `${id}`).toHaveCount(0);
    const count = await steps(lab).locator('.step').count();
    await expect(steps(lab).locator('.time'), `${id}`).toHaveCount(count);
    await expect(lab.locator('.chain-column .total')).toContainText(/ms, (simd|reference)/);
  }
});

test('in a narrow window the chain is a line of pictures across, and steps are added and chosen there', async ({ lab }) => {
  await lab.setViewportSize({ width: 420, height: 860 });
  await addOperation(lab, 'relu');
  await painted(lab);
  const [first, second] = [await step(lab, '1 Max-pool').boundingBox(), await step(lab, '2 ReLU').boundingBox()];
  expect(Math.abs(first!.y - second!.y)).toBeLessThan(2);
  expect(second!.x).toBeGreaterThan(first!.x);
  await step(lab, '1 Max-pool').click();
  await expect(lab.getByRole('complementary').getByRole('button', { name: /Change operation of step 1/ })).toBeVisible();
  const wide = await lab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide).toBe(0);
});

test('the plots are pulled up and put away by keyboard', async ({ lab }) => {
  const edge = lab.getByRole('slider', { name: 'Height of the plots' });
  const height = async () => (await lab.getByRole('region', { name: 'Plots' }).boundingBox())!.height;
  const before = await height();
  await edge.focus();
  await lab.keyboard.press('PageUp');
  await expect.poll(height).toBeGreaterThan(before + 40);
  await lab.getByRole('button', { name: 'Hide plots' }).click();
  await expect(edge).toHaveCount(0);
  await expect.poll(height).toBeLessThan(60);
  await lab.getByRole('button', { name: 'Show plots' }).click();
  await expect(edge).toBeVisible();
});
