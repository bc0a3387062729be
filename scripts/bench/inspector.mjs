// Frames of the Lab while the pointer moves over 12 megapixels with the inspector open, one move a frame, and with nothing below the pictures.
// By itself: `node scripts/bench/inspector.mjs [OP …]`. Needs a built dist/, and the machine for itself.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureChromium } from '../lib/chromium.mjs';
import { launch } from '../lib/extension.mjs';
import { changeOperation } from '../lib/lab.mjs';
import { painted } from '../lib/panel.mjs';
import { framesOf, inLargeLab } from './frames.mjs';
import { median, percentile } from './numbers.mjs';

const moves = 100;
/** What the window, the weights, the winner, the source and the formula of a value are drawn for. */
const everyKind = ['conv2d', 'conv2d 5x5', 'maxPool2d', 'interpolate', 'batchNorm'];

/** For each op, as `conv2d` or `conv2d 5x5`: ms between frames at the median and at p95, and at p95 with the inspector put away. */
export async function measureInspector(extension, ops = everyKind) {
  return inLargeLab(extension, async (page) => {
    const rows = [];
    let closed;
    await page.getByRole('tab', { name: 'Inspector' }).click();
    for (const op of ops) {
      const [name, size] = op.split(' ');
      await changeOperation(page, name);
      if (size) await page.getByRole('spinbutton', { name: 'Size', exact: true }).first().fill(size.split('x')[0]);
      await painted(page, 'Output', 60_000);
      await page.getByRole('grid', { name: /^Outputs/ }).waitFor();
      // Small drawings of all steps are made after the result.
      await page.waitForTimeout(1000);
      // What runs for the first time is compiled.
      if (!closed) await framesOf(page, moves);
      closed ??= await withDrawerAway(page);
      const open = await framesOf(page, moves);
      const row = { op, median: median(open), p95: percentile(open, 0.95), closed: percentile(closed, 0.95) };
      console.log(
        `inspector  ${op}: a frame every ${row.median.toFixed(1)} ms in the median, ${row.p95.toFixed(1)} ms at p95 (${row.closed.toFixed(1)} ms with it put away)`,
      );
      rows.push(row);
    }
    return rows;
  });
}

async function withDrawerAway(page) {
  await page.locator('.drawer-head [aria-expanded=true]').click();
  await page.waitForTimeout(300);
  const gaps = await framesOf(page, moves);
  await page.locator('.drawer-head [aria-expanded=false]').click();
  return gaps;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const extension = await launch(await ensureChromium());
  try {
    await measureInspector(extension, process.argv.length > 2 ? process.argv.slice(2) : everyKind);
  } finally {
    await extension.close();
  }
}
