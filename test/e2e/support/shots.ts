// Pictures of parts of a page, to be compared with kept ones.
import type { Locator, Page } from 'playwright/test';
import type { Surface } from './fixtures';
import { type Picture, pictureOf } from './picture';

/** Text takes no room and has no colour. */
const withoutText = `
  body, body * { font-size: 0 !important; color: transparent !important; caret-color: transparent !important; }
  *, *::before, *::after { transition: none !important; animation: none !important; }`;

/** Takes the text away, also where the page refuses style elements; the answer brings it back. */
export async function hideText(at: Surface): Promise<() => Promise<void>> {
  const sheets = (css: string) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = css ? [...document.adoptedStyleSheets, sheet] : document.adoptedStyleSheets.slice(0, -1);
  };
  await at.evaluate(sheets, withoutText);
  return () => at.evaluate(sheets, '');
}

/** An element without its text, at this size in CSS px; `apart`: lifted out of the page, in its corner. */
export async function shot(page: Page, at: Locator, size?: { width: number; height: number; apart?: boolean }): Promise<Picture> {
  const element = await at.elementHandle();
  if (size)
    await element!.evaluate((one, { width, height, apart }) => {
      if (!(one instanceof HTMLElement || one instanceof SVGElement)) return;
      one.style.cssText += `;width:${width}px !important;height:${height}px !important;max-width:none;flex:none;aspect-ratio:auto`;
      if (apart) one.style.cssText += ';position:fixed;inset:0 auto auto 0;z-index:9;background:var(--surface)';
    }, size);
  const restore = await hideText(page);
  await page.mouse.move(0, 0);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const png = await at.screenshot({ scale: 'css' });
  await restore();
  return pictureOf(png);
}

/** The mean of every block of pixels: a page in small. */
export function inSmall(picture: Picture, block: number): Picture {
  const [width, height] = [Math.floor(picture.width / block), Math.floor(picture.height / block)];
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < data.length; i++) {
    const [c, column, row] = [i % 3, Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    let sum = 0;
    for (let y = 0; y < block; y++)
      for (let z = 0; z < block; z++) sum += picture.data[3 * ((row * block + y) * picture.width + column * block + z) + c]!;
    data[i] = Math.round(sum / block ** 2);
  }
  return { width, height, data };
}

/** The pixels of any canvas, as it holds them. */
export const held = async (canvas: Locator): Promise<Picture> => {
  const url = await canvas.evaluate((one: HTMLCanvasElement) => one.toDataURL());
  return pictureOf(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
};

/** Pictures of one height, side by side. */
export function beside(pictures: readonly Picture[]): Picture {
  const height = Math.max(...pictures.map((one) => one.height));
  const width = pictures.reduce((sum, one) => sum + one.width, 0);
  const data = new Uint8Array(width * height * 3).fill(255);
  let left = 0;
  for (const one of pictures) {
    for (let y = 0; y < one.height; y++)
      data.set(one.data.subarray(y * one.width * 3, (y + 1) * one.width * 3), 3 * (y * width + left));
    left += one.width;
  }
  return { width, height, data };
}
