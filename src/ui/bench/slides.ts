import { options } from 'preact';

/** So long the page's own numbers wait for the result at most. */
const ANSWER_MS = 50;
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

/** What the page still has to draw of itself. */
let waiting: (() => void) | null = null;
let patience = 0;

/** A result is on its canvas: the page draws itself after the frame that shows it. */
export function resultShown(): void {
  if (waiting) requestAnimationFrame(() => setTimeout(drawWaiting));
}
function drawWaiting(): void {
  const draw = waiting;
  clearTimeout(patience);
  waiting = null;
  draw?.();
}

/**
 * While a slider is dragged the result comes first and the page's own numbers after it: the page would otherwise be busy with drawing itself, and
 * take a processor from the worker, while the result is made. All else is drawn at once.
 */
export function resultsFirst(page: Document): void {
  const note = ({ target }: Event): void => {
    if (target instanceof HTMLInputElement && target.type === 'range') slid = performance.now();
  };
  page.addEventListener('input', note, { capture: true });
  options.debounceRendering = (draw) => {
    if (!sliding()) {
      queueMicrotask(draw);
      return;
    }
    waiting = draw;
    clearTimeout(patience);
    patience = window.setTimeout(drawWaiting, ANSWER_MS);
  };
}
