import { signal } from '@preact/signals';
import { watchTheme } from '../bench/look';

/** Changes whenever the page turns dark or light: drawings read their colours anew then. */
export function themeSignal() {
  const changes = signal(0);
  const watch = () =>
    watchTheme(() => {
      changes.value += 1;
    });
  return { changes, watch };
}
