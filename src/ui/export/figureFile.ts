// A figure of some nodes, from the worker's pictures to a file.

import type { Display } from '../../image/display';
import { type Figure, type Layout, layOut, type Panel } from '../../image/export/figure';
import { drawFigure, measureWith } from '../../image/export/figureCanvas';
import { figureSvg } from '../../image/export/figureSvg';
import { lightDiverging } from '../../image/export/lightMaps';
import type { Node } from '../../worker/api';
import type { Bench } from '../bench/state';
import { t } from '../strings';
import { panelOf } from './caption';

/** Pixels of one picture: no more are seen on a page of paper. */
const MOST_PIXELS = 1.5e6;

/** A picture of a figure, and its words. */
export interface Drawn {
  readonly panel: Panel;
  readonly png: Blob;
}

/** Pictures of nodes in the colours of paper; null when it was cancelled. */
export async function drawNodes(
  bench: Bench,
  nodes: readonly Node[],
  displayOf: (node: Node) => Display,
  report: (done: number) => void,
  signal: AbortSignal,
): Promise<Drawn[] | null> {
  const scene = bench.scene.peek();
  const drawn: Drawn[] = [];
  for (const [i, node] of nodes.entries()) {
    const look = { display: displayOf(node), diverging: lightDiverging };
    const part = (done: number): void => report((i + done) / nodes.length);
    const made = await bench.encode({ node, look }, { format: 'png', most: MOST_PIXELS }, part, signal);
    if (!made || signal.aborted) return null;
    const [, , height = 1, width = 1] = made.shape;
    drawn.push({ panel: panelOf(scene, node, look.display, made, { width, height }), png: made.blob });
    report((i + 1) / nodes.length);
  }
  return drawn;
}

/** All words of a figure, one sentence after the other, for those who do not see it. */
const spokenOf = ({ panels, note }: Figure): string =>
  [...panels.map(({ title, lines }) => [title, ...lines].join(', ')), note].filter(Boolean).join('. ');

export async function svgOf(figure: Figure, drawn: readonly Drawn[]): Promise<Blob> {
  const layout = laidOut(figure);
  const pictures = await Promise.all(drawn.map(({ png }) => dataOf(png)));
  const name = figure.title || t('exportFigureOf', figure.panels.map(({ title }) => title).join(', '));
  return new Blob([figureSvg(layout, pictures, name, spokenOf(figure))], { type: 'image/svg+xml' });
}

export async function pngOf(figure: Figure, drawn: readonly Drawn[], scale: number): Promise<Blob> {
  const layout = laidOut(figure);
  const canvas = new OffscreenCanvas(Math.ceil(layout.width * scale), Math.ceil(layout.height * scale));
  const pictures = await Promise.all(drawn.map(({ png }) => createImageBitmap(png)));
  try {
    drawFigure(contextOf(canvas), layout, pictures, scale);
  } finally {
    for (const picture of pictures) picture.close();
  }
  return canvas.convertToBlob({ type: 'image/png' });
}

export const laidOut = (figure: Figure): Layout => layOut(figure, measureWith(contextOf(new OffscreenCanvas(1, 1))));

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new Error(t('exportNoCanvas', canvas.width, canvas.height));
  return context;
}

/** The bytes as an address that needs no file. */
function dataOf(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error(t('exportUnreadable')));
    reader.readAsDataURL(blob);
  });
}
