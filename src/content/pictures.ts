import type { PageImage } from '../messages/protocol';
import { say } from '../platform/say';
import { deepElements } from './walk';

/** Smaller than this on a side is an ornament. */
const smallest = 16;

export type Kind = PageImage['kind'];

/** What an element shows as a picture. */
export interface Shown {
  readonly element: Element;
  readonly kind: Kind;
  /** Absolute; empty where there is none (canvas, inline SVG). */
  readonly url: string;
}

const layers: readonly { pseudo: '' | '::before' | '::after'; property: string }[] = [
  { pseudo: '', property: 'background-image' },
  { pseudo: '::before', property: 'background-image' },
  { pseudo: '::after', property: 'background-image' },
  { pseudo: '::before', property: 'content' },
  { pseudo: '::after', property: 'content' },
  { pseudo: '', property: 'border-image-source' },
  { pseudo: '', property: 'list-style-image' },
];

/** The first address that the element's own style paints with, and where it is written. */
export function styleImage(element: Element): { url: string; pseudo: string; property: string } | null {
  for (const { pseudo, property } of layers) {
    const value = getComputedStyle(element, pseudo || null).getPropertyValue(property);
    const url = /url\("((?:[^"\\]|\\.)*)"\)/.exec(value)?.[1];
    if (url && !url.startsWith('#')) return { url: url.replace(/\\(.)/g, '$1'), pseudo, property };
  }
  return null;
}

/** What this element shows, or null. Its children are not looked at. */
export function shownBy(element: Element): Shown | null {
  if (element instanceof HTMLImageElement) return { element, kind: 'img', url: element.currentSrc || element.src };
  if (element instanceof HTMLInputElement) return element.type === 'image' ? { element, kind: 'img', url: element.src } : null;
  if (element instanceof HTMLCanvasElement) return { element, kind: 'canvas', url: '' };
  if (element instanceof HTMLVideoElement) return { element, kind: 'video', url: element.currentSrc || element.poster };
  if (element instanceof SVGImageElement)
    return { element, kind: 'img', url: URL.parse(element.href.baseVal, document.baseURI)?.href ?? '' };
  if (element instanceof SVGSVGElement) return element.ownerSVGElement ? null : { element, kind: 'svg', url: '' };
  if (element instanceof SVGElement) return null;
  const style = styleImage(element);
  return style ? { element, kind: 'background', url: style.url } : null;
}

const refs: WeakRef<Element>[] = [];
const numbers = new WeakMap<Element, number>();

/** The number by which other contexts name an element of this frame. */
export function refOf(element: Element): number {
  const known = numbers.get(element);
  if (known !== undefined) return known;
  numbers.set(element, refs.length);
  refs.push(new WeakRef(element));
  return refs.length - 1;
}

/** @throws an Error when the element is gone from the page. */
export function byRef(ref: number): Element {
  const element = refs[ref]?.deref();
  if (!element?.isConnected) throw new Error(say('pictureGone'));
  return element;
}

/** Own pixels of a picture, or the CSS pixels that it covers where it has none. */
export function sizeOf({ element }: Shown): { width: number; height: number } {
  const own =
    element instanceof HTMLImageElement
      ? { width: element.naturalWidth, height: element.naturalHeight }
      : element instanceof HTMLCanvasElement
        ? { width: element.width, height: element.height }
        : element instanceof HTMLVideoElement
          ? { width: element.videoWidth, height: element.videoHeight }
          : null;
  if (own?.width && own.height) return own;
  const { width, height } = element.getBoundingClientRect();
  return { width: Math.round(width), height: Math.round(height) };
}

const kindWords = {
  img: 'kindPicture',
  background: 'kindBackground',
  canvas: 'kindCanvas',
  svg: 'kindDrawing',
  video: 'kindVideo',
} as const;

/** A name to show and to save under. */
export function nameOf({ element, kind, url }: Shown): string {
  const file = /^(?:https?|file):/.test(url) ? URL.parse(url)?.pathname.split('/').at(-1) : '';
  if (file) {
    try {
      return decodeURIComponent(file).slice(0, 120);
    } catch {
      return file.slice(0, 120);
    }
  }
  const title = element.getAttribute('alt') || element.getAttribute('aria-label') || '';
  return title.trim().slice(0, 120) || say(kindWords[kind]);
}

/** Pictures of this frame, largest first; each address once, ornaments left out. */
export function listPictures(): PageImage[] {
  const seen = new Map<string, { image: PageImage; area: number }>();
  for (const element of deepElements()) {
    const shown = shownBy(element);
    if (!shown) continue;
    const box = element.getBoundingClientRect();
    const { width, height } = sizeOf(shown);
    if (Math.min(box.width, box.height, width, height) < smallest) continue;
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    const ref = refOf(element);
    const key = shown.url && shown.kind !== 'video' ? shown.url : `#${ref}`;
    const area = box.width * box.height;
    const before = seen.get(key);
    if (before && before.area >= area) continue;
    seen.set(key, { image: { ref, url: shown.url, name: nameOf(shown), width, height, kind: shown.kind }, area });
  }
  return [...seen.values()].map(({ image }) => image).sort((a, b) => b.width * b.height - a.width * a.height);
}
