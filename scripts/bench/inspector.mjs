// Frames of the Lab while the pointer moves over 12 megapixels with the inspector open: `node scripts/bench/inspector.mjs [OP …]`.
// Needs a built dist/, and the machine for itself.
import { changeOperation } from '../lib/lab.mjs';
import { painted } from '../lib/panel.mjs';
import { framesOf, told, withLargeLab } from './frames.mjs';

const ops = process.argv.length > 2 ? process.argv.slice(2) : ['conv2d', 'maxPool2d'];

await withLargeLab(async (page) => {
  await page.getByRole('tab', { name: 'Inspector' }).click();
  for (const op of ops) {
    await changeOperation(page, op);
    await painted(page, 'Output', 60_000);
    await page.getByRole('grid', { name: /^Outputs/ }).waitFor();
    // Small drawings of all steps are made after the result.
    await page.waitForTimeout(1500);
    console.log(`${op}: ${told(await framesOf(page))}`);
  }
});
