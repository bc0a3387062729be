// Counts drawn over a picture, at any zoom: the part that is seen, from counts along both axes.

import { effect, type ReadonlySignal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { colourMap } from '../../image/colourMap';
import { sequentialStops } from '../bench/look';
import type { Size } from '../bench/place';
import type { Frame } from '../view/frames';
import { most, sampled, tally } from './counts';

export interface Counted {
  readonly down: Int32Array;
  readonly across: Int32Array;
}

/** Where a count stands on the map of magnitudes, 0 to 1: read at all is well apart from never, and once everywhere is no deep colour. */
export function scaleOf({ down, across }: Counted): (count: number) => number {
  const counts = [...tally(down, across).keys()].filter((count) => count > 0);
  const [least, largest] = [Math.min(...counts), Math.max(...counts)];
  const [pale, deep] = [0.25, largest > least ? 0.85 : 0.25];
  return (count) => {
    if (count <= least) return counts.length > 0 ? (pale * count) / least : 0;
    return pale + ((deep - pale) * (count - least)) / (largest - least);
  };
}

/** The colour at a place of the map of magnitudes, as bytes. */
export function magnitudeColours(): (at: number) => readonly [number, number, number] {
  const { steps, rgb } = colourMap(sequentialStops());
  return (at) => {
    const k = 3 * Math.round((steps - 1) * Math.min(1, Math.max(0, at)));
    return [rgb[k]!, rgb[k + 1]!, rgb[k + 2]!];
  };
}

/** What lies over a picture while `counted` is there. */
export function countLayer(
  counted: ReadonlySignal<Counted | null>,
  theme: ReadonlySignal<number>,
): FunctionComponent<{ frame: Frame }> {
  return function CountLayer({ frame }) {
    const canvas = useRef<HTMLCanvasElement>(null);
    useLayoutEffect(() => {
      let due = 0;
      const stop = effect(() => {
        const [counts, at, port, cell] = [counted.value, frame.laid.value, frame.port.value, frame.cell.value];
        theme.value;
        cancelAnimationFrame(due);
        if (!counts || !at || cell.width <= 0) return void (canvas.current && clear(canvas.current));
        due = requestAnimationFrame(() => canvas.current && draw(canvas.current, counts, at, port, cell));
      });
      return () => {
        stop();
        cancelAnimationFrame(due);
      };
    }, [frame]);
    return (
      <span aria-hidden="true">
        <canvas class="counts" ref={canvas} />
      </span>
    );
  };
}

function clear(canvas: HTMLCanvasElement): void {
  canvas.width = 0;
}

/** Opacity of the map, of 255. */
const opaque = 176;

function draw(
  canvas: HTMLCanvasElement,
  counted: Counted,
  { left, top }: { readonly left: number; readonly top: number },
  port: Size,
  cell: Size,
): void {
  const [width, height] = [Math.round(port.width), Math.round(port.height)];
  const context = canvas.getContext('2d');
  if (!context || width < 1 || height < 1) return;
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  const across = sampled(counted.across, -left / cell.width, 1 / cell.width, width);
  const down = sampled(counted.down, -top / cell.height, 1 / cell.height, height);
  const picture = context.createImageData(width, height);
  const end = most(counted.down) * most(counted.across);
  paint(new Uint32Array(picture.data.buffer), down, across, tableOf(counted, end), end);
  context.putImageData(picture, 0, 0);
}

const shades = 256;
/** Colours from no reads to the most, as RGBA in one number. */
function tableOf(counted: Counted, end: number): Uint32Array {
  const [colour, scale] = [magnitudeColours(), scaleOf(counted)];
  return Uint32Array.from({ length: shades }, (_, i) => {
    const [r, g, b] = colour(scale((i / (shades - 1)) * end));
    return ((opaque << 24) | (b << 16) | (g << 8) | r) >>> 0;
  });
}

/** Dark and light lines side by side are seen on any picture. */
const [dark, light] = [0xb0000000, 0xb0ffffff];

function paint(pixels: Uint32Array, down: Float64Array, across: Float64Array, table: Uint32Array, end: number): void {
  const width = across.length;
  for (let y = 0; y < down.length; y++) {
    const row = down[y]!;
    if (Number.isNaN(row)) continue;
    const scale = (row * (shades - 1)) / end;
    for (let x = 0; x < width; x++) {
      const count = across[x]!;
      if (Number.isNaN(count)) continue;
      if (row * count > 0) pixels[y * width + x] = table[Math.round(scale * count)]!;
      else {
        const stripe = (x + y) % 7;
        if (stripe < 2) pixels[y * width + x] = stripe === 0 ? dark : light;
      }
    }
  }
}
