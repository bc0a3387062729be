// Rows that will be read, or written, side by side: processors see one row coming, but not many at once.
import { floats } from './lanes';

/** Reads from every cache line of n floats, so that they are in the cache when they are wanted. */
export function fetch(p: usize, n: i32): void {
  for (const end = p + floats(n); p < end; p += 64) load<u32>(p);
}
