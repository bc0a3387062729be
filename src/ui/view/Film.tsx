import { effect, type ReadonlySignal } from '@preact/signals';
import type { ComponentProps, RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { Drawing } from '../../image/draw';
import type { Sheet } from '../../worker/api';
import type { Laid } from '../bench/place';
import { show } from './sheet';
import type { Sight } from './sight';

export interface FilmProps extends Omit<ComponentProps<'canvas'>, 'ref' | 'size'> {
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly sight: Sight;
  readonly laid: ReadonlySignal<Laid | null>;
}

/**
 * The drawing of a view, pixel by pixel in a canvas that is moved and enlarged as a whole: painted the moment it changes, before the page is
 * made anew around it.
 */
export function Film({ canvas, sight, laid, ...rest }: FilmProps) {
  useLayoutEffect(() => {
    let painted: Sheet | null = null;
    return effect(() => {
      const [at, view, element] = [laid.value, sight.shown.value, canvas.current];
      if (!element || !view) return;
      const { drawing } = view;
      if (drawing !== painted) show(element, drawing);
      painted = drawing;
      if (!at) return;
      const scale = at.width / drawing.width;
      move(element, at.left, at.top, scale, at.height / drawing.height);
      // Where several pixels were drawn as one, enlarging them as squares would show pixels that do not exist.
      element.classList.toggle('px', scale * devicePixelRatio > 1 && drawing.width >= (view.shape[3] ?? 1));
    });
  }, [sight, laid, canvas]);
  return <canvas {...rest} ref={canvas} />;
}

/** Puts a canvas at CSS px, with so many of them to one of its pixels. */
export function move(canvas: HTMLCanvasElement, left: number, top: number, scaleX: number, scaleY: number): void {
  canvas.style.transform = `matrix(${scaleX},0,0,${scaleY},${whole(left)},${whole(top)})`;
}
const whole = (px: number): number => Math.round(px * devicePixelRatio) / devicePixelRatio;

export function paint(canvas: HTMLCanvasElement, { rgba, width, height }: Drawing): void {
  if (canvas.width !== width || canvas.height !== height) {
    // Setting the same size again would give the memory back and take it anew.
    canvas.width = width;
    canvas.height = height;
  }
  canvas.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0);
}
