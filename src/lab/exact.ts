// Whether results are computed exactly: kept for as long as the browser tab lives.

import { effect } from '@preact/signals';
import type { Bench } from '../ui/bench/state';

const key = 'exact';

/** Puts the kept choice into force, and keeps every later one. */
export function keepExact(bench: Bench): void {
  try {
    bench.exact.value = sessionStorage.getItem(key) === 'true';
    effect(() => sessionStorage.setItem(key, String(bench.exact.value)));
  } catch {
    // Storage may be blocked; the choice then lasts as long as the page.
  }
}
