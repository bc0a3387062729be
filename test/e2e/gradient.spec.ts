import type { Page } from 'playwright/test';
import { changeOperation } from '../../scripts/lib/lab.mjs';
import { painted } from '../../scripts/lib/panel.mjs';
import { findings } from './support/axe';
import { chooseFile } from './support/chooseFile';
import { test as base, expect } from './support/fixtures';
import { pattern } from './support/raster';
import { pngOf } from './support/server';

const x = pattern(50, 40);
/** Red of a pixel, as it enters. */
const red = (column: number, row: number): number => x.data[3 * (row * x.width + column)]! / 255;

/** The Lab as a plain web page with a small picture, and the gradients open below it. */
const test = base.extend<{ lab: Page }>({
  lab: async ({ page, hosted }, use) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(hosted);
    await chooseFile(page, { name: 'mine.png', mimeType: 'image/png', buffer: Buffer.from(pngOf(x)) });
    await painted(page);
    await page.getByRole('tab', { name: 'Gradients' }).click();
    await expect(view(page).getByRole('list', { name: 'The chain from the picture to L' })).toBeVisible();
    await use(page);
  },
});

const view = (page: Page) => page.getByRole('region', { name: 'Gradients', exact: true });
const says = (page: Page) => view(page).locator('.gradient-says');
const phase = (page: Page, name: string) => view(page).getByRole('button', { name, exact: true });
const check = (page: Page) => view(page).getByRole('region', { name: 'Check by differences' });
async function startAt(page: Page, column: number, row: number): Promise<void> {
  for (const [name, to] of [
    ['Column of the value', column],
    ['Row of the value', row],
  ] as const) {
    await view(page).getByRole('spinbutton', { name }).fill(String(to));
    await page.keyboard.press('Enter');
  }
}

test('from one value of a max-pool the gradient goes back to the pixel that won, and differences agree', async ({ lab }) => {
  await startAt(lab, 10, 7);
  const window = [0, 1, 2, 3].map((k) => ({
    column: k % 2,
    row: Math.floor(k / 2),
    value: red(20 + (k % 2), 14 + Math.floor(k / 2)),
  }));
  const winner = window.reduce((best, one) => (one.value > best.value ? one : best));
  await phase(lab, '2 Loss').click();
  await expect(says(lab)).toContainText(`at 10, 7 in channel 1: L = ${Number(winner.value.toPrecision(6))}`);
  await view(lab).getByRole('button', { name: 'One step on' }).click();
  await expect(phase(lab, '3 Backward')).toHaveAttribute('aria-current', 'step');
  await expect(says(lab)).toContainText('1 Max-pool: dL/dy comes in with norm 1, dL/dx goes out with norm 1');
  await expect(says(lab)).toContainText('25 % of the input values get any');
  await expect(view(lab).getByText('exact, on the 2 × 2 pixels behind this value')).toBeVisible();

  const picture = view(lab).getByRole('img', { name: /^dL\/dx, 2 by 2/ });
  const { width = 0, height = 0 } = (await picture.boundingBox()) ?? {};
  for (const { column, row } of window) {
    await picture.click({ position: { x: ((column + 0.5) * width) / 2, y: ((row + 0.5) * height) / 2 } });
    await expect(check(lab)).toContainText(`pixel ${column}, ${row}, channel 1`);
    const won = column === winner.column && row === winner.row;
    await expect(check(lab)).toContainText(`backward: ${won ? 1 : 0}`);
    await expect(check(lab).getByRole('status')).toContainText('They agree');
  }
});

test('a press on the output takes the value there; its part of the picture is outlined on the input', async ({ lab }) => {
  const output = lab.locator('figure.output canvas[role=img]');
  const { width = 0, height = 0 } = (await output.boundingBox()) ?? {};
  // Of 25 × 20 the pixel at 5, 15.
  await output.click({ position: { x: (5.5 / 25) * width, y: (15.5 / 20) * height } });
  await expect(view(lab).getByRole('spinbutton', { name: 'Column of the value' })).toHaveValue('5');
  await expect(view(lab).getByRole('spinbutton', { name: 'Row of the value' })).toHaveValue('15');
  const [input, part] = [lab.locator('figure.input canvas[role=img]'), lab.locator('figure.input .gradient-part')];
  await expect
    .poll(async () => {
      const [whole, box] = [await input.boundingBox(), await part.boundingBox()];
      if (!whole || !box) return null;
      const unit = whole.width / 50;
      // The line of 2 px lies around the part.
      return [(box.x + 2 - whole.x) / unit, (box.y + 2 - whole.y) / unit, (box.width - 4) / unit].map(Math.round);
    })
    .toEqual([10, 30, 2]);
});

