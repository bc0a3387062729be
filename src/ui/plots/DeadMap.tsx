import { type Signal, useComputed } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { LivenessAnswer } from '../../worker/inquiries/liveness';
import type { Bench } from '../bench/state';
import { useMap } from '../controls/useMap';
import { t } from '../strings';
import type { Frame } from '../view/frames';
import { useOverlay } from '../view/overlays';
import { printed } from './ink';
import { percent } from './words';

type Mask = LivenessAnswer['mask'];

/** Where gradients pass, in green; hatched where none does. */
export function DeadMap({ mask, share }: { mask: Mask; share: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const map = useMap('magnitude');
  useEffect(() => {
    const screen = () => drawMask(canvas.current, mask, hueOf('--y-mark'), alive);
    // Paper is white, whatever the theme.
    const paper = () => drawMask(canvas.current, mask, printed('y'), alive);
    screen();
    addEventListener('beforeprint', paper);
    addEventListener('afterprint', screen);
    return () => {
      removeEventListener('beforeprint', paper);
      removeEventListener('afterprint', screen);
    };
  }, [mask, map]);
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
        const there = at !== null;
        useLayoutEffect(() => {
          if (now && there) drawMask(canvas.current, now, hueOf('--bad'), killed);
        }, [now, there]);
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

const alive = (dead: number): number => 255 - dead;
const killed = (dead: number): number => 0.7 * dead;

/** One colour, `#rrggbb`, as opaque in each cell as `opacity` says of how dead it is. */
function drawMask(
  canvas: HTMLCanvasElement | null,
  { width, height, dead }: Mask,
  hue: string,
  opacity: (dead: number) => number,
) {
  const context = canvas?.getContext('2d');
  if (!canvas || !context) return;
  canvas.width = width;
  canvas.height = height;
  const n = Number.parseInt(hue.slice(1), 16) || 0;
  const image = new ImageData(width, height);
  for (let i = 0; i < dead.length; i++) image.data.set([(n >> 16) & 255, (n >> 8) & 255, n & 255, opacity(dead[i]!)], 4 * i);
  context.putImageData(image, 0, 0);
}

const hueOf = (token: string): string => getComputedStyle(document.documentElement).getPropertyValue(token).trim();
