import { type Signal, useComputed } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { LivenessAnswer } from '../../worker/inquiries/liveness';
import type { Bench } from '../bench/state';
import { useMap } from '../controls/useMap';
import { t } from '../strings';
import type { Frame } from '../view/frames';
import { useOverlay } from '../view/overlays';
import { percent } from './words';

type Mask = LivenessAnswer['mask'];

/** Where gradients pass, in green; hatched where none does. */
export function DeadMap({ mask, share }: { mask: Mask; share: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const map = useMap('magnitude');
  useEffect(() => drawMask(canvas.current, mask, 'y'), [mask, map]);
  return (
    <figure class="dead-map">
      <div class="dead-ground">
        <canvas ref={canvas} role="img" aria-label={t('plotMaskSaid', percent(share))} />
      </div>
      <figcaption class="small dim">{t('plotMaskKey')}</figcaption>
    </figure>
  );
}

/** The same over the output of the bench, in the colour of trouble where no gradient passes. */
export function useDeadOverlay(bench: Bench, mask: Signal<Mask | null>, shown: boolean): void {
  const Content = useMemo(
    () =>
      function DeadOverlay({ frame }: { readonly frame: Frame }) {
        const canvas = useRef<HTMLCanvasElement>(null);
        const now = mask.value;
        const at = useComputed(() => frame.laid.value).value;
        useEffect(() => {
          if (now) drawMask(canvas.current, now, 'bad');
        }, [now]);
        if (!at || !now) return null;
        return (
          <div
            class="dead-overlay"
            aria-hidden="true"
            style={{ left: `${at.left}px`, top: `${at.top}px`, width: `${at.width}px`, height: `${at.height}px` }}
          >
            <canvas ref={canvas} />
          </div>
        );
      },
    [mask],
  );
  useOverlay(bench, { id: 'dead', side: 'output', Content }, shown);
}

/** `y`: opaque where all of a cell is alive; `bad`: where all of it is dead. */
function drawMask(canvas: HTMLCanvasElement | null, { width, height, dead }: Mask, ink: 'y' | 'bad'): void {
  const context = canvas?.getContext('2d');
  if (!canvas || !context) return;
  canvas.width = width;
  canvas.height = height;
  const [r, g, b] = hueOf(ink === 'y' ? '--y-mark' : '--bad');
  const image = new ImageData(width, height);
  for (let i = 0; i < dead.length; i++) image.data.set([r, g, b, ink === 'y' ? 255 - dead[i]! : 0.7 * dead[i]!], 4 * i);
  context.putImageData(image, 0, 0);
}

function hueOf(token: string): readonly [number, number, number] {
  const hex = getComputedStyle(document.documentElement).getPropertyValue(token).trim();
  const n = Number.parseInt(hex.slice(1), 16);
  return Number.isFinite(n) ? [(n >> 16) & 255, (n >> 8) & 255, n & 255] : [0, 0, 0];
}
