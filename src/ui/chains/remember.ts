import { effect } from '@preact/signals';
import type { Bench } from '../bench/state';
import type { Keeper } from './keeper';
import { thumbOf } from './thumb';

/** So long a scene stands with its result before it counts as used, in ms. */
const settled = 1500;

/** Remembers the chains whose results a person looks at; answers with the way to stop. */
export function rememberChains(bench: Bench, keeper: Keeper): () => void {
  let timer = 0;
  let due = false;
  const keep = () => {
    clearTimeout(timer);
    if (!due) return;
    due = false;
    keeper.used(bench.scene.peek(), () => thumbOf(bench)).catch(() => undefined);
  };
  const stop = effect(() => {
    clearTimeout(timer);
    due = bench.finished.value && bench.scene.value.steps.length > 0;
    if (due) timer = window.setTimeout(keep, settled);
  });
  addEventListener('pagehide', keep);
  return () => {
    stop();
    clearTimeout(timer);
    removeEventListener('pagehide', keep);
  };
}
