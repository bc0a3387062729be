import { writeFile } from 'node:fs/promises';
import type { Page, TestInfo } from 'playwright/test';
import { changeOperation } from '../../scripts/lib/lab.mjs';
import { painted } from '../../scripts/lib/panel.mjs';
import { chooseFile } from './support/chooseFile';
import { type Extension, expect, test } from './support/fixtures';
import { pattern } from './support/raster';
import { pngOf } from './support/server';

/** The Lab with an operation on a picture of 1200 x 1000. */
async function openWith(op: string, page: Page, extension: Extension, info: TestInfo) {
  const path = info.outputPath('picture.png');
  await writeFile(path, Buffer.from(pngOf(pattern(1200, 1000))));
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`chrome-extension://${extension.id}/lab.html`);
  await chooseFile(page, path);
  await painted(page);
  await changeOperation(page, op);
  await painted(page);
  const output = page.locator('canvas[aria-label="Output"]');
  await expect(output).toHaveAttribute('width', '1200');
  return output;
}

/** Drags the first slider from value to value, those of one list without a pause; answers with the widths in which the result was drawn. */
function widthsOver(output: Awaited<ReturnType<typeof openWith>>, drag: readonly (readonly string[])[]): Promise<number[]> {
  return output.evaluate(async (canvas: HTMLCanvasElement, values) => {
    const widths: number[] = [];
    const watch = new MutationObserver(() => widths.push(canvas.width));
    watch.observe(canvas, { attributes: true, attributeFilter: ['width'] });
    const slider = document.querySelector<HTMLInputElement>('.ctl .params input[type=range]');
    if (!slider) return widths;
    for (const atOnce of values) {
      for (const value of atOnce) {
        slider.value = value;
        slider.dispatchEvent(new Event('input', { bubbles: true }));
      }
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    await new Promise((resolve) => setTimeout(resolve, 1500));
    watch.disconnect();
    return widths;
  }, drag);
}

test('while a slider moves the result is drawn about as finely as it is seen, and in full when it rests', async ({
  extension,
  page,
}, info) => {
  const output = await openWith('leakyRelu', page, extension, info);
  const drawn = await widthsOver(output, [['0.4'], ['0.5'], ['0.6'], ['0.7']]);
  const { width, ratio } = await output.evaluate((canvas) => ({
    width: canvas.getBoundingClientRect().width,
    ratio: devicePixelRatio,
  }));
  expect(drawn[0]).toBe(600);
  expect(drawn[0]).toBeGreaterThanOrEqual(1.4 * width * ratio);
  expect(drawn.at(-1)).toBe(1200);
  await expect(page.locator('.ctl .params').getByRole('spinbutton').first()).toHaveValue('0.7');
});

test('where a slider ends on a value that does not fit, the last result that fitted is drawn in full all the same', async ({
  extension,
  page,
}, info) => {
  const output = await openWith('groupNorm', page, extension, info);
  const groups = page.locator('.ctl .params').getByRole('spinbutton').first();
  for (const drag of [
    [['3'], ['2']],
    [['3'], ['1', '2']],
  ]) {
    const drawn = await widthsOver(output, drag);
    expect(drawn[0]).toBe(600);
    expect(drawn.at(-1)).toBe(1200);
    await expect(groups).toHaveValue('2');
    await expect(page.getByText('last result that fitted')).toBeVisible();
  }
});
