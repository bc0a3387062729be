/** Left, above and above left of a byte foretell it: PNG third edition, 9.4. */
export function paeth(a: number, b: number, c: number): number {
  const pa = Math.abs(b - c);
  const pb = Math.abs(a - c);
  const pc = Math.abs(a + b - 2 * c);
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

const NONE = 0;
const SUB = 1;
const UP = 2;
const AVERAGE = 3;
const PAETH = 4;

/** Bytes of a row on which filters are judged. */
const JUDGED = 512;

/**
 * Filters rows of bytes before they are compressed. A row takes the filter that leaves the smallest sum of differences (PNG third edition, 12.7),
 * judged on some of its bytes. `step`: bytes of a whole pixel.
 */
export class RowFilter {
  private above: Uint8Array;
  constructor(
    private readonly length: number,
    private readonly step: number,
  ) {
    this.above = new Uint8Array(length);
  }

  /** Writes the filter's number and the filtered bytes of `row` at `at`. */
  write(row: Uint8Array, into: Uint8Array, at: number): void {
    const { length, step, above } = this;
    const filter = this.best(row);
    into[at] = filter;
    const to = at + 1;
    if (filter === NONE) into.set(row, to);
    else if (filter === UP) up(row, above, into, to, length);
    else if (filter === SUB) sub(row, into, to, length, step);
    else if (filter === AVERAGE) average(row, above, into, to, length, step);
    else predicted(row, above, into, to, length, step);
    this.above.set(row);
  }

  private best(row: Uint8Array): number {
    const { length, step, above } = this;
    const jump = Math.max(1, Math.floor(length / JUDGED)) | 1;
    let [none, left, over, mean, foretold] = [0, 0, 0, 0, 0];
    for (let i = step; i < length; i += jump) {
      const [v, a, b, c] = [row[i]!, row[i - step]!, above[i]!, above[i - step]!];
      none += size(v);
      left += size(v - a);
      over += size(v - b);
      mean += size(v - ((a + b) >> 1));
      foretold += size(v - paeth(a, b, c));
    }
    const least = Math.min(none, left, over, mean, foretold);
    return least === none ? NONE : least === over ? UP : least === left ? SUB : least === foretold ? PAETH : AVERAGE;
  }
}

/** A difference as it is stored, taken as a signed byte. */
const size = (difference: number): number => Math.abs((difference << 24) >> 24);

function up(row: Uint8Array, above: Uint8Array, into: Uint8Array, to: number, length: number): void {
  for (let i = 0; i < length; i++) into[to + i] = row[i]! - above[i]!;
}

function sub(row: Uint8Array, into: Uint8Array, to: number, length: number, step: number): void {
  for (let i = 0; i < step; i++) into[to + i] = row[i]!;
  for (let i = step; i < length; i++) into[to + i] = row[i]! - row[i - step]!;
}

function average(row: Uint8Array, above: Uint8Array, into: Uint8Array, to: number, length: number, step: number): void {
  for (let i = 0; i < step; i++) into[to + i] = row[i]! - (above[i]! >> 1);
  for (let i = step; i < length; i++) into[to + i] = row[i]! - ((row[i - step]! + above[i]!) >> 1);
}

function predicted(row: Uint8Array, above: Uint8Array, into: Uint8Array, to: number, length: number, step: number): void {
  for (let i = 0; i < step; i++) into[to + i] = row[i]! - above[i]!;
  for (let i = step; i < length; i++) into[to + i] = row[i]! - paeth(row[i - step]!, above[i]!, above[i - step]!);
}
