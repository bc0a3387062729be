import { colourMap } from '../../../image/colourMap';
import { lightDiverging } from '../../../image/export/lightMaps';
import { recoloured } from '../../../image/recolour';
import { divergingStops } from '../../../ui/bench/look';
import type { Bench } from '../../../ui/bench/state';
import { bytesOf, cover } from '../../../ui/view/sheet';

const sides = ['input', 'output'] as const;

/**
 * Signed values that the dark theme has drawn get the colours of white paper while the page is printed: a browser waits for no worker then, so
 * what is there is recoloured. Answers with the way to stop.
 */
export function lightOnPaper(bench: Bench, host: HTMLElement): () => void {
  let covered: (() => void)[] = [];
  const before = () => {
    for (const side of sides) {
      const view = bench[side].peek();
      const canvas = host.querySelector<HTMLCanvasElement>(`figure.view.${side} .pane > canvas`);
      const drawing = view?.mapping === 'symmetric' ? bytesOf(view.drawing) : null;
      if (!canvas || !drawing) continue;
      cover(canvas, recoloured(drawing, colourMap(divergingStops()), colourMap(lightDiverging)));
      covered.push(() => cover(canvas, drawing));
    }
  };
  const after = () => {
    for (const uncover of covered) uncover();
    covered = [];
  };
  addEventListener('beforeprint', before);
  addEventListener('afterprint', after);
  return () => {
    removeEventListener('beforeprint', before);
    removeEventListener('afterprint', after);
  };
}
