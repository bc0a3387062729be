// Where a box that floats over the page lies.

/** Left free between the box and the edges of the window, and between the box and what opened it, in CSS px. */
const margin = 8;
const gap = 4;
/** However little room there is. */
const leastRoom = 96;

export interface Sides {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
export interface Floating {
  /** What opened it. */
  readonly anchor: Sides;
  readonly box: { readonly width: number; readonly height: number };
  readonly window: { readonly width: number; readonly height: number };
  /** Lines run from right to left. */
  readonly turned: boolean;
  /** Behind the end of what opened it, where there is room. */
  readonly beside: boolean;
}

/** Place and greatest height: beside what opened the box, else below it, else above, wherever it is largest; always inside the window. */
export function floatingAt({ anchor, box, window, turned, beside }: Floating): { left: number; top: number; room: number } {
  const across = (left: number): number => Math.max(margin, Math.min(left, window.width - box.width - margin));
  const after = turned ? anchor.left - gap - box.width : anchor.right + gap;
  if (beside && across(after) === after) {
    const room = Math.max(leastRoom, window.height - 2 * margin);
    const top = Math.max(margin, Math.min(anchor.top, window.height - Math.min(box.height, room) - margin));
    return { left: after, top, room };
  }
  const [below, above] = [window.height - anchor.bottom - gap - margin, anchor.top - gap - margin];
  const down = below >= box.height || below >= above;
  const room = Math.max(leastRoom, down ? below : above);
  const left = across(turned ? anchor.right - box.width : anchor.left);
  const top = down ? anchor.bottom + gap : anchor.top - gap - Math.min(box.height, room);
  return { left, top: Math.max(margin, top), room };
}
