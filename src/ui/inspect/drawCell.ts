// One cell of a grid on a canvas, as inspect.css draws it in a table.

import type { CellView } from './Cells';

/** `p`: products. */
export type Kind = 'x' | 'w' | 'y' | 'p';

/** Colours of the page's theme. */
export interface Inks {
  readonly plain: string;
  readonly ground: string;
  readonly hatch: string;
  readonly ink: string;
  readonly dim: string;
  readonly mark: Readonly<Record<Kind, string>>;
}
interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}
type Context = CanvasRenderingContext2D;

const corner = 2;

/** `baseline` is how far below the middle of a cell its number stands. */
export function drawCell(context: Context, cell: CellView, kind: Kind, inks: Inks, box: Box, baseline: number): void {
  const has = (mark: string) => cell.marks.includes(mark);
  const border = has('border');
  const { left, top, width, height } = box;
  if (!has('nothing')) {
    context.fillStyle = border ? inks.ground : (cell.tint?.background ?? inks.plain);
    context.beginPath();
    context.roundRect(left, top, width, height, corner);
    context.fill();
  }
  if (border || has('mirrored')) hatch(context, box, inks.hatch);
  const ink = cell.tint?.color ?? (border ? inks.dim : inks.ink);
  if (has('unread')) line(context, [left, top, left + width, top + height], ink, 2);
  if (cell.text) {
    context.fillStyle = ink;
    context.fillText(cell.text, left + width / 2, Math.round(top + height / 2 + baseline));
  }
  if (has('lit')) outline(context, kind, inks, box, has('won'));
}

/** Lines of 1 px, 5 px apart, from the upper left corner on. */
function hatch(context: Context, { left, top, width, height }: Box, colour: string): void {
  context.save();
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
  for (let along = Math.SQRT1_2; along < width + height; along += 5 * Math.SQRT2)
    line(context, [left + along, top, left + along - height, top + height], colour, 1);
  context.restore();
}

function line(
  context: Context,
  [x0, y0, x1, y1]: readonly [number, number, number, number],
  colour: string,
  width: number,
): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}

/** A pixel's is solid, a weight's dashed, an output's double. */
function outline(context: Context, kind: Kind, { mark }: Inks, box: Box, won: boolean): void {
  const ring = (colour: string, from: number, to: number) => {
    const middle = (from + to) / 2;
    context.strokeStyle = colour;
    context.lineWidth = to - from;
    context.beginPath();
    context.roundRect(
      box.left - middle,
      box.top - middle,
      box.width + 2 * middle,
      box.height + 2 * middle,
      Math.max(0, corner + middle),
    );
    context.stroke();
  };
  const colour = mark[kind];
  if (kind === 'x') {
    ring('#fff', -2, 0);
    ring(colour, -1, won ? 3 : 1);
  } else if (kind === 'w') {
    context.setLineDash([4, 3]);
    ring(colour, -1, 1);
    context.setLineDash([]);
  } else if (kind === 'y') {
    ring(colour, -2, -1);
    ring(colour, 1, 2);
  }
}
