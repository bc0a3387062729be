import type { Capture, Target } from '../messages/protocol';
import { say } from '../platform/say';
import { originalBytes } from './bytes';
import { canvasPixels, drawn } from './draw';
import { find } from './find';
import { nameOf, refOf, type Shown } from './pictures';
import { svgBytes } from './svg';

const patience = 3000;
const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The same frame in the coordinates of the top frame; null beyond a frame of another origin. */
function onTop(element: Element): { x: number; y: number; width: number; height: number } | null {
  let { x, y, width, height } = element.getBoundingClientRect();
  for (let view: Window = window; view !== view.top; view = view.parent) {
    const holder = view.frameElement;
    if (!holder) return null;
    const box = holder.getBoundingClientRect();
    x += box.x + holder.clientLeft;
    y += box.y + holder.clientTop;
  }
  return { x, y, width, height };
}

/** What of the element is on the screen, in CSS px of the top frame. */
function visible(element: Element): Pick<Extract<Capture, { kind: 'unreadable' }>, 'rect' | 'viewport'> {
  const box = onTop(element);
  if (!box || !window.top) return { rect: null, viewport: { width: innerWidth, height: innerHeight } };
  const { innerWidth: width, innerHeight: height } = window.top;
  const [left, top] = [Math.max(0, box.x), Math.max(0, box.y)];
  const [right, bottom] = [Math.min(width, box.x + box.width), Math.min(height, box.y + box.height)];
  const seen = right - left >= 1 && bottom - top >= 1;
  return { rect: seen ? { x: left, y: top, width: right - left, height: bottom - top } : null, viewport: { width, height } };
}

function unreadable(shown: Shown, reason: string): Capture {
  if (!visible(shown.element).rect) shown.element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  const url = /^https?:/.test(shown.url) ? shown.url : null;
  return { kind: 'unreadable', ref: refOf(shown.element), name: nameOf(shown), url, ...visible(shown.element), reason };
}

function pixels(shown: Shown, blob: Blob, how: 'original' | 'redrawn'): Capture {
  return { kind: 'pixels', ref: refOf(shown.element), captured: { name: nameOf(shown), blob, provenance: { how } } };
}

/** Waits until a picture has come over the network. @throws a sentence when it is broken or does not come. */
async function loaded(image: HTMLImageElement): Promise<void> {
  if (image.loading === 'lazy' && !image.complete) image.loading = 'eager';
  if (!image.complete || image.naturalWidth === 0) await Promise.race([image.decode().catch(() => undefined), later(patience)]);
  if (!image.complete) throw new Error(say('pictureSlow', patience / 1000));
  if (image.naturalWidth === 0 && !/\.svg|^data:image\/svg/i.test(image.currentSrc)) throw new Error(say('brokenPicture'));
}

async function imagePixels(shown: Shown): Promise<Capture> {
  const { element } = shown;
  if (element instanceof HTMLImageElement) await loaded(element);
  const now = element instanceof HTMLImageElement ? { ...shown, url: element.currentSrc || element.src } : shown;
  const bytes = now.url ? await originalBytes(now.url) : null;
  if (bytes) return pixels(now, bytes, 'original');
  if (element instanceof HTMLImageElement && element.naturalWidth > 0) {
    try {
      return pixels(now, await drawn(element, element.naturalWidth, element.naturalHeight), 'redrawn');
    } catch {
      // Tainted: the page shows it but may not read it.
    }
  }
  return unreadable(now, say('pictureKept'));
}

async function videoPixels(shown: Shown, video: HTMLVideoElement): Promise<Capture> {
  if (video.mediaKeys) throw new Error(say('videoProtected'));
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) {
    const bytes = video.poster ? await originalBytes(video.poster) : null;
    if (bytes) return pixels({ ...shown, url: video.poster }, bytes, 'original');
    return unreadable({ ...shown, url: video.poster }, say('videoEmpty'));
  }
  try {
    return pixels(shown, await drawn(video, video.videoWidth, video.videoHeight), 'redrawn');
  } catch {
    return unreadable({ ...shown, url: '' }, say('pictureKept'));
  }
}

async function canvasCapture(shown: Shown, canvas: HTMLCanvasElement): Promise<Capture> {
  if (canvas.width === 0 || canvas.height === 0) throw new Error(say('emptyPicture', `${canvas.width} × ${canvas.height}`));
  try {
    const blob = await canvasPixels(canvas);
    return blob ? pixels(shown, blob, 'redrawn') : unreadable(shown, say('canvasBlank'));
  } catch {
    return unreadable(shown, say('pictureKept'));
  }
}

/** The pixels of what one element shows. @throws a sentence when there are none. */
export async function captureShown(shown: Shown): Promise<Capture> {
  const { element } = shown;
  if (element instanceof HTMLCanvasElement) return canvasCapture(shown, element);
  if (element instanceof HTMLVideoElement) return videoPixels(shown, element);
  if (shown.kind === 'svg' && element instanceof SVGSVGElement) return pixels(shown, svgBytes(element), 'redrawn');
  return imagePixels(shown);
}

/** The pixels of what is meant; an address without an element is read as far as the page may. @throws a sentence. */
export async function capture(target: Target): Promise<Capture> {
  const shown = find(target);
  if (shown) return captureShown(shown);
  const url = target.kind === 'clicked' ? target.srcUrl : undefined;
  if (url === undefined) throw new Error(say('pictureNone'));
  const name = nameOf({ element: document.documentElement, kind: 'img', url });
  const blob = await originalBytes(url);
  if (blob) return { kind: 'pixels', ref: null, captured: { name, blob, provenance: { how: 'original' } } };
  const viewport = { width: innerWidth, height: innerHeight };
  return {
    kind: 'unreadable',
    ref: null,
    name,
    url: /^https?:/.test(url) ? url : null,
    rect: null,
    viewport,
    reason: say('pictureKept'),
  };
}

/** A PNG of at most 160 px a side for a strip of pictures, or null. */
export async function thumbnail(ref: number): Promise<Blob | null> {
  const shown = find({ kind: 'element', ref });
  const side = 160;
  if (!shown) return null;
  const { element } = shown;
  const source =
    element instanceof HTMLImageElement || element instanceof HTMLCanvasElement || element instanceof HTMLVideoElement
      ? element
      : null;
  try {
    if (source) {
      const [width, height] =
        source instanceof HTMLImageElement
          ? [source.naturalWidth, source.naturalHeight]
          : source instanceof HTMLVideoElement
            ? [source.videoWidth, source.videoHeight]
            : [source.width, source.height];
      const scale = Math.min(1, side / Math.max(width, height));
      if (width && height)
        return await drawn(source, Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
    }
    const capture = await captureShown(shown);
    return capture.kind === 'pixels' && capture.captured.blob.size < 2 ** 22 ? capture.captured.blob : null;
  } catch {
    return null;
  }
}
