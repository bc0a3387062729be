// Pixels that the page itself draws, where the bytes cannot be had.

/** Encoded as PNG. @throws a SecurityError when the page may not read what is drawn. */
export async function drawn(source: CanvasImageSource, width: number, height: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error(`No canvas of ${width} × ${height} to draw on.`);
  context.drawImage(source, 0, 0, width, height);
  return canvas.convertToBlob({ type: 'image/png' });
}

/** Is every pixel transparent? So reads a WebGL canvas outside its own frame. */
export function isBlank(source: HTMLCanvasElement): boolean {
  const probe = new OffscreenCanvas(Math.min(64, source.width), Math.min(64, source.height));
  const context = probe.getContext('2d');
  if (!context) return false;
  context.drawImage(source, 0, 0, probe.width, probe.height);
  return context.getImageData(0, 0, probe.width, probe.height).data.every((value) => value === 0);
}

const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);

/** A canvas as PNG; null when it stays blank for some frames. @throws a SecurityError when it is tainted. */
export async function canvasPixels(canvas: HTMLCanvasElement): Promise<Blob | null> {
  for (let attempt = 0; attempt < 4; attempt++) {
    if (!isBlank(canvas)) return drawn(canvas, canvas.width, canvas.height);
    // A frame callback runs after the page's own in the same frame, when its drawing is still there.
    await Promise.race([frame(), new Promise((resolve) => setTimeout(resolve, 100))]);
  }
  return null;
}
