// Where a dragged step would land.

/** An item of a list along its axis: where it starts, and how long it is. */
export interface Extent {
  readonly start: number;
  readonly length: number;
}

/** The gap that is nearest to a place: 0 is before the first item, `items.length` behind the last. */
export const gapAt = (items: readonly Extent[], place: number): number =>
  items.filter(({ start, length }) => start + length / 2 < place).length;

/** Where a gap lies: at the start of the item behind it, or at the end of the last one. */
export function placeOfGap(items: readonly Extent[], gap: number): number {
  const behind = items[gap];
  const last = items.at(-1);
  return behind ? behind.start : last ? last.start + last.length : 0;
}

/** The place of an item in the list once it is dropped into a gap. */
export const placeAfter = (from: number, gap: number): number => (gap > from ? gap - 1 : gap);

/** How far to scroll in a frame, with a pointer that far from the two edges; nothing away from them. */
export function scrollBy(toStart: number, toEnd: number): number {
  const near = 36;
  const most = 14;
  const speed = (distance: number): number => Math.ceil((most * (near - Math.max(0, distance))) / near);
  if (toStart < near && toStart <= toEnd) return -speed(toStart);
  return toEnd < near ? speed(toEnd) : 0;
}