test('the gradient under the pointer is told beside the pictures: of a pixel, of one that L does not depend on, of a weight', async ({
  lab,
}) => {
  const weights = [
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
  ];
  const steps = [{ op: 'conv2d', params: { padding: 1, groups: 3 }, weights: { weight: weights } }];
  await lab.evaluate(
    (hash) => {
      location.hash = hash;
    },
    `${new URLSearchParams({ scene: JSON.stringify({ version: 1, input: 'unit', steps }) })}`,
  );
  await expect(lab.getByText('1 Convolution').first()).toBeVisible();
  await painted(lab);
  await startAt(lab, 20, 15);
  await expect(view(lab).getByText('exact, on the 3 × 3 pixels behind this value')).toBeVisible();
  const told = view(lab).locator('.gradient-under > :not(.sr)');
  await expect(told).toHaveText('Point at the picture or at a weight for its gradient.');
  const phases = await view(lab).locator('.gradient-phases').boundingBox();
  const input = (await lab.locator('figure.input canvas[role=img]').boundingBox())!;
  const over = (column: number, row: number) =>
    lab.mouse.move(input.x + ((column + 0.5) / 50) * input.width, input.y + ((row + 0.5) / 40) * input.height);
  // Of the value at 20, 15 the pixel one to the right and one up meets the weight in the corner.
  await over(21, 14);
  await expect(told).toHaveText('dL/dx at 21, 14: 3  0  0');
  await over(19, 15);
  await expect(told).toHaveText('dL/dx at 19, 15: 4  0  0');
  await over(40, 30);
  await expect(told).toHaveText('dL/dx at 40, 30: 0, L does not depend on this pixel');
  expect(await view(lab).locator('.gradient-phases').boundingBox()).toEqual(phases);
  await view(lab)
    .getByRole('group', { name: 'Kernel with gradients' })
    .getByRole('button', { name: /^Row 3, column 1: 7/ })
    .hover();
  const slope = Number(red(19, 16).toPrecision(6));
  await expect(told).toHaveText(`Kernel, number 7: w = 7, dL/dw = ${slope}`);
  await lab.mouse.move(0, 0);
  await expect(told).toHaveText('Point at the picture or at a weight for its gradient.');
});

test('a kernel learns to leave the picture as it is: 20 updates lower the loss, and undo takes them back, press by press', async ({
  lab,
}) => {
  await changeOperation(lab, 'conv2d');
  await painted(lab);
  await view(lab).getByRole('radio', { name: 'Loss' }).check();
  await view(lab).getByRole('combobox', { name: 'Target' }).selectOption({ label: 'Input' });
  await phase(lab, '3 Backward').click();
  await expect(says(lab)).toContainText('1 Convolution: dL/dy comes in with norm');
  // A weight is checked: the difference agrees with what came back.
  await view(lab)
    .getByRole('group', { name: 'Kernel with gradients' })
    .getByRole('button', { name: /^Row 2, column 2: 0, gradient −/ })
    .click();
  await expect(check(lab)).toContainText('Kernel, number 5 of step 1 Convolution');
  await expect(check(lab).getByRole('status')).toContainText('They agree');

  await phase(lab, '4 Update').click();
  const cells = () => lab.locator('.cells input').evaluateAll((all) => all.map((one) => one.getAttribute('title')));
  const before = await cells();
  await view(lab).getByRole('spinbutton', { name: 'Learning rate η' }).fill('0.2');
  await lab.keyboard.press('Enter');
  await view(lab).getByRole('button', { name: 'Again × 20' }).click();
  const curve = view(lab).getByRole('img', { name: /L over 20 updates: from/ });
  await expect(curve).toBeVisible();
  const [, from = '', to = ''] = /from (\S+) to (\S+)/.exec((await curve.getAttribute('aria-label')) ?? '') ?? [];
  expect(Number(to)).toBeLessThan(Number(from) / 2);
  const scale = view(lab).getByRole('switch', { name: 'Log scale' });
  const line = async () => curve.locator('path').evaluateAll((all) => all.map((one) => one.getAttribute('d')).join());
  const linear = await line();
  await scale.click();
  await expect.poll(line).not.toBe(linear);
  await scale.click();
  await expect.poll(line).toBe(linear);
  await expect.poll(cells).not.toEqual(before);
  const learned = await cells();
  await view(lab).getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(view(lab).getByRole('img', { name: /L over 21 updates: from/ })).toBeVisible();
  await lab.locator('h1').click();
  await lab.keyboard.press('Control+z');
  await expect.poll(cells).toEqual(learned);
  await expect(curve).toHaveCount(0);
  await lab.keyboard.press('Control+z');
  await expect.poll(cells).toEqual(before);
});

