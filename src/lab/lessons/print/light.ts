import { colourMap } from '../../../image/colourMap';
import { lightDiverging } from '../../../image/export/lightMaps';
import { recoloured } from '../../../image/recolour';
import { divergingStops } from '../../../ui/bench/look';
import type { Bench } from '../../../ui/bench/state';
import { paint } from '../../../ui/view/Film';

const sides = ['input', 'output'] as const;

/**
 * Signed values that the dark theme has drawn get the colours of white paper while the page is printed: a browser waits for no worker then, so
 * what is there is recoloured. Answers with the way to stop.
 */
export function lightOnPaper(bench: Bench, host: HTMLElement): () => void {
  const drawAll = (light: boolean) => {
    for (const side of sides) {
      const view = bench[side].peek();
      const canvas = host.querySelector<HTMLCanvasElement>(`figure.view.${side} .pane > canvas`);
      if (!canvas || view?.mapping !== 'symmetric') continue;
      const { drawing } = view;
      paint(canvas, light ? recoloured(drawing, colourMap(divergingStops()), colourMap(lightDiverging)) : drawing);
    }
  };
  const [before, after] = [() => drawAll(true), () => drawAll(false)];
  addEventListener('beforeprint', before);
  addEventListener('afterprint', after);
  return () => {
    removeEventListener('beforeprint', before);
    removeEventListener('afterprint', after);
  };
}
