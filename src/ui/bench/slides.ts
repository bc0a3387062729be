import { options } from 'preact';

/** A worker that answers at all answers the change of a slider by then. */
const ANSWER_MS = 14;
/** So long after its last change a slider is still being dragged. */
const DRAG_MS = 100;
/** So long after its last change it rests. */
const REST_MS = 250;

let slid = Number.NEGATIVE_INFINITY;

/** A slider is being dragged. */
export const sliding = (): boolean => performance.now() - slid < DRAG_MS;

/** Calls back once when the sliders of the page have come to rest; answers with the way to forget it. */
export function atRest(then: () => void): () => void {
  let timer = 0;
  const look = (): void => {
    const left = slid + REST_MS - performance.now();
    if (left > 0) timer = window.setTimeout(look, left);
    else then();
  };
  look();
  return () => clearTimeout(timer);
}

/**
 * While a slider is dragged the result comes first and the page's own numbers after it: the page would otherwise be busy with drawing itself when the
 * worker answers. All else is drawn at once.
 */
export function resultsFirst(page: Document): void {
  const note = ({ target }: Event): void => {
    if (target instanceof HTMLInputElement && target.type === 'range') slid = performance.now();
  };
  page.addEventListener('input', note, { capture: true });
  options.debounceRendering = (draw) => {
    if (sliding()) setTimeout(draw, ANSWER_MS);
    else queueMicrotask(draw);
  };
}
