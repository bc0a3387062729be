import { fonts } from '../../image/export/figure';
import type { Measure } from './layout';

let context: OffscreenCanvasRenderingContext2D | null = null;

/** How wide words are in a font family, at a base size in px; a guess where there is no canvas. */
export const measureIn = (em: number, family: string = fonts): Measure => {
  context ??= typeof OffscreenCanvas === 'undefined' ? null : new OffscreenCanvas(1, 1).getContext('2d');
  const canvas = context;
  if (!canvas) return (text, size) => 0.56 * size * em * text.length;
  return (text, size, strong) => {
    canvas.font = `${strong ? 600 : 400} ${size * em}px ${family}`;
    return canvas.measureText(text).width;
  };
};
