// Our own boxes above the page: in the top layer, in a closed shadow root, out of reach of the page's style sheets.

const xhtml = 'http://www.w3.org/1999/xhtml';
const layers = new Set<HTMLElement>();

/** An HTML element with styles set one by one: a page's policy may forbid style sheets, but not this. */
export function box(tag: 'div' | 'iframe' | 'canvas' | 'img', styles: Readonly<Record<string, string>>): HTMLElement {
  const element = document.createElementNS(xhtml, tag) as HTMLElement;
  paint(element, styles);
  return element;
}

/** Sets styles; the page's own rules do not win over them. */
export function paint(element: HTMLElement, styles: Readonly<Record<string, string>>): void {
  for (const [property, value] of Object.entries(styles)) element.style.setProperty(property, value, 'important');
}

/** The zoom that undoes the one in which a box hangs: boxes are measured in CSS px of the viewport. */
export const unzoomed = (holder: Element): string => String(1 / holder.currentCSSZoom);

/** Where a box must hang so that an open modal dialog does not make it inert. */
function holder(): Element {
  return [...document.querySelectorAll('dialog:modal')].at(-1) ?? document.documentElement;
}

/** A transparent sheet over the whole viewport; clicks fall through where its contents do not take them. */
export class Layer {
  readonly host = box('div', { all: 'initial' });
  readonly root = this.host.attachShadow({ mode: 'closed' });

  constructor() {
    paint(this.host, {
      position: 'fixed',
      inset: '0',
      width: '100vw',
      height: '100vh',
      margin: '0',
      padding: '0',
      border: '0',
      background: 'transparent',
      overflow: 'visible',
      display: 'block',
      'pointer-events': 'none',
      'z-index': '2147483647',
    });
    this.host.popover = 'manual';
    const parent = holder();
    paint(this.host, { zoom: unzoomed(parent) });
    parent.append(this.host);
    this.host.showPopover();
    layers.add(this.host);
  }

  /** Gone at once for the eye; a frame in it stays a moment, so that the key that closed it can come up again in it. */
  remove(): void {
    layers.delete(this.host);
    this.hidden = true;
    setTimeout(() => this.host.remove(), 100);
  }

  get hidden(): boolean {
    return this.host.style.visibility === 'hidden';
  }

  set hidden(hidden: boolean) {
    paint(this.host, { visibility: hidden ? 'hidden' : 'visible' });
  }
}

const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);

/** Whether a screenshot is being taken. */
let drawn = false;
export const isCurtainDrawn = (): boolean => drawn;

/** A curtain that nobody opens again opens by itself after this long: the background may have been ended meanwhile. */
const longest = 4000;
let opening: ReturnType<typeof setTimeout> | undefined;

/** Hides or shows every layer of this frame, and waits until the screen says so. */
export async function curtain(hidden: boolean): Promise<void> {
  clearTimeout(opening);
  if (hidden) opening = setTimeout(() => curtain(false), longest);
  drawn = hidden;
  for (const host of layers) paint(host, { visibility: hidden ? 'hidden' : 'visible' });
  if (hidden) await Promise.race([frame().then(frame), new Promise((resolve) => setTimeout(resolve, 200))]);
}

/** Calls `move` with the element's box in every frame in which it changed, until stopped; null once the element is gone. */
export function follow(element: Element, move: (box: DOMRect | null) => void): () => void {
  let last = '';
  let running = true;
  const look = (): void => {
    if (!running) return;
    const at = element.isConnected ? element.getBoundingClientRect() : null;
    const now = at ? `${at.x} ${at.y} ${at.width} ${at.height}` : 'gone';
    if (now !== last) move(at);
    last = now;
    requestAnimationFrame(look);
  };
  look();
  return () => {
    running = false;
  };
}

/** An outline in the input's blue, with a light edge on both sides so that it shows on any picture. */
export function outline(layer: Layer, element: Element): () => void {
  const line = box('div', {
    position: 'fixed',
    'box-sizing': 'border-box',
    border: '3px solid #1f7fdb',
    'box-shadow': '0 0 0 1px #fff, inset 0 0 0 1px rgb(255 255 255 / .8)',
    'pointer-events': 'none',
  });
  line.ariaHidden = 'true';
  layer.root.append(line);
  const stop = follow(element, (at) => {
    if (!at) return paint(line, { display: 'none' });
    const out = 3;
    paint(line, {
      display: 'block',
      left: `${at.x - out}px`,
      top: `${at.y - out}px`,
      width: `${at.width + 2 * out}px`,
      height: `${at.height + 2 * out}px`,
    });
  });
  return () => {
    stop();
    line.remove();
  };
}
