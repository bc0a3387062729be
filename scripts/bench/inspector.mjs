// Frames of the Lab while the pointer moves over 12 megapixels with the inspector open, one move a frame: `node scripts/bench/inspector.mjs [OP …]`.
// Needs a built dist/, and the machine for itself.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { ensureChromium } from '../lib/chromium.mjs';
import { launch } from '../lib/extension.mjs';
import { changeOperation } from '../lib/lab.mjs';
import { painted } from '../lib/panel.mjs';
import { median, percentile } from './numbers.mjs';

const [width, height, moves] = [4000, 3000, 260];
const ops = process.argv.length > 2 ? process.argv.slice(2) : ['conv2d', 'maxPool2d'];

const data = Uint8Array.from({ length: 3 * width * height }, (_, i) => (i * 7 + (i >> 9) * 13) & 255);
const folder = mkdtempSync(join(tmpdir(), 'convscope-'));
const file = join(folder, 'large.png');
writeFileSync(file, encode({ width, height, channels: 3, depth: 8, data }));
const extension = await launch(await ensureChromium());
try {
  const page = await extension.context.newPage();
  await page.goto(`chrome-extension://${extension.id}/lab.html`);
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Open a picture' }).click(),
  ]);
  await chooser.setFiles(file);
  await painted(page, 'Output', 60_000);
  await page.getByRole('tab', { name: 'Inspector' }).click();
  for (const op of ops) {
    await changeOperation(page, op);
    await painted(page, 'Output', 60_000);
    await page.getByRole('grid', { name: /^Outputs/ }).waitFor();
    // Small drawings of all steps are made after the result.
    await page.waitForTimeout(1500);
    const gaps = await framesOf(page);
    console.log(
      `${op}: frames every ${median(gaps).toFixed(1)} ms in the median, ${percentile(gaps, 0.95).toFixed(1)} ms at p95`,
    );
  }
} finally {
  await extension.close();
  rmSync(folder, { recursive: true });
}

/** Ms between frames while the pointer goes its way. */
async function framesOf(page) {
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
