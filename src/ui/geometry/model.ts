// What a scheme shows: the cells of input, window and output, and which of them belong together. No drawing, no page.

import { opOf } from '../../core/registry';
import type { Step } from '../../core/scene';
import { type Link, numbersOf, type SchemeAxis, type SchemeNumbers, schemeOf, unfolded } from '../../core/scheme';
import { placeOf, type Shape } from '../../core/tensor';

/** Windows on the input; stamps on the output, one for each pixel; or windows on the input with zeros between its pixels. */
export type SchemeView = 'windows' | 'stamps' | 'filled';
/** A pixel, a zero set between pixels, a place of the border, or one that the last window reaches beyond it. */
export type Kind = 'pixel' | 'zero' | 'border' | 'beyond';

export interface ModelAxis extends SchemeAxis {
  kind(place: number): Kind;
  /** Pixels that nothing reads. */
  readonly unread: ReadonlySet<number>;
  /** The pixel that a place holds: itself, or on the border the one that it copies. */
  readonly held: ReadonlyMap<number, number>;
}
export interface Model {
  readonly view: SchemeView;
  readonly height: ModelAxis;
  readonly width: ModelAxis;
  readonly numbers: SchemeNumbers | null;
  /** Values decide what is read: the explanation of each output says what. */
  readonly decided: boolean;
}
export interface Cell {
  readonly row: number;
  readonly column: number;
}
export interface Focus extends Cell {
  readonly on: 'input' | 'output' | 'tap';
}
/** Cells that belong to the focus, as `row,column`. Of the input these are places. */
export interface Lit {
  readonly input: ReadonlySet<string>;
  readonly output: ReadonlySet<string>;
  readonly tap: ReadonlySet<string>;
}
export const keyOf = (row: number, column: number): string => `${row},${column}`;
export const fromKey = (key: string): Cell => {
  const [row = 0, column = 0] = key.split(',').map(Number);
  return { row, column };
};

/** Views that a step has: those that unfold into simpler steps are drawn as stamps, and as the windows of the last of these. */
export function viewsOf(step: Step, x: Shape, y: Shape): readonly SchemeView[] {
  if (opOf(step.op).unfolded) return ['stamps', 'filled'];
  const grows = [2, 3].some((axis) => (y[axis] ?? 0) > (x[axis] ?? 0));
  return grows ? ['windows', 'stamps'] : ['windows'];
}

/** @throws RangeError where the step does not fit an input of that shape; with a `source` that stored something for it, what that one reads. */
export function modelOf(step: Step, x: Shape, view: SchemeView, source?: Step): Model {
  return view === 'filled' ? filledModel(step, x) : plainModel(step, x, view, source);
}

function plainModel(step: Step, x: Shape, view: SchemeView, source?: Step): Model {
  const { height, width } = schemeOf(step, x, source);
  const numbers = numbersOf(step, x, undefined, source);
  const along = (axis: SchemeAxis): ModelAxis => withKinds(axis, (place) => (inside(place, axis.length) ? 'pixel' : 'border'));
  const decided = Object.values(opOf(step.op).weights).some(({ kind }) => kind === 'stored');
  return { view, height: along(height), width: along(width), numbers, decided };
}

/** The window of the last simpler step over what the steps before it make of the input. */
function filledModel(step: Step, x: Shape): Model {
  const simpler = unfolded(step, x);
  if (!simpler) throw new RangeError(`${step.op}: expected an op that unfolds into simpler steps`);
  let shape = x;
  let [rows, columns] = [identity(x[2] ?? 1), identity(x[3] ?? 1)];
  let values = numbersOf(step, x)?.x;
  for (const before of simpler.before) {
    const { height, width, y } = schemeOf(before, shape);
    [rows, columns] = [through(height, rows), through(width, columns)];
    values = values && numbersOf(before, shape, values)?.y;
    shape = y;
  }
  const { height, width } = schemeOf(simpler.last, shape);
  const along = (axis: SchemeAxis, origin: readonly number[]): ModelAxis => {
    const pixels = origin.flatMap((from, place) => (from >= 0 ? [place] : []));
    const [first, last] = [pixels[0] ?? 0, pixels.at(-1) ?? -1];
    return withKinds(axis, (place) => ((origin[place] ?? -1) >= 0 ? 'pixel' : place > first && place < last ? 'zero' : 'border'));
  };
  const numbers = values ? numbersOf(simpler.last, shape, values) : null;
  return { view: 'filled', height: along(height, rows), width: along(width, columns), numbers, decided: false };
}

