// What gradients draw over the two pictures: dL/dx and the part it was computed on, the value that it starts from, the switches of a pool.

import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Area } from '../../worker/api';
import type { Switches, SwitchesAsked } from '../../worker/inquiries/switches';
import { paint } from '../view/Film';
import { boxIn, type Frame } from '../view/frames';
import { Latest } from '../view/latest';
import { pixelOf } from './origin';
import type { GradientState } from './state';

/** dL/dx over the picture, where that is what is shown. */
export const inputOverlay = (state: GradientState) =>
  function GradientOverInput({ frame }: { frame: Frame }) {
    const canvas = useRef<HTMLCanvasElement>(null);
    const found = state.found.value?.gradients;
    const [x] = found?.nodes ?? [];
    const drawing = x?.gradient.drawing;
    useLayoutEffect(() => {
      if (canvas.current && drawing) paint(canvas.current, drawing);
    });
    const box = found && boxIn(frame, found.ground.area);
    if (!found || !box || state.bench.nodes.value.input >= 0) return null;
    return (
      <span aria-hidden="true">
        {state.overlaid.value && <canvas ref={canvas} class="gradient-over" style={box} />}
        {found.ground.kind === 'part' && <i class="gradient-part" style={box} />}
      </span>
    );
  };

/** The value that the gradient is of. */
export const outputOverlay = (state: GradientState) =>
  function GradientOverOutput({ frame }: { frame: Frame }) {
    const size = frame.sight.size.value;
    const choice = state.choice.value;
    if (!size || choice.of !== 'value') return null;
    const { column, row } = pixelOf(choice.place, size.width, size.height);
    const box = boxIn(frame, { left: column, top: row, width: 1, height: 1 });
    return box && <i class="gradient-value" style={box} aria-hidden="true" />;
  };

/** From this size of a pixel on, in CSS px, switches are marked. */
const leastCell = 6;
const mostCells = 4e4;

/** Over what goes into a pool, close up: a frame around every value that won a window. */
export const switchOverlay = (state: GradientState) =>
  function Switched({ frame }: { frame: Frame }) {
    const { bench } = state;
    const canvas = useRef<HTMLCanvasElement>(null);
    const told = useSignal<Switches | null>(null);
    const latest = useRef<Latest<SwitchesAsked, Switches | null> | null>(null);
    latest.current ??= new Latest(
      (asked) => bench.inquire('switches', asked),
      (answer) => {
        told.value = answer;
      },
    );
    const node = poolBehind(state);
    const area = node === null ? null : visible(frame);
    const channel = bench.inputDisplay.value.channel;
    const key = area && node !== null ? JSON.stringify([node, channel, area, bench.finished.value]) : null;
    useEffect(() => {
      told.value = null;
      if (!key || node === null || !area || !bench.finished.peek()) return;
      const [inHeight = 1, inWidth = 1] = bench.shapeAt(node - 1)?.slice(-2) ?? [];
      const [outHeight = 1, outWidth = 1] = bench.shapeAt(node)?.slice(-2) ?? [];
      const along = (from: number, length: number, all: number, of: number): readonly [number, number] => {
        const first = Math.max(0, Math.floor((from * of) / all) - 1);
        return [first, Math.min(of, Math.ceil(((from + length) * of) / all) + 1) - first];
      };
      const [left, width] = along(area.left, area.width, inWidth, outWidth);
      const [top, height] = along(area.top, area.height, inHeight, outHeight);
      latest.current?.want({ node, channel: channel === 'all' ? 0 : channel, area: { left, top, width, height } });
    }, [key]);
    const won = told.value;
    const { width: cell } = frame.cell.value;
    useLayoutEffect(() => {
      if (canvas.current && won) mark(canvas.current, won, cell);
    });
    const box = won && area && boxIn(frame, won.area);
    return (
      box && (
        <span aria-hidden="true">
          <canvas ref={canvas} class="gradient-switches" style={box} />
        </span>
      )
    );
  };

/** The pool whose input the first view shows; null where it shows something else. */
function poolBehind({ bench, found }: GradientState): number | null {
  const steps = found.value?.gradients.steps ?? [];
  const input = bench.nodes.value.input;
  const next = steps.find(({ node }) => node > input);
  return next?.winners ? next.node : null;
}

/** What can be seen of a picture, in its pixels; null where they are too small to be marked. */
function visible({ laid, cell, port, sight }: Frame): Area | null {
  const [at, { width: w, height: h }, size] = [laid.value, cell.value, sight.size.value];
  if (!at || !size || w < leastCell) return null;
  const along = (start: number, unit: number, room: number, length: number): readonly [number, number] => {
    const first = Math.max(0, Math.floor(-start / unit));
    return [first, Math.min(length, Math.ceil((room - start) / unit)) - first];
  };
  const [left, width] = along(at.left, w, port.value.width, size.width);
  const [top, height] = along(at.top, h, port.value.height, size.height);
  return width > 0 && height > 0 && width * height <= mostCells ? { left, top, width, height } : null;
}

/** A light frame in a dark one, so that it shows on any picture and leaves the number free. */
function mark(canvas: HTMLCanvasElement, { area: { width, height }, wins }: Switches, cell: number): void {
  const unit = Math.max(4, Math.min(Math.round(cell * devicePixelRatio), Math.floor(4096 / Math.max(width, height))));
  canvas.width = width * unit;
  canvas.height = height * unit;
  const context = canvas.getContext('2d');
  if (!context) return;
  const line = Math.max(1, Math.round(unit / 14));
  for (let at = 0; at < wins.length; at++) {
    if (wins[at] === 0) continue;
    const [x, y] = [(at % width) * unit, Math.floor(at / width) * unit];
    for (const [colour, inset] of [
      ['#000', 0.5],
      ['#fff', 1.5],
      ['#000', 2.5],
    ] as const) {
      context.strokeStyle = colour;
      context.lineWidth = line;
      context.strokeRect(x + inset * line, y + inset * line, unit - 2 * inset * line, unit - 2 * inset * line);
    }
  }
}
