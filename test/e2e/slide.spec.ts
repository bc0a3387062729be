import { writeFile } from 'node:fs/promises';
import type { Locator, Page, TestInfo } from 'playwright/test';
import { changeOperation } from '../../scripts/lib/lab.mjs';
import { painted } from '../../scripts/lib/panel.mjs';
import { chooseFile } from './support/chooseFile';
import { type Extension, expect, test } from './support/fixtures';
import { pattern } from './support/raster';
import { pngOf } from './support/server';

/** Opens a picture in the Lab and takes an operation. */
async function opened(extension: Extension, page: Page, info: TestInfo, [width, height]: readonly [number, number], op: string) {
  const path = info.outputPath('picture.png');
  await writeFile(path, Buffer.from(pngOf(pattern(width, height))));
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`chrome-extension://${extension.id}/lab.html`);
  await chooseFile(page, path);
  await painted(page);
  await changeOperation(page, op);
  await painted(page);
  return page.locator('canvas[aria-label="Output"]');
}
/** Drags the first slider from value to value, those of one list without a pause, and lets it rest; answers with the widths of the result's drawings, and what the page said meanwhile. */
const dragged = (output: Locator, drag: readonly (readonly string[])[]) =>
  output.evaluate(async (canvas: HTMLCanvasElement, values) => {
    const [widths, said]: [number[], string[]] = [[], []];
    const watch = new MutationObserver(() => widths.push(canvas.width));
    watch.observe(canvas, { attributes: true, attributeFilter: ['width'] });
    const slider = document.querySelector<HTMLInputElement>('.ctl .params input[type=range]');
    if (!slider) throw new Error('Expected a slider, found none.');
    for (const atOnce of values) {
      for (const value of atOnce) {
        slider.value = value;
        slider.dispatchEvent(new Event('input', { bubbles: true }));
      }
      await new Promise((resolve) => setTimeout(resolve, 60));
      said.push(document.body.innerText);
    }
    await new Promise((resolve) => setTimeout(resolve, 1500));
    watch.disconnect();
    return { widths, said };
  }, drag);
/** Pixels of the screen across the result. */
const across = (output: Locator) => output.evaluate((canvas) => canvas.getBoundingClientRect().width * devicePixelRatio);

test('while a slider moves the result is drawn about as finely as it is seen, and in full when it rests', async ({
  extension,
  page,
}, info) => {
  const output = await opened(extension, page, info, [1200, 1000], 'leakyRelu');
  await expect(output).toHaveAttribute('width', '1200');
  const { widths } = await dragged(output, [['0.4'], ['0.5'], ['0.6'], ['0.7']]);
  expect(widths[0]).toBe(400);
  expect(widths[0]).toBeGreaterThanOrEqual(await across(output));
  expect(widths.at(-1)).toBe(1200);
  await expect(page.locator('.ctl .params').getByRole('spinbutton').first()).toHaveValue('0.7');
});

test('while a slider enlarges the picture only what is seen is computed, and all of it when it rests', async ({
  extension,
  page,
}, info) => {
  const output = await opened(extension, page, info, [600, 500], 'zeroInsert');
  const { widths, said } = await dragged(output, [['3'], ['4'], ['3']]);
  const moving = widths.slice(0, -1);
  expect(moving.length).toBeGreaterThan(0);
  for (const width of moving) {
    expect(width).toBeLessThan(900);
    expect(width).toBeGreaterThanOrEqual(await across(output));
  }
  expect(widths.at(-1)).toBe(1800);
  for (const text of said) expect(text).not.toMatch(/Full result|preview at/);
  // By now there are values, too.
  await output.hover();
  await expect(page.locator('.readout.pointing [dir=ltr]').last()).toContainText(/\d/);
});

test('where a slider ends on a value that does not fit, the last result that fitted is drawn in full all the same', async ({
  extension,
  page,
}, info) => {
  const output = await opened(extension, page, info, [1200, 1000], 'groupNorm');
  const groups = page.locator('.ctl .params').getByRole('spinbutton').first();
  for (const drag of [
    [['3'], ['2']],
    [['3'], ['1', '2']],
  ]) {
    const { widths } = await dragged(output, drag);
    expect(widths[0]).toBe(400);
    expect(widths.at(-1)).toBe(1200);
    await expect(groups).toHaveValue('2');
    await expect(page.getByText('last result that fitted')).toBeVisible();
  }
});
