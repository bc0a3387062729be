// Numbers of a parameter as float32, on the side of it that keeps comparisons the same.

const bits = new Int32Array(1);
const value = new Float32Array(bits.buffer);

/** The next float32 upwards or downwards. */
function beside(x: number, direction: 1 | -1): number {
  value[0] = x;
  if (x === 0) bits[0] = direction > 0 ? 1 : -0x7fffffff;
  else bits[0]! += x > 0 ? direction : -direction;
  return value[0]!;
}

/** The largest float32 that is at most `x`: a float32 is at most the one where it is at most the other. */
export function atMost(x: number): number {
  const near = Math.fround(x);
  return near > x ? beside(near, -1) : near;
}

/** The smallest float32 that is at least `x`. */
export function atLeast(x: number): number {
  const near = Math.fround(x);
  return near < x ? beside(near, 1) : near;
}

/** The largest float32 for which `holds`, which is true up to somewhere near `x` and false from there on. */
export function last(x: number, holds: (x: number) => boolean): number {
  let found = atMost(x);
  while (holds(beside(found, 1))) found = beside(found, 1);
  while (!holds(found)) found = beside(found, -1);
  return found;
}
