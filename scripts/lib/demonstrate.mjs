// What `npm start` does where there is no display: four operations through the real extension, written as pictures.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from './extension.mjs';
import { chooseEntry, chooseOperation, closePanel, painted, panelOf, pixelsOf } from './panel.mjs';

/** `entry` is an entry of the context menu; `operation` is then chosen in the panel itself. */
const deeds = [
  { file: 'max-pool', entry: 'maxPool', caption: 'Max-pool 2 × 2' },
  { file: 'sobel', entry: 'edges', caption: 'Convolution, Sobel x: violet is negative, orange positive' },
  { file: 'bilinear', entry: 'bilinear', caption: 'Upsample 2×, bilinear' },
  { file: 'leaky-relu', entry: 'relu', operation: 'Leaky ReLU', caption: 'Leaky ReLU, on values from −1 to 1' },
];

/** Draws input and output side by side, each pixel as one pixel, and saves the picture. */
async function savePair(page, path, { caption, input, output }) {
  const asText = ({ width, height, data }) => ({ width, height, base64: Buffer.from(data).toString('base64') });
  await page.setContent(`<style>
    body { margin: 0; display: inline-grid; grid-template-columns: auto auto; gap: 8px 16px; padding: 16px; background: #f7f6f4;
      color: #1a1a18; font: 15px/1.4 "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
    p { grid-column: 1 / -1; margin: 0; font-weight: 600; } span { color: #4a4945; font-size: 13px; }
  </style><p></p><span></span><span></span><canvas></canvas><canvas></canvas>`);
  await page.evaluate(
    ({ caption, pair }) => {
      document.querySelector('p').textContent = caption;
      for (const [i, { width, height, base64 }] of pair.entries()) {
        const bytes = atob(base64);
        const pixels = new ImageData(width, height);
        for (let from = 0, to = 0; from < bytes.length; to++) pixels.data[to] = to % 4 === 3 ? 255 : bytes.charCodeAt(from++);
        document.querySelectorAll('span')[i].textContent = `${i ? 'Output' : 'Input'} ${width} × ${height}`;
        const canvas = document.querySelectorAll('canvas')[i];
        Object.assign(canvas, { width, height });
        canvas.getContext('2d').putImageData(pixels, 0, 0);
      }
    },
    { caption, pair: [asText(input), asText(output)] },
  );
  await page.locator('body').screenshot({ path });
}

/** Applies the four operations to the first photograph of `url` and writes `folder`/NAME.png, saying where and how fast. */
export async function demonstrate(program, url, folder) {
  mkdirSync(folder, { recursive: true });
  console.log(`No display: showing on ${url} what the extension does, without a window.`);
  const extension = await launch(program, { viewport: { width: 1600, height: 1200 } });
  try {
    const page = await extension.context.newPage();
    const easel = await extension.context.newPage();
    await page.goto(url, { waitUntil: 'load' });
    const srcUrl = await page
      .locator('img')
      .first()
      .evaluate((image) => image.currentSrc);
    for (const { file, entry, operation, caption } of deeds) {
      let since = await chooseEntry(extension, page, entry, { srcUrl });
      const panel = await panelOf(page);
      let ready = await painted(panel);
      if (operation) ({ chosen: since, ready } = await chooseOperation(panel, operation));
      const [input, output] = [await pixelsOf(panel, 'Input'), await pixelsOf(panel, 'Output')];
      const path = join(folder, `${file}.png`);
      await savePair(easel, path, { caption, input, output });
      console.log(`${path}  ${Math.round(ready - since)} ms from click to painted result`);
      await page.bringToFront();
      await closePanel(page, panel);
    }
  } finally {
    await extension.close();
  }
}
