import { effect } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Area, Region, View } from '../../worker/api';
import type { Laid, Size } from '../bench/place';
import type { Bench } from '../bench/state';
import { type Closer, cellNumber, closerLook, holds, inkOn, valueAt, widened } from './closer';
import { move, paint } from './Film';
import type { Frame } from './frames';
import { Latest } from './latest';
import { drawnChannels } from './sight';

/** CSS px of a cell from which its edges are drawn, its number, and three numbers below each other. */
const [lined, numbered, tripled] = [8, 30, 42];

/** What is seen closer than the drawing allows: the visible part at full size, lines between pixels, and their values. */
export function CloseUp({ bench, frame }: { bench: Bench; frame: Frame }) {
  const sharp = useRef<HTMLCanvasElement>(null);
  const lines = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const stops = [sharp.current && sharpen(bench, frame, sharp.current), lines.current && rule(bench, frame, lines.current)];
    return () => {
      for (const stop of stops) stop?.();
    };
  }, [bench, frame]);
  return (
    <span aria-hidden="true">
      <canvas class="sharp" ref={sharp} hidden />
      <canvas class="cells" ref={lines} hidden />
    </span>
  );
}

/** The pixels of a picture that are seen. */
function visible({ left, top }: Laid, port: Size, cell: Size, size: Size): Area {
  const along = (from: number, room: number, one: number, most: number): readonly [number, number] => {
    const first = Math.max(0, Math.floor(-from / one));
    return [first, Math.min(most, Math.ceil((room - from) / one)) - first];
  };
  const [x, width] = along(left, port.width, cell.width, size.width);
  const [y, height] = along(top, port.height, cell.height, size.height);
  return { left: x, top: y, width, height };
}

/** Keeps a drawing of the visible part over the one of the whole, where that is too coarse. Answers with the way to stop. */
function sharpen(bench: Bench, { sight, port, laid, cell }: Frame, canvas: HTMLCanvasElement): () => void {
  let have: { readonly view: View; readonly region: Region } | null = null;
  const place = (at: Laid) => {
    if (!have) return;
    const { area, factor, drawing } = have.region;
    const { width, height } = cell.peek();
    move(canvas, at.left + area.left * width, at.top + area.top * height, width * factor, height * factor);
    canvas.classList.toggle('px', width * factor * devicePixelRatio > 1 && factor === 1);
    canvas.hidden = drawing.width === 0;
  };
  const questions = new Latest(
    ({ area, factor }: { view: View; area: Area; factor: number }) =>
      bench.query((studio) => studio.region(sight.wanted(), area, factor)),
    (region, { view }) => {
      const at = laid.peek();
      if (!region || !at || view !== sight.shown.peek()) return;
      have = { view, region };
      paint(canvas, region.drawing);
      place(at);
    },
  );
  const stop = effect(() => {
    const [at, view, size] = [laid.value, sight.shown.value, sight.size.value];
    if (have && have.view !== view) have = null;
    if (!have) canvas.hidden = true;
    if (!at || !view || !size || !sight.full.value || view.reducedBy > 1) return;
    const drawn = view.drawing.width / size.width;
    const pixels = cell.value.width * devicePixelRatio;
    if (drawn >= 1 || pixels <= drawn * 1.01) {
      questions.forget();
      canvas.hidden = true;
      return;
    }
    const factor = Math.max(1, Math.floor(1 / pixels));
    const seen = visible(at, port.value, cell.value, size);
    place(at);
    const known = have?.region;
    if (!known || known.factor > factor || !holds(known.area, seen))
      questions.want({ view, area: widened(seen, 0.25, size), factor });
  });
  return () => {
    stop();
    questions.forget();
  };
}

/** Draws the edges of pixels and their values over the picture. Answers with the way to stop. */
function rule(bench: Bench, { side, sight, port, laid, cell }: Frame, canvas: HTMLCanvasElement): () => void {
  const context = canvas.getContext('2d');
  const { fontFamily } = getComputedStyle(canvas);
  let have: { readonly view: View; readonly closer: Closer } | null = null;
  const questions = new Latest(
    ({ area }: { view: View; area: Area }) => closerLook(bench, sight, area),
    (closer, { view }) => {
      if (!closer || view !== sight.shown.peek()) return;
      have = { view, closer };
      redraw();
    },
  );
  const redraw = () => {
    const [at, view, size, room, one] = [laid.value, sight.shown.value, sight.size.value, port.value, cell.value];
    const display = (side === 'input' ? bench.inputDisplay : bench.display).value;
    const near = at !== null && view !== null && size !== null && Math.min(one.width, one.height) >= lined;
    canvas.hidden = !near;
    if (!near || !context) return;
    fitTo(canvas, room);
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, room.width, room.height);
    const seen = visible(at, room, one, size);
    drawLines(context, at, one, seen);
    if (!sight.full.value || view.reducedBy > 1 || one.width < numbered || one.height < 18) return;
    const channels = drawnChannels(view, display.channel);
    const apart = channels.length > 1 && view.mapping !== 'symmetric';
    if (apart && one.height < tripled) return;
    if (have?.view === view) {
      const rows = apart ? channels.map((c) => [c]) : [channels];
      const px = Math.min(13, Math.max(10, Math.floor(Math.min(one.width / 3, one.height / (rows.length + 0.6)))));
      context.font = `${px}px ${fontFamily}`;
      drawNumbers(context, at, one, seen, have.closer, rows, px + 1);
    }
    if (have?.view !== view || !holds(have.closer.area, seen)) questions.want({ view, area: widened(seen, 0.3, size) });
  };
  const stop = effect(redraw);
  return () => {
    stop();
    questions.forget();
  };
}

function fitTo(canvas: HTMLCanvasElement, { width, height }: Size): void {
  const [w, h] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
}

/** A dark line and a light one beside it, so that they are seen on any picture. */
function drawLines(context: CanvasRenderingContext2D, { left, top }: Laid, cell: Size, seen: Area): void {
  const [x0, x1] = [left + seen.left * cell.width, left + (seen.left + seen.width) * cell.width];
  const [y0, y1] = [top + seen.top * cell.height, top + (seen.top + seen.height) * cell.height];
  for (const [style, shift] of [
    ['rgb(0 0 0 / 0.28)', 0],
    ['rgb(255 255 255 / 0.2)', 1],
  ] as const) {
    context.fillStyle = style;
    for (let i = 0; i <= seen.width; i++) context.fillRect(Math.round(x0 + i * cell.width) + shift - 1, y0, 1, y1 - y0);
    for (let i = 0; i <= seen.height; i++) context.fillRect(x0, Math.round(y0 + i * cell.height) + shift - 1, x1 - x0, 1);
  }
}

/** `rows`: which channels each line of a cell gives the mean of, `line` px apart. */
function drawNumbers(
  context: CanvasRenderingContext2D,
  { left, top }: Laid,
  cell: Size,
  seen: Area,
  closer: Closer,
  rows: readonly (readonly number[])[],
  line: number,
): void {
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const { area } = closer;
  for (let y = Math.max(seen.top, area.top); y < Math.min(seen.top + seen.height, area.top + area.height); y++) {
    for (let x = Math.max(seen.left, area.left); x < Math.min(seen.left + seen.width, area.left + area.width); x++) {
      context.fillStyle = inkOn(closer, x, y);
      for (const [i, channels] of rows.entries()) {
        const down = top + (y + 0.5) * cell.height + (i - (rows.length - 1) / 2) * line;
        context.fillText(cellNumber(valueAt(closer, x, y, channels)), left + (x + 0.5) * cell.width, down, cell.width - 2);
      }
    }
  }
}
