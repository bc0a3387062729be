import type { Display } from '../../image/display';
import type { Look } from '../../worker/api';

/** How to draw under `display` in the theme that the page has now. */
export function lookOf(display: Display): Look {
  return { display, diverging: divergingStops() };
}

/** Colours of signed values, from the most negative to the most positive. */
export function divergingStops(): readonly string[] {
  stops ??= stopsOf('d', 9, ['#43105F', '#F6F4F1', '#7E2706']);
  return stops;
}
let stops: readonly string[] | null = null;

/** Colours of magnitudes, from none to most. */
export function sequentialStops(): readonly string[] {
  magnitudes ??= stopsOf('q', 7, ['#F7F5EC', '#3C9A8E', '#14122B']);
  return magnitudes;
}
let magnitudes: readonly string[] | null = null;

/** Asking for styles lays the page out, so it is done once per theme. */
function stopsOf(letter: string, count: number, otherwise: readonly string[]): readonly string[] {
  const style = getComputedStyle(document.documentElement);
  const read = Array.from({ length: count }, (_, i) => style.getPropertyValue(`--${letter}${i}`).trim());
  return read.every(Boolean) ? read : otherwise;
}

/** Calls back when the page turns dark or light; answers with the way to stop. */
export function watchTheme(then: () => void): () => void {
  const changed = () => {
    stops = null;
    magnitudes = null;
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
