// Kernels as sums of columns times rows: two passes of k taps instead of one of k².

export interface Pair {
  readonly column: readonly number[];
  readonly row: readonly number[];
}

/**
 * Pairs of factors that add up to a kernel of `height` rows, by cross approximation with full pivoting: the largest rest is made zero together with
 * its row and column, until what remains is below the rounding of the float32 weights. Undefined where more than `most` pairs are needed, or where
 * they are much larger than the kernel and would cancel.
 */
export function pairsOf(kernel: readonly number[], height: number, most: number): Pair[] | undefined {
  const width = kernel.length / height;
  const rest = Float64Array.from(kernel);
  const largest = kernel.reduce((a, v) => Math.max(a, Math.abs(v)), 0);
  const pairs: Pair[] = [];
  for (;;) {
    let pivot = 0;
    for (let i = 1; i < rest.length; i++) if (Math.abs(rest[i]!) > Math.abs(rest[pivot]!)) pivot = i;
    const value = rest[pivot]!;
    if (Math.abs(value) <= rounding * largest) break;
    if (pairs.length === most) return undefined;
    const [u, v] = [Math.floor(pivot / width), pivot % width];
    // The square root of the pivot on both sides, so that neither factor leaves the range of float32.
    const scale = Math.sqrt(Math.abs(value));
    const column = Array.from({ length: height }, (_, i) => rest[i * width + v]! / scale);
    const row = Array.from({ length: width }, (_, j) => (rest[u * width + j]! * Math.sign(value)) / scale);
    for (let i = 0; i < height; i++) for (let j = 0; j < width; j++) rest[i * width + j]! -= column[i]! * row[j]!;
    pairs.push({ column, row });
  }
  if (pairs.length === 0) return [{ column: new Array<number>(height).fill(0), row: new Array<number>(width).fill(0) }];
  return pairs.length > 1 && growth(pairs) > cancelling * sizeOf(kernel) ? undefined : pairs;
}

/** Roundings of a product of two float32 and of the weight itself, in units of the largest weight. */
const rounding = 3e-7;
const cancelling = 3;

const sizeOf = (values: readonly number[]): number => values.reduce((sum, v) => sum + Math.abs(v), 0);
const growth = (pairs: readonly Pair[]): number => pairs.reduce((sum, { column, row }) => sum + sizeOf(column) * sizeOf(row), 0);

/** In the order of the tap lists: the rows, then for every row of the kernel one weight of each column. */
export function listed(pairs: readonly Pair[]): number[] {
  const height = pairs[0]?.column.length ?? 0;
  const columns = Array.from({ length: height }, (_, u) => pairs.map(({ column }) => column[u]!));
  return [...pairs.flatMap(({ row }) => row), ...columns.flat()];
}
