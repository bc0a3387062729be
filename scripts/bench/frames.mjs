// Frames of the Lab while the pointer moves over its output, one move a frame; and a Lab with 12 megapixels to do that in.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { ensureChromium } from '../lib/chromium.mjs';
import { launch } from '../lib/extension.mjs';
import { painted } from '../lib/panel.mjs';
import { median, percentile } from './numbers.mjs';

const [width, height] = [4000, 3000];

/** Opens a Lab of the extension with a large picture for `use`, and closes it. */
export async function inLargeLab(extension, use) {
  const data = Uint8Array.from({ length: 3 * width * height }, (_, i) => (i * 7 + (i >> 9) * 13) & 255);
  const folder = mkdtempSync(join(tmpdir(), 'convscope-'));
  const file = join(folder, 'large.png');
  writeFileSync(file, encode({ width, height, channels: 3, depth: 8, data }));
  const page = await extension.context.newPage();
  try {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`chrome-extension://${extension.id}/lab.html`);
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Open a picture' }).click(),
    ]);
    await chooser.setFiles(file);
    await painted(page, 'Output', 60_000);
    return await use(page);
  } finally {
    await page.close();
    rmSync(folder, { recursive: true });
  }
}

/** The same in a browser of its own. */
export async function withLargeLab(use) {
  const extension = await launch(await ensureChromium());
  try {
    await inLargeLab(extension, use);
  } finally {
    await extension.close();
  }
}

/** `frames every 16.7 ms in the median, 16.9 ms at p95` */
export const told = (gaps) =>
  `frames every ${median(gaps).toFixed(1)} ms in the median, ${percentile(gaps, 0.95).toFixed(1)} ms at p95`;

/** Ms between frames while the pointer goes its way. */
export async function framesOf(page, moves = 260) {
  const box = await page.locator('figure.output .glass').boundingBox();
  await page.evaluate(() => {
    const watch = { times: [], on: true };
    Object.assign(globalThis, { watch });
    const frame = (time) => {
      watch.times.push(time);
      if (watch.on) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  for (let i = 0; i < moves; i++) {
    const [u, v] = [0.5 + 0.4 * Math.sin(i / 23), 0.5 + 0.4 * Math.sin(i / 17)];
    await page.mouse.move(box.x + box.width * u, box.y + box.height * v);
  }
  const times = await page.evaluate(() => {
    globalThis.watch.on = false;
    return globalThis.watch.times;
  });
  return times.slice(1).map((time, i) => time - times[i]);
}
