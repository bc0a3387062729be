import type { ReadonlySignal } from '@preact/signals';
import type { Frame } from '../view/frames';

/** Right above the picture: ticks that count the picture's own pixels: a short one every `tick`, a long one every fifth. */
export function Ruler({ frame, tick }: { frame: Frame; tick: ReadonlySignal<number> }) {
  const at = frame.laid.value;
  const step = tick.value * frame.cell.value.width;
  // Only what is seen is drawn: at 6400 % all of it would be wider than a page can be.
  const first = at && step > 0 ? Math.max(0, Math.floor(-at.left / (5 * step))) * 5 * step : 0;
  const width = at ? Math.max(0, Math.min(at.width - first, frame.port.value.width + 10 * step)) : 0;
  return (
    <div class="ruler-clip" aria-hidden="true" style={{ transform: `translateY(${Math.max(0, at?.top ?? 0)}px)` }}>
      <div class="ruler" style={{ '--step': `${step}px`, width: `${width}px`, marginLeft: `${(at?.left ?? 0) + first}px` }} />
    </div>
  );
}
