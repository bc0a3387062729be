import type { Display } from '../../image/display';
import type { Look } from '../../worker/api';

/** How to draw under `display` in the theme that the page has now. */
export function lookOf(display: Display): Look {
  stops ??= readStops();
  return { display, diverging: stops };
}

let stops: readonly string[] | null = null;

/** Asking for styles lays the page out, so it is done once per theme. */
function readStops(): readonly string[] {
  const style = getComputedStyle(document.documentElement);
  const read = Array.from({ length: 9 }, (_, i) => style.getPropertyValue(`--d${i}`).trim());
  return read.every(Boolean) ? read : ['#43105F', '#F6F4F1', '#7E2706'];
}

/** Calls back when the page turns dark or light; answers with the way to stop. */
export function watchTheme(then: () => void): () => void {
  const changed = () => {
    stops = null;
    then();
  };
  const system = matchMedia('(prefers-color-scheme: dark)');
  const forced = new MutationObserver(changed);
  system.addEventListener('change', changed);
  forced.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => {
    system.removeEventListener('change', changed);
    forced.disconnect();
  };
}
