// Frames of the Lab while the pointer moves over 12 megapixels with things drawn over both pictures: how often pixels are read, receptive field,
// gradients. `node scripts/bench/overlays.mjs`; needs a built dist/, and the machine for itself.
import { changeOperation } from '../lib/lab.mjs';
import { painted } from '../lib/panel.mjs';
import { framesOf, told, withLargeLab } from './frames.mjs';

await withLargeLab(async (page) => {
  await changeOperation(page, 'conv2d');
  await painted(page, 'Output', 60_000);
  const measure = async (what) => {
    // Small drawings of all steps are made after the result.
    await page.waitForTimeout(1500);
    console.log(`${what}: ${told(await framesOf(page))}`);
  };
  const turn = (name) => page.getByRole('switch', { name, exact: true }).click();
  await page.getByRole('tab', { name: 'Feature maps' }).click();
  await measure('nothing');
  await page.getByRole('tab', { name: 'Geometry' }).click();
  for (const name of ['Times read, on the input', 'Overlap, on the output']) await turn(name);
  await measure('coverage');
  for (const name of ['Times read, on the input', 'Overlap, on the output', 'Box on the picture']) await turn(name);
  await measure('receptive field');
  await turn('Gradient in it');
  await measure('receptive field with its gradient');
  await page.getByRole('tab', { name: 'Gradients' }).click();
  await page.locator('.gradient-strip').waitFor();
  await measure('gradient under the pointer');
});
