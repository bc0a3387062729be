import type { Settings } from '../../store/settings';
import type { Bench } from '../bench/state';

/** Sets a bench that shows nothing yet as the person wants every page to start. */
export function startAs(bench: Bench, { mapping, compare }: Settings): void {
  bench.display.value = { mapping, channel: 'all' };
  if (compare !== 'auto') bench.mode.value = compare;
}
