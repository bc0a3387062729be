import { say } from '../platform/say';
import { box, follow, paint, unzoomed } from './layer';
import { byRef, shownBy, styleImage } from './pictures';

/** Puts back what was there before, by element. */
const undo = new Map<Element, () => void>();

const attributes = ['src', 'srcset', 'sizes', 'style'] as const;

function remember(elements: readonly Element[], names: readonly string[]): () => void {
  const before = elements.map((element) => names.map((name) => element.getAttribute(name)));
  return () => {
    elements.forEach((element, i) => {
      names.forEach((name, j) => {
        const value = before[i]?.[j] ?? null;
        // Chromium leaves an empty style behind unless the attribute was looked at after its last change.
        const now = element.getAttribute(name);
        if (value === null) element.removeAttribute(name);
        else if (value !== now) element.setAttribute(name, value);
      });
    });
  };
}

async function asDataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

/** The addresses to try: a page's policy may forbid the one and allow the other. */
async function* addresses(png: Blob): AsyncGenerator<string> {
  yield URL.createObjectURL(png);
  yield await asDataUrl(png);
}

async function shows(url: string): Promise<boolean> {
  const probe = box('img', {}) as HTMLImageElement;
  probe.src = url;
  return probe.decode().then(
    () => true,
    () => false,
  );
}

async function intoImage(image: HTMLImageElement | HTMLInputElement, png: Blob): Promise<(() => void) | null> {
  const sources = [...(image.parentElement instanceof HTMLPictureElement ? image.parentElement.querySelectorAll('source') : [])];
  const back = [remember([image], attributes), remember(sources, ['srcset'])];
  const restore = (): void => {
    for (const step of back) step();
  };
  const { width, height, objectFit } = getComputedStyle(image);
  for await (const url of addresses(png)) {
    if (!(await shows(url))) continue;
    for (const source of sources) source.removeAttribute('srcset');
    image.removeAttribute('srcset');
    image.removeAttribute('sizes');
    paint(image, { width, height, 'object-fit': objectFit, 'image-rendering': 'pixelated' });
    image.src = url;
    const ready = image instanceof HTMLImageElement ? image.decode() : Promise.resolve();
    const fits = await ready.then(
      () => true,
      () => false,
    );
    if (fits) return restore;
    restore();
  }
  return null;
}

async function intoBackground(element: HTMLElement, png: Blob): Promise<(() => void) | null> {
  const image = styleImage(element);
  if (image?.pseudo || image?.property !== 'background-image') return null;
  const restore = remember([element], ['style']);
  const style = getComputedStyle(element);
  const [written, size] = [style.backgroundImage, style.backgroundSize];
  const original = box('img', {}) as HTMLImageElement;
  original.src = image.url;
  const known = await original.decode().then(
    () => `${original.naturalWidth}px ${original.naturalHeight}px`,
    () => size,
  );
  for await (const url of addresses(png)) {
    if (!(await shows(url))) continue;
    const replaced = written.replace(/url\("(?:[^"\\]|\\.)*"\)/, () => `url("${url}")`);
    paint(element, {
      'background-image': replaced,
      'background-size': size === 'auto' ? known : size,
      'image-rendering': 'pixelated',
    });
    return restore;
  }
  return null;
}

/** A canvas over the element, which follows it: works for whatever is not an image, and under any policy. */
async function over(element: Element, png: Blob): Promise<() => void> {
  const bitmap = await createImageBitmap(png);
  const cover = box('canvas', {
    all: 'initial',
    position: 'fixed',
    'pointer-events': 'none',
    'image-rendering': 'pixelated',
    'z-index': '2147483646',
    zoom: unzoomed(document.documentElement),
  }) as HTMLCanvasElement;
  cover.width = bitmap.width;
  cover.height = bitmap.height;
  cover.ariaHidden = 'true';
  cover.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
  document.documentElement.append(cover);
  const stop = follow(element, (at) => {
    if (!at) return paint(cover, { display: 'none' });
    const place = { left: `${at.x}px`, top: `${at.y}px`, width: `${at.width}px`, height: `${at.height}px` };
    paint(cover, { ...place, display: 'block' });
  });
  return () => {
    stop();
    cover.remove();
  };
}

/** Shows a PNG in place of what the element shows, in the same box. @throws a sentence when that cannot be done. */
export async function replace({ ref, png }: { ref: number; png: Blob }): Promise<void> {
  const element = byRef(ref);
  restore({ ref });
  const kind = shownBy(element)?.kind;
  const within =
    element instanceof HTMLImageElement || element instanceof HTMLInputElement
      ? await intoImage(element, png)
      : kind === 'background' && element instanceof HTMLElement
        ? await intoBackground(element, png)
        : null;
  try {
    undo.set(element, within ?? (await over(element, png)));
  } catch {
    throw new Error(say('replaceFailed'));
  }
}

/** Puts everything back; does nothing when nothing was replaced. @throws when the element is gone. */
export function restore({ ref }: { ref: number }): void {
  const element = byRef(ref);
  undo.get(element)?.();
  undo.delete(element);
}

export const replaced = ({ ref }: { ref: number }): boolean => undo.has(byRef(ref));
