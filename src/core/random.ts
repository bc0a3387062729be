// Random numbers by place: a seed and an index give a number, in any order and on any engine.

const golden = 0x9e3779b9;

/** Numbers from 0 up to 1, evenly spread, 53 bits each. `index` is a whole number below 2³². */
export function uniforms(seed: number): (index: number) => number {
  const [first, second] = keysOf(seed);
  return (index) => ((bits(first, index) >>> 5) * 2 ** 26 + (bits(second, index) >>> 6)) * 2 ** -53;
}

/** What the bits of a number are mixed with: its first 27, and the other 26. */
export function keysOf(seed: number): readonly [first: number, second: number] {
  const first = mixed(seed + golden);
  return [first, mixed(first + golden)];
}

/** The seed of the angles, where the seed of the sizes is given. */
export const anglesOf = (seed: number): number => mixed(seed) + golden;

/** Numbers with mean 0 and variance 1, in a bell curve (Box and Muller, 1958). `index` is a whole number below 2³². */
export function normals(seed: number): (index: number) => number {
  const size = uniforms(seed);
  const angle = uniforms(anglesOf(seed));
  return (index) => Math.sqrt(-2 * Math.log(1 - size(index))) * Math.cos(2 * Math.PI * angle(index));
}

const bits = (key: number, index: number): number => mixed(mixed(index ^ key) + key);

/** Spreads every bit of a whole number over 32 (the constants of Wellons’ lowbias32). */
function mixed(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return (bits ^ (bits >>> 16)) >>> 0;
}
