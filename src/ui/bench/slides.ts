import { options } from 'preact';

/** A worker that answers at all answers the change of a slider by then. */
const ANSWER_MS = 14;
/** So long after its last change a slider is still being dragged. */
const DRAG_MS = 100;

/**
 * While a slider is dragged the result comes first and the page's own numbers after it: the page would otherwise be busy with drawing itself when the
 * worker answers. All else is drawn at once.
 */
export function resultsFirst(page: Document): void {
  let slid = Number.NEGATIVE_INFINITY;
  const note = ({ target }: Event): void => {
    if (target instanceof HTMLInputElement && target.type === 'range') slid = performance.now();
  };
  page.addEventListener('input', note, { capture: true });
  options.debounceRendering = (draw) => {
    if (performance.now() - slid < DRAG_MS) setTimeout(draw, ANSWER_MS);
    else queueMicrotask(draw);
  };
}
