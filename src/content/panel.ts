import { native } from '../platform/native';
import { say } from '../platform/say';
import { box, isCurtainDrawn, Layer, outline, paint } from './layer';
import { byRef } from './pictures';
import { inside, type Point, place, type Size } from './place';

const least: Size = { width: 320, height: 160 };
const wanted: Size = { width: 624, height: 560 };
/** A panel behind the curtain comes forward after this long by itself, whatever became of the background. */
const revealAfter = 1500;

interface Open {
  readonly layer: Layer;
  readonly frame: HTMLIFrameElement;
  readonly close: AbortController;
  at: Point;
  /** As shown, and as it would be where there is room. */
  size: Size;
  wish: Size;
  resized: boolean;
  /** Height of the contents, as they say. */
  needs: number;
}
let open: Open | null = null;

const viewport = (): Size => ({ width: document.documentElement.clientWidth || innerWidth, height: innerHeight });

const fitting = ({ width, height }: Size): Size => ({
  width: Math.max(Math.min(least.width, innerWidth), Math.min(width, viewport().width)),
  height: Math.max(Math.min(least.height, innerHeight), Math.min(height, viewport().height)),
});

function lay(panel: Open): void {
  panel.size = fitting(panel.wish);
  panel.at = inside(panel.at, panel.size, viewport());
  const { at, size } = panel;
  // A scroll bar would make the contents narrower, so of another height, so keep itself alive: none where all fits.
  panel.frame.scrolling = panel.needs > size.height ? 'auto' : 'no';
  paint(panel.frame, { left: `${at.x}px`, top: `${at.y}px`, width: `${size.width}px`, height: `${size.height}px` });
}

/** Where focus goes back to when the panel closes. */
function focusBack(element: Element | null, before: Element | null): void {
  for (const target of [before, element, element?.closest('a[href], button, [tabindex]') ?? null]) {
    if (!(target instanceof HTMLElement || target instanceof SVGElement) || !target.isConnected || target === document.body)
      continue;
    target.focus({ preventScroll: true });
    if (document.activeElement === target) return;
  }
}

/** A page that its server put into a sandbox, as hosts of files do: no frame in it may run our scripts. A file's origin is `null` as well. */
const isSandboxed = (): boolean => origin === 'null' && location.protocol !== 'file:';

/** Opens the panel on this frame, in place of one that is open. @throws when the document cannot show it. */
export function showPanel(
  { url, ref, hidden = false }: { url: string; ref: number | null; hidden?: boolean },
  closed: () => void,
): void {
  if (!(document.documentElement instanceof HTMLElement) || isSandboxed()) throw new Error(say('pageNoPanel'));
  closePanel();
  const before = document.activeElement;
  const element = ref === null ? null : byRef(ref);
  const layer = new Layer();
  const frame = box('iframe', {
    all: 'initial',
    visibility: 'inherit',
    position: 'fixed',
    border: '0',
    'border-radius': '10px',
    'box-shadow': '0 0 0 1px rgb(0 0 0 / .1), 0 2px 6px rgb(0 0 0 / .08), 0 16px 40px -8px rgb(0 0 0 / .4)',
    'pointer-events': 'auto',
    'color-scheme': 'light dark',
  }) as HTMLIFrameElement;
  frame.title = 'ConvScope';
  // Without this a page with Cross-Origin-Embedder-Policy would block the panel.
  frame.setAttribute('credentialless', '');
  // A frame of another origin puts nothing on the clipboard unless it is named; the person still has to click.
  frame.allow = 'clipboard-write';
  frame.src = native?.runtime.getURL(url) ?? '';
  const close = new AbortController();
  const size = fitting({ width: Math.min(wanted.width, viewport().width - 32), height: wanted.height });
  const panel: Open = {
    layer,
    frame,
    close,
    size,
    wish: size,
    at: place(element?.getBoundingClientRect() ?? null, size, viewport()),
    resized: false,
    needs: 0,
  };
  open = panel;
  lay(panel);
  layer.hidden = hidden;
  const stopOutline = element ? outline(layer, element) : () => undefined;
  layer.root.append(frame);
  const { signal } = close;
  frame.addEventListener('load', () => frame.focus({ preventScroll: true }), { signal, once: true });
  addEventListener('resize', () => lay(panel), { signal });
  addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      event.stopPropagation();
      closePanel();
    },
    { signal, capture: true },
  );
  const reveal = setTimeout(() => {
    if (!isCurtainDrawn()) layer.hidden = false;
  }, revealAfter);
  signal.addEventListener('abort', () => {
    clearTimeout(reveal);
    stopOutline();
    layer.remove();
    focusBack(element, before);
    closed();
  });
}

/** Does nothing when no panel is open. */
export function closePanel(): void {
  const panel = open;
  open = null;
  panel?.close.abort();
}

export function movePanel({ dx, dy }: { dx: number; dy: number }): void {
  if (!open) return;
  open.at = { x: open.at.x + dx, y: open.at.y + dy };
  lay(open);
}

export function resizePanel({ dx, dy }: { dx: number; dy: number }): void {
  if (!open) return;
  const { at, size } = open;
  const room = { width: viewport().width - at.x, height: viewport().height - at.y };
  open.wish = fitting({ width: Math.min(size.width + dx, room.width), height: Math.min(size.height + dy, room.height) });
  open.resized = true;
  lay(open);
}

/** As high as its contents, unless the person has chosen a size. */
export function fitPanel({ height }: { height: number }): void {
  if (!open) return;
  open.needs = height;
  if (!open.resized) open.wish = { width: open.wish.width, height };
  lay(open);
}
