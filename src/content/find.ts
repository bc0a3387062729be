import type { Target } from '../messages/protocol';
import { native } from '../platform/native';
import { byRef, type Shown, shownBy } from './pictures';
import { deepElements, hovered, outward } from './walk';

/** Where the last right-click of this frame fell, while this script was already there. */
let lastClick: { path: Element[]; x: number; y: number; at: number } | null = null;
const fresh = 60_000;

/** Remembers right-clicks from now on. */
export function watchClicks(signal: AbortSignal): void {
  addEventListener(
    'contextmenu',
    (event) => {
      const path = event.composedPath().filter((node) => node instanceof Element);
      lastClick = { path, x: event.clientX, y: event.clientY, at: Date.now() };
    },
    { capture: true, signal },
  );
}

const area = (element: Element): number => {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return (
    Math.max(0, Math.min(right, innerWidth) - Math.max(left, 0)) * Math.max(0, Math.min(bottom, innerHeight) - Math.max(top, 0))
  );
};

/** The candidate that a person most likely means: under the pointer first, then the largest in view. */
function best(candidates: readonly Shown[]): Shown | null {
  const under = candidates.filter(({ element }) => element.matches(':hover'));
  return [...(under.length ? under : candidates)].sort((a, b) => area(b.element) - area(a.element))[0] ?? null;
}

/** What an element, or what holds it, shows. Of the ancestors only pictures and CSS backgrounds smaller than the page count. */
function shownAround(element: Element, srcUrl: string | undefined): Shown | null {
  for (const at of outward(element)) {
    const shown = shownBy(at);
    if (shown && (srcUrl === undefined || shown.url === srcUrl)) return shown;
  }
  return null;
}

/** Pictures that lie below a point, or below the middle of an element that covers them. */
function shownBelow(x: number, y: number): Shown | null {
  const covering = deepElements().flatMap((element) => {
    const box = element.getBoundingClientRect();
    const inside = x >= box.left && x < box.right && y >= box.top && y < box.bottom;
    return inside ? (shownBy(element) ?? []) : [];
  });
  return covering.at(-1) ?? null;
}

/** Finds what is meant in this frame, or null. */
export function find(target: Target): Shown | null {
  if (target.kind === 'element') return shownBy(byRef(target.ref));
  const { targetElementId, srcUrl } = target;
  const exact = targetElementId === undefined ? null : native?.menus?.getTargetElement(targetElementId);
  if (exact) {
    const shown = shownAround(exact, undefined);
    if (shown) return shown;
  }
  const click = lastClick && Date.now() - lastClick.at < fresh ? lastClick : null;
  for (const element of click?.path.slice(0, 1) ?? []) {
    const shown = element.isConnected ? shownAround(element, srcUrl) : null;
    if (shown) return shown;
  }
  if (srcUrl !== undefined) {
    const matching = deepElements().flatMap((element) => shownBy(element) ?? []);
    return best(
      matching.filter(({ element, url }) => url === srcUrl || (element instanceof HTMLVideoElement && element.poster === srcUrl)),
    );
  }
  if (click) return shownBelow(click.x, click.y);
  const under = exact ?? hovered();
  if (!under) return null;
  const box = under.getBoundingClientRect();
  return shownBy(under) ?? shownBelow(box.x + box.width / 2, box.y + box.height / 2) ?? shownAround(under, undefined);
}
