import type { Settings } from '../../store/settings';
import type { Bench } from '../bench/state';

/** Sets a new bench as the person wants every page to start. */
export function startAs(bench: Bench, { mapping, compare }: Settings): void {
  const redrawn = bench.opened.peek() !== null && bench.display.peek().mapping !== mapping;
  bench.display.value = { mapping, channel: 'all' };
  if (compare !== 'auto') bench.mode.value = compare;
  if (redrawn) bench.run();
}
