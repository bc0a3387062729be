import type { Display } from '../../image/display';
import type { Look } from '../../worker/api';

/** How to draw under `display` in the theme that the page has now. */
export function lookOf(display: Display): Look {
  const style = getComputedStyle(document.documentElement);
  const stops = Array.from({ length: 9 }, (_, i) => style.getPropertyValue(`--d${i}`).trim());
  return { display, diverging: stops.every(Boolean) ? stops : ['#43105F', '#F6F4F1', '#7E2706'] };
}

/** Calls back when the page turns dark or light; answers with the way to stop. */
export function watchTheme(changed: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const forced = new MutationObserver(changed);
  system.addEventListener('change', changed);
  forced.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => {
    system.removeEventListener('change', changed);
    forced.disconnect();
  };
}
