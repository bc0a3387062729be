import { useLayoutEffect, useRef } from 'preact/hooks';
import type { FeatureMap } from '../../worker/api';
import { number } from '../strings';
import { Histogram } from './Histogram';

export interface MapTileProps {
  readonly map: FeatureMap;
  /** The second view shows this channel alone. */
  readonly alone: boolean;
  /** Tab stops here. */
  readonly stop: boolean;
  /** Its energy as a share of the largest. */
  readonly share: number;
  readonly name: string;
  onTake(): void;
}

/** One channel in small: the picture, the histogram below it in the same colours, its number and its energy. */
export function MapTile({ map, alone, stop, share, name, onTake }: MapTileProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { rgba, width, height } = map.thumbnail;
  useLayoutEffect(() => {
    const at = canvas.current;
    if (!at) return;
    [at.width, at.height] = [width, height];
    at.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0);
  }, [rgba, width, height]);
  return (
    <div
      class={alone ? 'map alone' : 'map'}
      role="option"
      aria-selected={alone}
      aria-label={name}
      title={name}
      tabIndex={stop ? 0 : -1}
      onClick={onTake}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onTake();
      }}
    >
      <canvas ref={canvas} class={width < 96 ? 'px' : undefined} />
      <Histogram counts={map.histogram} diverging={map.diverging} />
      <span class="map-foot num" aria-hidden="true">
        {number(map.channel + 1)}
        <i style={{ inlineSize: `${Math.max(0.05, Math.sqrt(share)) * 2}rem` }} />
      </span>
    </div>
  );
}
