// What a page shows of a picture that is drawn much finer than it is seen.

import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import { factorBeside } from '../../image/draw';
import { shrunk } from '../../image/limits';
import type { Sheet, View } from '../../worker/api';
import type { Laid, Size } from '../bench/place';
import type { Bench } from '../bench/state';
import { Latest } from './latest';
import type { Sight } from './sight';

/** A page is laid out, or a wheel turned, in many small steps: so long after the last one, in ms, the picture is drawn for it. */
const settled = 60;

/** Whether what lies beside a view's drawing is as fine as it is seen on so many pixels of the screen, or the drawing itself is about as coarse. */
export function asFineAsSeen({ shape, drawing }: View, beside: Sheet | null, screen: Size): boolean {
  const [height = 1, width = 1] = shape.slice(-2);
  const factor = factorBeside(width, height, screen);
  return factor === null || drawing.width < 2 * screen.width || beside?.width === shrunk(width, factor);
}

interface Asked {
  readonly view: View;
  readonly screen: Size;
}

/** Keeps up with what is seen: the worker sends it with the view, and again when the page is laid out anew or one looks closer. */
export class Beside {
  readonly #again = signal<{ readonly view: View; readonly sheet: Sheet } | null>(null);
  /** What lies beside the drawing; null where there is nothing, or the drawing is enough. */
  readonly sheet: ReadonlySignal<Sheet | null>;
  readonly stop: () => void;

  constructor(bench: Bench, sight: Sight, laid: ReadonlySignal<Laid | null>) {
    this.sheet = computed(() => {
      const [view, again] = [sight.shown.value, this.#again.value];
      return view && again?.view === view ? again.sheet : (view?.seen ?? null);
    });
    const questions = new Latest(
      ({ screen }: Asked) => {
        const { node, look } = sight.wanted();
        return bench.query((studio) => studio.seen({ node, look: { ...look, seen: screen } }));
      },
      (sheet, { view }) => {
        if (sheet && view === sight.shown.peek()) this.#again.value = { view, sheet };
        else sheet?.bitmap.close();
      },
    );
    let timer = 0;
    const watching = effect(() => {
      const [at, view, beside, full] = [laid.value, sight.shown.value, this.sheet.value, sight.full.value];
      clearTimeout(timer);
      if (!at || !view || !full || view.reducedBy > 1) return;
      const screen = { width: at.width * devicePixelRatio, height: at.height * devicePixelRatio };
      if (!asFineAsSeen(view, beside, screen)) timer = window.setTimeout(() => questions.want({ view, screen }), settled);
    });
    this.stop = () => {
      watching();
      clearTimeout(timer);
      questions.forget();
    };
  }
}