const identity = (length: number): number[] => Array.from({ length }, (_, i) => i);
/** Which pixel of the picture each output of a step holds, −1 where none. */
function through({ outputs, links }: SchemeAxis, origin: readonly number[]): number[] {
  const next = new Array<number>(outputs).fill(-1);
  for (const { output, input } of links) if (input >= 0) next[output] = origin[input] ?? -1;
  return next;
}

const inside = (place: number, length: number): boolean => place >= 0 && place < length;

function withKinds(axis: SchemeAxis, kind: (place: number) => Kind): ModelAxis {
  const read = new Set(axis.links.map(({ input }) => input));
  const all = identity(axis.length);
  return {
    ...axis,
    kind: (place) => (place < -axis.before || place >= axis.length + axis.after ? 'beyond' : kind(place)),
    unread: new Set(all.filter((place) => !read.has(place) && kind(place) === 'pixel')),
    held: new Map([
      ...axis.links.flatMap(({ place, input }) => (input >= 0 ? [[place, input] as const] : [])),
      ...all.map((place) => [place, place] as const),
    ]),
  };
}

const rank: readonly Kind[] = ['pixel', 'zero', 'border', 'beyond'];
export const kindAt = ({ height, width }: Model, row: number, column: number): Kind =>
  rank[Math.max(rank.indexOf(height.kind(row)), rank.indexOf(width.kind(column)))] ?? 'pixel';
export const isUnread = (model: Model, row: number, column: number): boolean =>
  kindAt(model, row, column) === 'pixel' && (model.height.unread.has(row) || model.width.unread.has(column));

/** Places of the input, outputs and taps that belong to what is pointed at. */
export function litBy(model: Model, focus: Focus | null): Lit {
  const lit = { input: new Set<string>(), output: new Set<string>(), tap: new Set<string>() };
  if (!focus) return lit;
  const down = model.height.links.filter(meets(focus.on, focus.row, model.height.length));
  const across = model.width.links.filter(meets(focus.on, focus.column, model.width.length));
  for (const a of down) {
    for (const b of across) {
      if (!takesPart(model, a, b)) continue;
      lit.input.add(keyOf(a.place, b.place));
      // A place of the border that copies a pixel shows which.
      if (a.input >= 0 && b.input >= 0) lit.input.add(keyOf(a.input, b.input));
      lit.output.add(keyOf(a.output, b.output));
      lit.tap.add(keyOf(a.tap, b.tap));
    }
  }
  lit[focus.on].add(keyOf(focus.row, focus.column));
  return lit;
}

/** A pixel is met by its copies on the border too; a place of the border by itself alone. */
function meets(on: Focus['on'], at: number, length: number): (link: Link) => boolean {
  if (on !== 'input') return (link) => link[on] === at;
  return inside(at, length) ? ({ input }) => input === at : ({ place }) => place === at;
}

function takesPart({ numbers, decided, height, width }: Model, a: Link, b: Link): boolean {
  const explained = decided ? explanationAt({ numbers, width }, a.output, b.output) : null;
  if (!explained) return true;
  const at = a.input * width.length + b.input;
  return explained.terms.some(({ x }) => x !== null && x % (height.length * width.length) === at);
}

export const explanationAt = ({ numbers, width }: Pick<Model, 'numbers' | 'width'>, row: number, column: number) =>
  numbers?.explain(row * width.outputs + column) ?? null;

/** Channels of the input that the first channel of the output reads there. */
export function channelsRead({ numbers }: Model, output: number): readonly number[] {
  const terms = numbers?.explain(output).terms ?? [];
  const shape = numbers?.x.shape ?? [];
  return [...new Set(terms.flatMap(({ x }) => (x === null ? [] : [placeOf(shape, x)[1]])))];
}

/** Outputs, or pixels that stamp, in the order in which they are played. */
export function places({ view, height, width }: Model): { readonly rows: number; readonly columns: number } {
  return view === 'stamps' ? { rows: height.length, columns: width.length } : { rows: height.outputs, columns: width.outputs };
}
export function focusAt(model: Model, at: number): Focus {
  const { columns } = places(model);
  return { on: model.view === 'stamps' ? 'input' : 'output', row: Math.floor(at / columns), column: at % columns };
}
