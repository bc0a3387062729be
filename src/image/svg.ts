import { CannotOpen } from './cannotOpen';
import { markupHeader } from './headers/markup';
import { overLimit } from './limits';

// For pages only: workers cannot draw SVG.

/**
 * An SVG as PNG pixels, at the size that it states (its viewBox where it states none), or at `size`. Loaded as a picture it runs no script
 * and fetches nothing.
 * @throws CannotOpen when it is no SVG, over the limits, or the browser cannot draw or read it.
 */
export async function rasteriseSvg(blob: Blob, size?: { readonly width: number; readonly height: number }): Promise<Blob> {
  const text = await blob.text();
  const header = markupHeader(new TextEncoder().encode(text));
  if (header === null)
    throw new CannotOpen('notPicture', 'This is not an SVG: a tag <svg> is expected first, received other text.');
  const width = Math.max(1, Math.round(size?.width ?? header.width));
  const height = Math.max(1, Math.round(size?.height ?? header.height));
  const over = overLimit(width, height, { large: true });
  if (over !== null) throw new CannotOpen(over.reason, over.message, over);
  const url = URL.createObjectURL(new Blob([withSize(text, width, height)], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode().catch(() => {
      throw new CannotOpen(
        'broken',
        `This SVG is broken: a drawing of ${width} × ${height} is expected, the browser cannot draw it.`,
      );
    });
    return await pixelsOf(image, width, height);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Browsers draw an SVG without a size at 300 x 150, so the size is written into its root; a viewBox keeps the drawing whole. */
function withSize(text: string, width: number, height: number): string {
  const root = new DOMParser().parseFromString(text, 'image/svg+xml');
  const svg = root.documentElement;
  if (svg.localName !== 'svg') {
    throw new CannotOpen('broken', 'This SVG is broken: well-formed XML is expected, received markup with an error.');
  }
  if (!svg.hasAttribute('viewBox')) {
    const [w, h] = [Number.parseFloat(svg.getAttribute('width') ?? ''), Number.parseFloat(svg.getAttribute('height') ?? '')];
    if (w > 0 && h > 0) svg.setAttribute('viewBox', `0 0 ${w} ${h}`);
  }
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  return new XMLSerializer().serializeToString(root);
}

async function pixelsOf(image: HTMLImageElement, width: number, height: number): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.drawImage(image, 0, 0, width, height);
  try {
    const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (png !== null) return png;
  } catch {
    throw new CannotOpen(
      'broken',
      'This SVG holds web-page content, which browsers draw but do not let anyone read. Screen pixels work.',
    );
  }
  throw new CannotOpen('broken', `This browser gave no pixels for an SVG of ${width} × ${height}.`);
}