test('a chain without weights says so, a loss that does not fit says why, and no step leaves nothing to show', async ({
  lab,
}) => {
  await phase(lab, '4 Update').click();
  await expect(view(lab)).toContainText('No step up to here has weights that can be learned');
  await changeOperation(lab, 'conv2d');
  await painted(lab);
  await view(lab).getByRole('radio', { name: 'Loss' }).check();
  await view(lab).getByRole('combobox', { name: 'Loss' }).selectOption({ label: 'Binary cross-entropy' });
  await expect(view(lab).getByRole('alert')).toContainText('expected values from 0 to 1');
  await view(lab).getByRole('combobox', { name: 'Loss' }).selectOption({ label: 'Squared error' });
  await expect(view(lab).getByRole('alert')).toHaveCount(0);
  await lab.getByRole('button', { name: '1 Convolution', exact: true }).press('Delete');
  await expect(says(lab)).toContainText('Gradients appear with the full result');
});

test('the phases play by themselves, and stop where a person steps in', async ({ lab }) => {
  await lab.emulateMedia({ reducedMotion: 'no-preference' });
  await phase(lab, '2 Loss').click();
  await view(lab).getByRole('button', { name: 'Play the phases' }).click();
  await expect(phase(lab, '3 Backward')).toHaveAttribute('aria-current', 'step');
  await expect(phase(lab, '4 Update')).toHaveAttribute('aria-current', 'step');
  await view(lab).getByRole('button', { name: 'Play the phases' }).click();
  await expect(phase(lab, '1 Forward')).toHaveAttribute('aria-current', 'step');
  await view(lab).getByRole('button', { name: 'One step on' }).click();
  await expect(phase(lab, '2 Loss')).toHaveAttribute('aria-current', 'step');
  await expect(view(lab).getByRole('button', { name: 'Play the phases' })).toBeVisible();
});

test('close up, the picture shows which pixel won each window of the pool', async ({ lab }) => {
  await view(lab).getByRole('switch', { name: 'dL/dx over the picture' }).click();
  const zoom = lab.getByRole('textbox', { name: 'Zoom', exact: true });
  await zoom.fill('3200');
  await zoom.press('Enter');
  const marks = lab.locator('figure.input .gradient-switches');
  await expect(marks).toBeVisible();
  const [box, whole] = [(await marks.boundingBox())!, (await lab.locator('figure.input canvas[role=img]').boundingBox())!];
  const unit = whole.width / 50;
  const left = Math.round((box.x - whole.x) / unit);
  const top = Math.round((box.y - whole.y) / unit);
  const [columns, rows] = [Math.round(box.width / unit), Math.round(box.height / unit)];
  // The outermost line of a frame is black and opaque where a pixel won.
  const framed = await marks.evaluate(
    (canvas, [columns, rows]) => {
      if (!(canvas instanceof HTMLCanvasElement)) return [];
      const context = canvas.getContext('2d')!;
      const cell = canvas.width / columns!;
      return Array.from(
        { length: columns! * rows! },
        (_, k) => context.getImageData((k % columns!) * cell, Math.floor(k / columns!) * cell, 1, 1).data[3]! > 0,
      );
    },
    [columns, rows],
  );
  for (let j = 0; j + 1 < rows; j += 2)
    for (let i = 0; i + 1 < columns; i += 2) {
      const window = [0, 1, 2, 3].map((k) => red(left + i + (k % 2), top + j + Math.floor(k / 2)));
      const won = [0, 1, 2, 3].map((k) => framed[(j + Math.floor(k / 2)) * columns + i + (k % 2)]);
      expect(won.indexOf(true), `window at ${left + i}, ${top + j}`).toBe(window.indexOf(Math.max(...window)));
      expect(won.filter(Boolean)).toHaveLength(1);
    }
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`axe finds nothing in any phase, ${colorScheme}`, async ({ lab }) => {
    await lab.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await changeOperation(lab, 'conv2d');
    await painted(lab);
    for (const of of ['One value', 'Channel mean', 'Loss']) {
      await view(lab).getByRole('radio', { name: of }).check();
      for (const name of ['1 Forward', '2 Loss', '3 Backward', '4 Update']) {
        await phase(lab, name).click();
        await expect(view(lab)).toHaveAttribute('aria-busy', 'false');
        expect(await findings(lab, '.gradient'), `${of}, ${name}`).toEqual([]);
      }
    }
    await phase(lab, '3 Backward').click();
    await view(lab).getByRole('group', { name: 'Kernel with gradients' }).getByRole('button').first().press('Enter');
    await expect(check(lab).getByRole('status')).toBeVisible();
    await lab.setViewportSize({ width: 420, height: 860 });
    expect(await findings(lab, '.gradient'), 'narrow').toEqual([]);
  });
