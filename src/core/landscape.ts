// Two losses of two weights, as before and after normalisation, and gradient descent on them.

/** z = √(ax² + by²), or its half square z²/2 = (ax² + by²)/2. */
export interface Landscape {
  readonly a: number;
  readonly b: number;
}
/**
 * `root`: z itself, whose gradient does not shrink near the minimum. `bowl`: z²/2, with the same minimum and contours of the same shape,
 * and curvatures a and b.
 */
export type Form = 'root' | 'bowl';
export type Point = readonly [x: number, y: number];

/** What inputs of unlike scale make of the contours, and what is left of that after normalisation. */
export const landscapes = { stretched: { a: 2, b: 10 }, round: { a: 1, b: 1 } } as const satisfies Readonly<
  Record<string, Landscape>
>;
/** Both are drawn on [−20, 20]², with that many samples a side. */
export const halfSide = 20;
export const samplesASide = 800;

export function heightAt({ a, b }: Landscape, form: Form, [x, y]: Point): number {
  const square = a * x * x + b * y * y;
  return form === 'root' ? Math.sqrt(square) : square / 2;
}

/** The gradient; 0 at the tip of the root, where there is none. */
export function slopeAt(landscape: Landscape, form: Form, [x, y]: Point): Point {
  const { a, b } = landscape;
  const z = form === 'root' ? heightAt(landscape, form, [x, y]) : 1;
  return z === 0 ? [0, 0] : [(a * x) / z, (b * y) / z];
}

/** Heights at `side` × `side` places that are evenly spread over [−half, half]², row by row from the smallest y. */
export function heightsOf(landscape: Landscape, form: Form, side = samplesASide, half = halfSide): Float64Array {
  const heights = new Float64Array(side * side);
  for (let i = 0; i < side; i++) {
    const y = along(i, side, half);
    for (let j = 0; j < side; j++) heights[i * side + j] = heightAt(landscape, form, [along(j, side, half), y]);
  }
  return heights;
}

/** The coordinate of a position, also between samples, along an axis from −half to half. */
export const along = (at: number, side: number, half: number): number => (2 * half * at) / (side - 1) - half;

export interface Descent {
  /** The start and every place after a step. */
  readonly points: readonly Point[];
  /** The height at each of them. */
  readonly heights: readonly number[];
  /** `arrived`: the last point is near enough to the minimum; `left`: it runs away; `going`: neither, after all steps that were allowed. */
  readonly end: 'arrived' | 'left' | 'going';
}
export interface Walk {
  readonly rate: number;
  /** Distance from the minimum that counts as arrived. */
  readonly near?: number;
  readonly most?: number;
}

/** Beyond this nothing comes back. */
const FAR = 1e6;

/** Plain gradient descent: w ← w − rate · ∇z. */
export function descend(landscape: Landscape, form: Form, start: Point, { rate, near = 0.5, most = 500 }: Walk): Descent {
  const points: Point[] = [start];
  let [x, y] = start;
  while (Math.hypot(x, y) > near && points.length <= most && Math.hypot(x, y) < FAR) {
    const [dx, dy] = slopeAt(landscape, form, [x, y]);
    [x, y] = [x - rate * dx, y - rate * dy];
    points.push([x, y]);
  }
  const distance = Math.hypot(x, y);
  const end = distance <= near ? 'arrived' : distance < FAR ? 'going' : 'left';
  return { points, heights: points.map((at) => heightAt(landscape, form, at)), end };
}

/** How much steeper the bowl bends across than along, and which learning rates it takes. */
export function conditionOf({ a, b }: Landscape): { readonly number: number; readonly limit: number; readonly best: number } {
  const [low, high] = [Math.min(a, b), Math.max(a, b)];
  return { number: high / low, limit: 2 / high, best: 2 / (low + high) };
}
