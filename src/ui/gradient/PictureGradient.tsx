import { useComputed } from '@preact/signals';
import type { Checked } from '../../worker/inquiries/gradientCheck';
import { pixelAt, type Size } from '../bench/place';
import { number, t } from '../strings';
import { SmallMap } from './SmallMap';
import type { Found, GradientState } from './state';
import type { Under } from './under';
import { short } from './words';

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** dL/dx, large. A press, or arrow keys, choose the value that is checked. */
export function PictureGradient({ state, under, found }: { state: GradientState; under: Under; found: Found }) {
  const [x] = found.gradients.nodes;
  const checked = useComputed(() => (state.checked.value?.of === 'x' ? state.checked.value : null)).value;
  if (!x) return null;
  const [, channels = 1, height = 1, width = 1] = x.shape;
  const { low, high, norm } = x.gradient;
  const { area, factor } = found.gradients.ground;
  const channel = x.gradient.channel === 'all' ? 0 : x.gradient.channel;
  const take = (column: number, row: number, of = checked?.channel ?? channel): void => {
    state.checked.value = {
      of: 'x',
      channel: (of + channels) % channels,
      column: Math.min(width - 1, Math.max(0, column)),
      row: Math.min(height - 1, Math.max(0, row)),
    };
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const [dx, dy] = arrows[event.key] ?? [0, 0];
    const turned = { PageUp: 1, PageDown: -1 }[event.key] ?? 0;
    if ((!dx && !dy && !turned) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const from: Omit<Checked & { of: 'x' }, 'of'> = checked ?? {
      channel,
      column: Math.floor(width / 2),
      row: Math.floor(height / 2),
    };
    const by = event.shiftKey ? 10 : 1;
    if (!checked) take(from.column, from.row);
    else take(from.column + dx * by, from.row + dy * by, from.channel + turned);
  };
  return (
    <figure class="gradient-picture">
      <div class="gradient-glass" style={{ '--ratio': width / height }}>
        <SmallMap
          picture={x.gradient}
          role="img"
          aria-label={t('gradientPictureName', number(width), number(height), short(low), short(high), short(norm))}
          tabIndex={0}
          onKeyDown={onKeyDown}
          onClick={(event) => {
            const { x, y } = pixelUnder(event, { width, height });
            take(x, y);
          }}
          onPointerMove={(event) => {
            const { x, y } = pixelUnder(event, { width, height });
            under.pixel(area.left + x * factor, area.top + y * factor);
          }}
          onPointerLeave={() => under.leave()}
        />
        {checked && (
          <i
            class="gradient-pixel"
            style={{
              left: `${(100 * checked.column) / width}%`,
              top: `${(100 * checked.row) / height}%`,
              width: `${100 / width}%`,
              height: `${100 / height}%`,
            }}
          />
        )}
      </div>
      <figcaption class="dim small">{t('gradientPictureHelp')}</figcaption>
    </figure>
  );
}

/** The pixel of a picture of that size that an event on it is about. */
function pixelUnder({ currentTarget, clientX, clientY }: MouseEvent, size: Size): { readonly x: number; readonly y: number } {
  if (!(currentTarget instanceof Element)) return { x: 0, y: 0 };
  const { left, top, width, height } = currentTarget.getBoundingClientRect();
  return pixelAt({ u: (clientX - left) / width, v: (clientY - top) / height }, size);
}
