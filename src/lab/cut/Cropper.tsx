import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { Box } from '../../image/cut';
import { t } from '../../ui/strings';
import { type Bounds, between, type Handle, handles, moved, type Point, pulled, typed } from './box';

/** What the pointer does with the box while it is down. */
type Drag =
  | { readonly kind: 'new'; readonly from: Point }
  | { readonly kind: 'move'; readonly from: Point; readonly box: Box }
  | { readonly kind: 'pull'; readonly handle: Handle };

export interface CropperProps {
  /** The picture, perhaps reduced; null while it is read. */
  drawing: ImageBitmap | null;
  /** Its true size, in which the box counts. */
  bounds: Bounds;
  box: Box;
  ratio: number | null;
  onBox(box: Box): void;
}

/** The picture with the crop rectangle on it: drag its edges, drag it, or drag a new one; arrow keys do the same. */
export function Cropper({ drawing, bounds, box, ratio, onBox }: CropperProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drag = useRef<Drag | null>(null);
  const help = useId();
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !drawing) return;
    context.fillStyle = '#fff';
    context.fillRect(0, 0, drawing.width, drawing.height);
    context.drawImage(drawing, 0, 0);
  }, [drawing]);

  const at = (event: PointerEvent): Point => {
    const { left, top, width, height } = canvas.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
    return { x: ((event.clientX - left) / width) * bounds.width, y: ((event.clientY - top) / height) * bounds.height };
  };
  const onPointerDown = (event: PointerEvent & { readonly currentTarget: HTMLElement }) => {
    if (event.button !== 0) return;
    const target = event.target instanceof Element ? event.target : null;
    const handle = handles.find((one) => target?.getAttribute('data-handle') === one);
    const inside = target?.closest('.crop-box');
    const from = at(event);
    drag.current = handle ? { kind: 'pull', handle } : inside ? { kind: 'move', from, box } : { kind: 'new', from };
    event.currentTarget.setPointerCapture(event.pointerId);
    event.preventDefault();
    event.currentTarget.querySelector<HTMLElement>('.crop-box button')?.focus({ preventScroll: true });
  };
  const onPointerMove = (event: PointerEvent) => {
    const now = drag.current;
    if (!now) return;
    const to = at(event);
    if (now.kind === 'pull') onBox(pulled(box, now.handle, to, bounds, ratio));
    else if (now.kind === 'move') onBox(moved(now.box, to.x - now.from.x, to.y - now.from.y, bounds));
    else if (Math.hypot(to.x - now.from.x, to.y - now.from.y) >= 2) onBox(between(now.from, to, bounds, ratio));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const far = event.ctrlKey || event.metaKey ? 10 : 1;
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [-far, 0],
      ArrowRight: [far, 0],
      ArrowUp: [0, -far],
      ArrowDown: [0, far],
    };
    const [dx, dy] = moves[event.key] ?? [0, 0];
    if (dx === 0 && dy === 0) return;
    event.preventDefault();
    if (!event.shiftKey) onBox(moved(box, dx, dy, bounds));
    else if (dx !== 0) onBox(typed(box, 'width', box.width + dx, bounds, ratio));
    else onBox(typed(box, 'height', box.height + dy, bounds, ratio));
  };
  const part = (n: number, of: number) => `${(100 * n) / of}%`;
  return (
    <div class="crop-stage" dir="ltr">
      <div
        class="crop-picture"
        style={{ '--ratio': bounds.width / bounds.height }}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          drag.current = null;
        }}
        onPointerCancel={() => {
          drag.current = null;
        }}
      >
        <canvas ref={canvas} width={drawing?.width ?? 1} height={drawing?.height ?? 1} />
        <div
          class="crop-box"
          style={{
            left: part(box.x, bounds.width),
            top: part(box.y, bounds.height),
            width: part(box.width, bounds.width),
            height: part(box.height, bounds.height),
          }}
        >
          <button
            type="button"
            aria-label={t('cropBoxIs', box.width, box.height, box.x, box.y)}
            aria-roledescription={t('cropBox')}
            aria-describedby={help}
            onKeyDown={onKeyDown}
          />
          {handles.map((handle) => (
            <i key={handle} data-handle={handle} />
          ))}
        </div>
      </div>
      <p class="dim small" id={help}>
        {t('cropHelp')}
      </p>
    </div>
  );
}
