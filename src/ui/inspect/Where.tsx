import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Inspection } from '../../core/inspection';
import { t } from '../strings';
import { paint } from '../view/Film';
import type { Inspector } from './state';

/** The step's input in small with the shown part in it, where there is a small drawing of it. */
export function Where({ inspector, found, node }: { inspector: Inspector; found: Inspection; node: number }) {
  const thumbnail = inspector.bench.reports.value.get(node - 1)?.thumbnail;
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current && thumbnail) paint(canvas.current, thumbnail);
  }, [thumbnail]);
  if (!thumbnail) return null;
  const { x, shapes } = found;
  const [, , h = 1, w = 1] = shapes.x;
  const share = (at: number, length: number) => `${(100 * at) / length}%`;
  return (
    <div class="inspect-panel inspect-where">
      <h3>{t('inspectWhere')}</h3>
      <span class="where" dir="ltr" aria-hidden="true" style={{ aspectRatio: `${w} / ${h}` }}>
        <canvas ref={canvas} />
        <i
          class="outlined"
          style={{
            left: share(x.left + x.columns / 2, w),
            top: share(x.top + x.rows / 2, h),
            width: share(x.columns, w),
            height: share(x.rows, h),
          }}
        />
      </span>
    </div>
  );
}
