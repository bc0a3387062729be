import { useEffect, useState } from 'preact/hooks';
import { type ColourMap, colourMap } from '../../image/colourMap';
import { watchTheme } from '../bench/look';

const stops = { signed: ['d', 9], magnitude: ['q', 7] } as const;

/** A colour map of the theme that the page has now; another one when the theme changes. */
export function useMap(kind: keyof typeof stops): ColourMap {
  const [map, setMap] = useState(() => read(kind));
  useEffect(() => watchTheme(() => setMap(read(kind))), [kind]);
  return map;
}

function read(kind: keyof typeof stops): ColourMap {
  const [letter, count] = stops[kind];
  const style = getComputedStyle(document.documentElement);
  const found = Array.from({ length: count }, (_, i) => style.getPropertyValue(`--${letter}${i}`).trim());
  return colourMap(found.every(Boolean) ? found : ['#ffffff', '#000000']);
}

/** Draws values, 0 to 1 along the map, as one pixel each. */
export function drawMap(
  canvas: HTMLCanvasElement | null,
  [width, height]: readonly [number, number],
  map: ColourMap,
  value: (index: number) => number,
): void {
  const context = canvas?.getContext('2d');
  if (!canvas || !context) return;
  canvas.width = width;
  canvas.height = height;
  const image = new ImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    const at = 3 * Math.round(Math.min(1, Math.max(0, value(i))) * (map.steps - 1));
    image.data.set([map.rgb[at] ?? 0, map.rgb[at + 1] ?? 0, map.rgb[at + 2] ?? 0, 255], 4 * i);
  }
  context.putImageData(image, 0, 0);
}
