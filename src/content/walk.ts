import { shadowOf } from '../platform/native';

/** More than this is not searched: a page with so many elements would stall. */
const limit = 40_000;

/** Elements of the document in order, those in shadow roots (closed ones too) included. */
export function deepElements(root: Document | ShadowRoot = document): Element[] {
  const found: Element[] = [];
  const visit = (scope: Document | ShadowRoot): void => {
    for (const element of scope.querySelectorAll('*')) {
      if (found.length >= limit) return;
      found.push(element);
      const shadow = shadowOf(element);
      if (shadow) visit(shadow);
    }
  };
  visit(root);
  return found;
}

/** The innermost element under the pointer, through shadow roots. */
export function hovered(): Element | null {
  let scope: Document | ShadowRoot = document;
  let innermost: Element | null = null;
  for (;;) {
    const here: Element | undefined = [...scope.querySelectorAll(':hover')].at(-1);
    if (!here) return innermost;
    innermost = here;
    const shadow: ShadowRoot | null = shadowOf(here);
    if (!shadow) return innermost;
    scope = shadow;
  }
}

/** The element itself, then what holds it, out of shadow roots. */
export function* outward(element: Element): Generator<Element> {
  for (let at: Element | null = element; at; ) {
    yield at;
    const parent: Node | null = at.parentNode;
    at = at.assignedSlot ?? (parent instanceof Element ? parent : parent instanceof ShadowRoot ? parent.host : null);
  }
}
