import { useLayoutEffect, useRef } from 'preact/hooks';
import type { StepReport } from '../../worker/api';

/** What a step makes, in small; grey until it is known. */
export function Thumb({ drawing }: { drawing: StepReport['thumbnail'] | null }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (!canvas.current || !drawing) return;
    canvas.current.width = drawing.width;
    canvas.current.height = drawing.height;
    canvas.current.getContext('2d')?.putImageData(new ImageData(drawing.rgba, drawing.width, drawing.height), 0, 0);
  }, [drawing]);
  const tiny = drawing !== null && drawing.width < 48;
  return <canvas class={tiny ? 'thumb px' : 'thumb'} ref={canvas} width={1} height={1} />;
}
