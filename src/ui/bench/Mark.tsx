import type { ReadonlySignal } from '@preact/signals';
import type { Frame } from '../view/frames';
import { type Place, pixelAt } from './place';

/** The outline of the pixel at the place. */
export function Mark({ frame, place }: { frame: Frame; place: ReadonlySignal<Place | null> }) {
  const [at, size, pointed] = [frame.laid.value, frame.sight.size.value, place.value];
  if (!at || !size || !pointed || !frame.sight.shown.value) return null;
  const { x, y } = pixelAt(pointed, size);
  const { width, height } = frame.cell.value;
  const left = at.left + (x + 0.5) * width;
  const top = at.top + (y + 0.5) * height;
  return (
    <i
      class={`outlined mark ${frame.side}`}
      style={{ transform: `translate(${left}px, ${top}px) translate(-50%, -50%)`, width: `${width}px`, height: `${height}px` }}
    />
  );
}
