// Drawings on canvases. A bitmap goes into its canvas for good, so what shows it later takes it from there.

import type { Drawing } from '../../image/draw';
import type { Sheet, View } from '../../worker/api';

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

/** Frees what a view that nobody shows is drawn on. */
export function letGo({ drawing, seen }: View): void {
  drawing.bitmap.close();
  seen?.bitmap.close();
}

/** The pixels of a drawing, wherever they are now; null where this browser gives no canvas. */
export function bytesOf(sheet: Sheet): Drawing | null {
  const { width, height } = sheet;
  const copy = new OffscreenCanvas(width, height).getContext('2d');
  copy?.drawImage(holders.get(sheet) ?? sheet.bitmap, 0, 0);
  return copy && { width, height, rgba: copy.getImageData(0, 0, width, height).data };
}

/** Other pixels in a canvas that shows a drawing of the same size, at once. */
export function cover(canvas: HTMLCanvasElement, { width, height, rgba }: Drawing): void {
  const sheet = new OffscreenCanvas(width, height);
  sheet.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0);
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(sheet.transferToImageBitmap());
}
