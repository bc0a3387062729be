import { type ReadonlySignal, useComputed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { number, t } from '../strings';
import { Film } from '../view/Film';
import type { Frame } from '../view/frames';
import { onDemand } from '../view/onDemand';
import { Overlaid } from '../view/overlays';
import { channelWords } from '../view/sight';
import { Mark } from './Mark';
import { within } from './place';
import { Ruler } from './Ruler';
import type { Bench } from './state';
import { useGlass } from './useGlass';

const CloseUp = onDemand(async () => (await import('../view/CloseUp')).CloseUp);
const Loupe = onDemand(async () => (await import('../view/Loupe')).Loupe);

export interface PictureViewProps {
  readonly bench: Bench;
  readonly frame: Frame;
  /** Own pixels between two ticks of the ruler. */
  readonly tick: ReadonlySignal<number>;
  readonly name: string;
  /** Width to height of the area it is shown in. */
  readonly ratio: number;
  readonly busy?: boolean;
  /** Said over the picture, which is pale then. */
  readonly veil?: string | null;
  readonly caption: ComponentChildren;
  /** Over the picture: the split handle. */
  readonly children?: ComponentChildren;
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** One picture with its caption and ruler. The canvas is the `img` named Input or Output; its width and height are the drawn pixels. */
export function PictureView({ bench, frame, tick, name, ratio, busy, veil, caption, children }: PictureViewProps) {
  const { side, sight, port, laid, cell } = frame;
  const { pointing } = bench;
  const glass = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const about = useId();
  const placed = (x: number, y: number) => {
    const at = laid.peek();
    return at ? within(at, x, y) : pointing.middle();
  };
  const pointer = useGlass(glass, {
    over: (x, y) => {
      pointing.place.value = placed(x, y);
    },
    away: () => {
      pointing.place.value = null;
    },
    drag: (x, _, dx, dy) => {
      if (pointing.overflows()) pointing.pan(-dx, -dy);
      else if (bench.mode.peek() === 'split') bench.split.value = Math.min(1, Math.max(0, x / port.peek().width));
    },
    pan: (dx, dy) => pointing.pan(dx, dy),
    zoom: (factor, x, y) => pointing.zoom(factor, placed(x, y)),
    leap: (x, y) => pointing.leap(placed(x, y)),
    moves: () => pointing.overflows(),
  });
  useLayoutEffect(() => {
    const element = glass.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return;
      const { width, height } = entry.contentRect;
      port.value = { width, height };
      if (side === 'input') pointing.port.value = port.value;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [port, side, pointing]);

  const view = sight.shown.value;
  const size = sight.size.value;
  const moved = useComputed(() => bench.pointing.part.value.zoom > 1).value;
  // Closer than the drawing: pixels that were drawn as one, or cells large enough for lines.
  const close = useComputed(() => {
    const [at, drawn] = [laid.value, sight.shown.value?.drawing.width];
    return at !== null && drawn !== undefined && (cell.value.width >= 8 || at.width * devicePixelRatio > drawn);
  }).value;
  const onKeyDown = (event: KeyboardEvent) => {
    const [dx, dy] = arrows[event.key] ?? [0, 0];
    if ((!dx && !dy) || event.ctrlKey || event.altKey || event.metaKey || !size) return;
    const far = event.shiftKey ? 10 : 1;
    pointing.step(dx * far, dy * far, size);
    event.preventDefault();
  };
  const channel = (side === 'input' ? bench.inputDisplay : bench.display).value.channel;
  return (
    <figure class={`view ${side}`} style={{ '--ratio': ratio }}>
      {caption}
      <div class="frame">
        <Ruler frame={frame} tick={tick} />
        <div
          class={['glass', veil && 'stale', moved && 'zoomed'].filter(Boolean).join(' ')}
          ref={glass}
          aria-busy={busy ?? false}
          {...pointer}
        >
          <div class="pane">
            <Film
              bench={bench}
              canvas={canvas}
              sight={sight}
              laid={laid}
              role="img"
              aria-label={name}
              aria-describedby={about}
              tabIndex={0}
              onKeyDown={onKeyDown}
              onBlur={() => {
                pointing.place.value = null;
              }}
              style={{ opacity: view ? undefined : 0 }}
            />
            {close && <CloseUp bench={bench} frame={frame} />}
            <Overlaid bench={bench} frame={frame} />
            <Mark frame={frame} place={pointing.place} />
          </div>
          {veil && view && (
            <div class="veil">
              <span>{veil}</span>
            </div>
          )}
          {children}
          {pointing.loupe.value && <Loupe bench={bench} frame={frame} name={name} />}
        </div>
      </div>
      <span class="sr" id={about}>
        {view &&
          size &&
          t(
            'viewIs',
            name,
            number(size.width),
            number(size.height),
            channelWords(view, channel),
            number(view.min),
            number(view.max),
          )}
      </span>
    </figure>
  );
}
