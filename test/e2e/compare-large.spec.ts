import { writeFile } from 'node:fs/promises';
import type { Page } from 'playwright/test';
import { painted } from '../../scripts/lib/panel.mjs';
import { chooseFile } from './support/chooseFile';
import { expect, test } from './support/fixtures';
import { pattern } from './support/raster';
import { pngOf } from './support/server';

const x = pattern(4000, 3000);

async function openLarge(page: Page, id: string, path: string): Promise<void> {
  await writeFile(path, Buffer.from(pngOf(x)));
  await page.goto(`chrome-extension://${id}/lab.html`);
  await chooseFile(page, path);
  await painted(page, 'Output', 60_000);
}

async function typeZoom(page: Page, percent: string): Promise<void> {
  const zoom = page.getByRole('textbox', { name: 'Zoom', exact: true });
  await zoom.fill(percent);
  await zoom.press('Enter');
  await zoom.blur();
}

interface Pace {
  readonly median: number;
  readonly slowest: number;
}
/** Frames a second while something is done: the median, and of the slowest twentieth the fastest. */
async function paceOf(page: Page, work: () => Promise<void>): Promise<Pace> {
  await page.evaluate(() => {
    const watch = { times: [] as number[], on: true };
    Object.assign(globalThis, { watch });
    const frame = (time: number) => {
      watch.times.push(time);
      if (watch.on) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  await work();
  const times: number[] = await page.evaluate(() => {
    const watch: { times: number[]; on: boolean } = Reflect.get(globalThis, 'watch');
    watch.on = false;
    return watch.times;
  });
  const gaps = times
    .slice(1)
    .map((time, i) => time - times[i]!)
    .sort((a, b) => a - b);
  const at = (share: number) => 1000 / gaps[Math.min(gaps.length - 1, Math.floor(share * gaps.length))]!;
  return { median: at(0.5), slowest: at(0.95) };
}

test('at true size the visible part of 12 megapixels is drawn from its own pixels', async ({ extension, page }, info) => {
  test.slow();
  await openLarge(page, extension.id, info.outputPath('large.png'));
  await typeZoom(page, '100');
  const seen = () =>
    page.evaluate(() => {
      const base = document.querySelector<HTMLCanvasElement>('canvas[aria-label="Input"]')!;
      const sharp = document.querySelector<HTMLCanvasElement>('figure.input canvas.sharp');
      if (!sharp || sharp.hidden || sharp.width < 100) return null;
      const [all, part] = [new DOMMatrix(base.style.transform), new DOMMatrix(sharp.style.transform)];
      const copy = new OffscreenCanvas(sharp.width, sharp.height).getContext('2d')!;
      copy.drawImage(sharp, 0, 0);
      const { data } = copy.getImageData(sharp.width >> 1, sharp.height >> 1, 1, 1);
      return {
        scale: part.a,
        x: Math.round(part.e - all.e) + (sharp.width >> 1),
        y: Math.round(part.f - all.f) + (sharp.height >> 1),
        rgb: [...data].slice(0, 3),
      };
    });
  await expect.poll(async () => (await seen())?.scale).toBeCloseTo(1, 6);
  const found = (await seen())!;
  const at = 3 * (found.y * 4000 + found.x);
  expect(found.rgb).toEqual([...x.data.subarray(at, at + 3)]);
});

test('panning and zooming 12 megapixels keep 50 frames a second', async ({ extension, page }, info) => {
  test.setTimeout(300_000);
  await openLarge(page, extension.id, info.outputPath('large.png'));
  const box = (await page.locator('figure.input .glass').boundingBox())!;
  const [cx, cy] = [box.x + box.width / 2, box.y + box.height / 2];
  const pan = async () => {
    await page.mouse.move(cx, cy);
    await page.mouse.down();
    for (let i = 0; i < 50; i++)
      await page.mouse.move(cx + box.width * 0.4 * Math.sin(i / 9), cy + box.height * 0.4 * Math.sin(i / 7));
    await page.mouse.up();
  };
  const zoom = async () => {
    await page.mouse.move(cx, cy);
    for (let i = 0; i < 40; i++) await page.mouse.wheel(0, -60);
    for (let i = 0; i < 40; i++) await page.mouse.wheel(0, 60);
  };
  const measured = async (name: string, work: () => Promise<void>) => {
    // The best of three: a machine that others use is slower now and then, what we do is slow every time.
    let best: Pace = { median: 0, slowest: 0 };
    for (let round = 0; round < 3 && best.median < 50; round++) {
      const pace = await paceOf(page, work);
      if (pace.median > best.median || (pace.median === best.median && pace.slowest > best.slowest)) best = pace;
    }
    const description = `${name}: median ${best.median.toFixed(1)}, 95 % of frames at least ${best.slowest.toFixed(1)} a second`;
    info.annotations.push({ type: 'frames', description });
    expect(best.median, name).toBeGreaterThanOrEqual(50);
  };
  await measured('zoom', zoom);
  for (const percent of ['50', '100', '800', '6400']) {
    await typeZoom(page, percent);
    await measured(`pan at ${percent} %`, pan);
  }
});
