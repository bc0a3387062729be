import { effect, type ReadonlySignal } from '@preact/signals';
import type { ComponentProps, RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Drawing } from '../../image/draw';
import type { Sheet } from '../../worker/api';
import type { Laid } from '../bench/place';
import type { Bench } from '../bench/state';
import { Beside } from './beside';
import { show } from './sheet';
import type { Sight } from './sight';

export interface FilmProps extends Omit<ComponentProps<'canvas'>, 'ref' | 'size'> {
  readonly bench: Bench;
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly sight: Sight;
  readonly laid: ReadonlySignal<Laid | null>;
}

/**
 * The drawing of a view, pixel by pixel in a canvas that is moved and enlarged as a whole: painted the moment it changes, before the page is
 * made anew around it. Over it lies the same as finely as it is seen, where there is that: a browser that makes a canvas much smaller leaves out pixels.
 */
export function Film({ bench, canvas, sight, laid, ...rest }: FilmProps) {
  const over = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const [painted, paintedOver] = [painter(), painter()];
    const beside = new Beside(bench, sight, laid);
    const stop = effect(() => {
      const [at, view, seen] = [laid.value, sight.shown.value, beside.sheet.value];
      if (canvas.current && view) {
        const { drawing } = view;
        painted(canvas.current, drawing, at);
        // Where several pixels were drawn as one, enlarging them as squares would show pixels that do not exist.
        const squares = at !== null && at.width * devicePixelRatio > drawing.width && drawing.width >= (view.shape[3] ?? 1);
        canvas.current.classList.toggle('px', squares);
      }
      if (!over.current) return;
      // A part of a pixel is lost where sizes are made whole.
      over.current.hidden = !seen || !at || at.width * devicePixelRatio > seen.width + 1;
      if (seen) paintedOver(over.current, seen, at);
    });
    return () => {
      stop();
      beside.stop();
    };
  }, [bench, sight, laid, canvas]);
  return (
    <>
      <canvas {...rest} ref={canvas} />
      <span aria-hidden="true">
        <canvas class="beside" ref={over} hidden />
      </span>
    </>
  );
}

/** Puts a drawing onto a canvas, once, and the canvas where the picture lies. */
function painter() {
  let painted: Sheet | null = null;
  return (canvas: HTMLCanvasElement, sheet: Sheet, at: Laid | null): void => {
    if (sheet !== painted) show(canvas, sheet);
    painted = sheet;
    if (at) move(canvas, at.left, at.top, at.width / sheet.width, at.height / sheet.height);
  };
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
