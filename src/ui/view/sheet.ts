// Drawings on canvases. A bitmap goes into its canvas for good, so what shows it later takes it from there.

import type { Sheet } from '../../worker/api';

const holders = new WeakMap<Sheet, HTMLCanvasElement>();
/** What a canvas shows, or is about to. */
const shownOn = new WeakMap<HTMLCanvasElement, Sheet>();

/** Puts a drawing onto a canvas, whose width and height become those of the drawing. */
export function show(canvas: HTMLCanvasElement, sheet: Sheet): void {
  shownOn.set(canvas, sheet);
  const holder = holders.get(sheet);
  if (holder === canvas) return;
  if (!holder) put(canvas, sheet, sheet.bitmap);
  else void copied(canvas, sheet, holder);
}

async function copied(canvas: HTMLCanvasElement, sheet: Sheet, holder: HTMLCanvasElement): Promise<void> {
  const copy = await createImageBitmap(holder);
  if (shownOn.get(canvas) === sheet) put(canvas, sheet, copy);
  else copy.close();
}

function put(canvas: HTMLCanvasElement, sheet: Sheet, bitmap: ImageBitmap): void {
  const { width, height } = sheet;
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap);
  holders.set(sheet, canvas);
}

/** Where the pixels of a drawing are now. */
export const pixelsOf = (sheet: Sheet): CanvasImageSource => holders.get(sheet) ?? sheet.bitmap;
