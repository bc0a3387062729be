import { effect, type ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { View } from '../../worker/api';
import { number, t } from '../strings';
import { Mark } from './Mark';
import { type Part, type Place, type Size, within } from './place';
import { Ruler } from './Ruler';
import { useGlass } from './useGlass';
import { useWidth } from './useWidth';

export interface PictureViewProps {
  readonly side: 'input' | 'output';
  /** Painted the moment it changes, before the page is made anew around it. */
  readonly shown: ReadonlySignal<View | null>;
  /** The picture's own pixels, whatever is drawn of them at the moment. */
  readonly size: Size;
  /** Width to height of the area it is shown in. */
  readonly ratio: number;
  readonly part: Part;
  readonly place: Place | null;
  /** Own pixels between two ticks of the ruler. */
  readonly tick: number;
  readonly busy?: boolean;
  /** Said over the picture, which is pale then. */
  readonly veil?: string | null;
  /** At the end of the caption. */
  readonly note: ComponentChildren;
  /** Over the picture: the split handle. */
  readonly children?: ComponentChildren;
  onWidth(width: number): void;
  onPlace(place: Place | null): void;
  onStep(dx: number, dy: number): void;
  /** The picture is dragged: to a fraction of its area, by fractions of its area. */
  onDrag(to: number, dx: number, dy: number): void;
  onZoom(factor: number, at: Place): void;
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** One picture with its caption and ruler. The canvas is the `img` named Input or Output; its width and height are the drawn pixels. */
export function PictureView(props: PictureViewProps) {
  const { side, shown, size, part, place, veil } = props;
  const glass = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const about = useId();
  const width = useWidth(glass);
  const pointer = useGlass(glass, {
    over: (fx, fy) => props.onPlace(within(part, fx, fy)),
    away: () => props.onPlace(null),
    drag: props.onDrag,
    zoom: (factor, fx, fy) => props.onZoom(factor, within(part, fx, fy)),
  });
  useEffect(() => props.onWidth(width), [width]);
  const view = shown.value;
  useLayoutEffect(() => {
    let painted: View['drawing'] | null = null;
    return effect(() => {
      const drawing = shown.value?.drawing ?? null;
      if (canvas.current && drawing && drawing !== painted) paint(canvas.current, drawing);
      painted = drawing;
    });
  }, [shown]);

  const name = side === 'input' ? t('viewInput') : t('viewOutput');
  const enlarged = (width * part.zoom * devicePixelRatio) / (view?.drawing.width || size.width) > 1;
  const onKeyDown = (event: KeyboardEvent) => {
    const [dx, dy] = arrows[event.key] ?? [0, 0];
    if ((!dx && !dy) || event.ctrlKey || event.altKey || event.metaKey) return;
    const far = event.shiftKey ? 10 : 1;
    props.onStep(dx * far, dy * far);
    event.preventDefault();
  };
  const percent = (fraction: number) => `${fraction * part.zoom * 100}%`;
  return (
    <figure class={`view ${side}`} style={{ '--ratio': props.ratio }}>
      <figcaption>
        <span class={side === 'input' ? 'tag x' : 'tag y'}>{side === 'input' ? 'x' : 'y'}</span>
        <b>{name}</b>
        <span class="num">{t('sizeOf', number(size.width), number(size.height))}</span>
        <span class="end">{props.note}</span>
      </figcaption>
      <div class="frame">
        <Ruler width={width} pixels={size.width} step={props.tick} part={part} />
        <div
          class={['glass', enlarged && 'px', veil && 'stale', part.zoom > 1 && 'zoomed'].filter(Boolean).join(' ')}
          ref={glass}
          aria-busy={props.busy ?? false}
          {...pointer}
        >
          <div class="pane">
            <canvas
              ref={canvas}
              role="img"
              aria-label={name}
              aria-describedby={about}
              tabIndex={0}
              onKeyDown={onKeyDown}
              onBlur={() => props.onPlace(null)}
              style={{
                width: percent(1),
                height: percent(1),
                left: percent(-part.u),
                top: percent(-part.v),
                opacity: view ? undefined : 0,
              }}
            />
            {place && view && <Mark place={place} size={size} part={part} side={side} />}
          </div>
          {veil && view && (
            <div class="veil">
              <span>{veil}</span>
            </div>
          )}
          {props.children}
        </div>
      </div>
      <span class="sr" id={about}>
        {view && t('viewAbout', number(size.width), number(size.height), number(view.min), number(view.max))}
      </span>
    </figure>
  );
}

function paint(canvas: HTMLCanvasElement, { rgba, width, height }: View['drawing']): void {
  if (canvas.width !== width || canvas.height !== height) {
    // Setting the same size again would give the memory back and take it anew.
    canvas.width = width;
    canvas.height = height;
  }
  canvas.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0);
}
