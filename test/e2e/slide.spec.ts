import { writeFile } from 'node:fs/promises';
import { changeOperation } from '../../scripts/lib/lab.mjs';
import { painted } from '../../scripts/lib/panel.mjs';
import { chooseFile } from './support/chooseFile';
import { expect, test } from './support/fixtures';
import { pattern } from './support/raster';
import { pngOf } from './support/server';

test('while a slider moves the result is drawn about as finely as it is seen, and in full when it rests', async ({
  extension,
  page,
}, info) => {
  const path = info.outputPath('picture.png');
  await writeFile(path, Buffer.from(pngOf(pattern(1200, 1000))));
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`chrome-extension://${extension.id}/lab.html`);
  await chooseFile(page, path);
  await painted(page);
  await changeOperation(page, 'leakyRelu');
  await painted(page);
  const output = page.locator('canvas[aria-label="Output"]');
  await expect(output).toHaveAttribute('width', '1200');
  const drawn = await output.evaluate(async (canvas: HTMLCanvasElement) => {
    const widths: number[] = [];
    const watch = new MutationObserver(() => widths.push(canvas.width));
    watch.observe(canvas, { attributes: true, attributeFilter: ['width'] });
    const slider = document.querySelector<HTMLInputElement>('.ctl .params input[type=range]');
    if (!slider) return widths;
    for (const value of ['0.4', '0.5', '0.6', '0.7']) {
      slider.value = value;
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    await new Promise((resolve) => setTimeout(resolve, 1500));
    watch.disconnect();
    return widths;
  });
  const { width, ratio } = await output.evaluate((canvas) => ({
    width: canvas.getBoundingClientRect().width,
    ratio: devicePixelRatio,
  }));
  expect(drawn[0]).toBe(600);
  expect(drawn[0]).toBeGreaterThanOrEqual(1.4 * width * ratio);
  expect(drawn.at(-1)).toBe(1200);
  await expect(page.locator('.ctl .params').getByRole('spinbutton').first()).toHaveValue('0.7');
});
