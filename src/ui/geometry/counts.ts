// How often pixels are read, from counts along both axes: over the plane they multiply.

type Counts = ArrayLike<number>;

/** Pixels by count, the smallest count first. */
export function tally(down: Counts, across: Counts): ReadonlyMap<number, number> {
  const [rows, columns] = [frequencies(down), frequencies(across)];
  const found = new Map<number, number>();
  for (const [a, times] of rows) for (const [b, more] of columns) found.set(a * b, (found.get(a * b) ?? 0) + times * more);
  return new Map([...found].sort(([a], [b]) => a - b));
}
function frequencies(counts: Counts): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (let i = 0; i < counts.length; i++) found.set(counts[i]!, (found.get(counts[i]!) ?? 0) + 1);
  return found;
}

export const most = (counts: Counts): number => {
  let largest = 0;
  for (let i = 0; i < counts.length; i++) largest = Math.max(largest, counts[i]!);
  return largest;
};

/** Counts in the middle third, in rising order: away from the borders, where windows are cut. */
export function inMiddle(counts: Counts): readonly number[] {
  const third = Math.floor(counts.length / 3);
  const found = new Set<number>();
  for (let i = third; i < counts.length - third; i++) found.add(counts[i]!);
  return [...found].sort((a, b) => a - b);
}

/** Counts of an axis as they fall on equal parts of the page: part `i` begins at position `from + i · step`. Outside of the axis: NaN. */
export function sampled(counts: Counts, from: number, step: number, parts: number): Float64Array {
  const sums = new Float64Array(counts.length + 1);
  for (let i = 0; i < counts.length; i++) sums[i + 1] = sums[i]! + counts[i]!;
  const sumTo = (at: number): number => {
    const bounded = Math.min(counts.length, Math.max(0, at));
    const whole = Math.floor(bounded);
    return sums[whole]! + (bounded - whole) * (counts[whole] ?? 0);
  };
  return Float64Array.from({ length: parts }, (_, i) => {
    const [start, end] = [from + i * step, from + (i + 1) * step];
    const middle = Math.floor((start + end) / 2);
    if (middle < 0 || middle >= counts.length) return Number.NaN;
    if (step <= 1) return counts[middle]!;
    const [first, last] = [Math.max(0, start), Math.min(counts.length, end)];
    return (sumTo(last) - sumTo(first)) / (last - first);
  });
}
