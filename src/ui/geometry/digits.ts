// Numbers in the cells of a scheme.

import { placeOf } from '../../core/tensor';
import { digit, type Mark, rect, shadeOf } from './marks';
import { type Cell, channelsRead, explanationAt, type Focus, fromKey, keyOf, kindAt, type Lit, type Model } from './model';
import { boxOf, cellsOf, type SchemeLayout } from './schemeLayout';

/** Numbers in the cells: of one channel of the input, of the taps that take part in what is pointed at, and of the first channel of the output. */
export function digitMarks(
  model: Model,
  layout: SchemeLayout,
  channel: number,
  focus: Focus,
  lit: Lit,
  at: number | null,
): Mark[] {
  const { numbers, height, width } = model;
  if (!numbers) return [];
  const plane = channel * height.length * width.length;
  const marks: Mark[] = [];
  const put = (...of: Parameters<typeof digit>) => marks.push(digit(...of));
  for (const grid of layout.grids)
    for (const cell of cellsOf(grid)) {
      if (grid.name === 'input') {
        const kind = kindAt(model, cell.row, cell.column);
        const [row, column] = [height.held.get(cell.row), width.held.get(cell.column)];
        if (row !== undefined && column !== undefined)
          put(grid, cell, numbers.x.data[plane + row * width.length + column] ?? 0, kind === 'pixel' ? 'digit' : 'digit-faint');
      } else if (grid.name === 'output') {
        const value = at === null ? (numbers.y.data[cell.row * width.outputs + cell.column] ?? 0) : summedUp(model, cell, at);
        if (value !== null) put(grid, cell, value, shadeOf(model, cell, at) > 2 ? 'digit-bright' : 'digit');
      }
    }
  const [winner, input] = [focus.on === 'output' ? winnerOf(model, focus) : null, boxOf(layout, 'input')];
  if (winner && input) marks.push(rect('ring', input, winner.row, winner.column, 2));
  const taps = boxOf(layout, 'tap');
  if (taps) for (const [key, value] of tapValues(model, focus, lit)) put(taps, fromKey(key), value);
  return marks;
}

/** The pixel that an output is, where one of them is chosen. */
function winnerOf(model: Model, { row, column }: Cell): Cell | null {
  const explained = explanationAt(model, row, column);
  const { numbers, width } = model;
  if (!numbers || !explained || !['max', 'min', 'median'].includes(explained.how)) return null;
  const value = numbers.y.data[row * width.outputs + column];
  const winner = explained.terms.find(({ x }) => x !== null && numbers.x.data[x] === value);
  if (!winner || winner.x === null) return null;
  const [, , i, j] = placeOf(numbers.x.shape, winner.x);
  return { row: i, column: j };
}

/** What the pixels up to `at` have stamped on an output so far; null where none has. */
function summedUp(model: Model, { row, column }: Cell, at: number): number | null {
  const { numbers, height, width } = model;
  const explained = explanationAt(model, row, column);
  if (!numbers || !explained) return null;
  const plane = height.length * width.length;
  const terms = explained.terms.filter(({ x }) => x !== null && x % plane <= at);
  return terms.length === 0 ? null : terms.reduce((sum, term) => sum + numbers.x.data[term.x!]! * factorOf(model, term), 0);
}

const factorOf = ({ numbers }: Model, { weight, factor = 1 }: { readonly weight?: number; readonly factor?: number }): number =>
  factor * (weight === undefined ? 1 : (numbers?.weights.weight?.data[weight] ?? 1));

/** The weights of the taps: of the output that is pointed at, or of those that a pixel feeds. None where all are alike. */
function tapValues(model: Model, focus: Focus, lit: Lit): Map<string, number> {
  const found = new Map<string, number>();
  const outputs = focus.on === 'tap' ? [] : focus.on === 'output' ? [focus] : [...lit.output].map(fromKey);
  for (const output of outputs) {
    const terms = termsOf(model, output);
    const down = model.height.links.filter((link) => link.output === output.row);
    const across = model.width.links.filter((link) => link.output === output.column);
    // Terms of a pixel and of its copies on the border are told as one.
    if ([...down, ...across].some(({ place, input }) => input >= 0 && place !== input)) continue;
    for (const a of down)
      for (const b of across) {
        const asked = focus.on === 'output' || (a.input === focus.row && b.input === focus.column);
        const term = asked && a.place === a.input && b.place === b.input ? terms.get(keyOf(a.input, b.input)) : undefined;
        if (term !== undefined) found.set(keyOf(a.tap, b.tap), term);
      }
  }
  return found;
}

/** By the pixel that it multiplies: the weight of every term of an output, on the first channel that it reads. */
function termsOf(model: Model, { row, column }: Cell): Map<string, number> {
  const terms = new Map<string, number>();
  const explained = explanationAt(model, row, column);
  const [first] = channelsRead(model, row * model.width.outputs + column);
  for (const term of explained?.terms ?? []) {
    if (term.x === null || (term.weight === undefined && term.factor === undefined)) continue;
    const [, channel, i, j] = placeOf(model.numbers?.x.shape ?? [], term.x);
    if (channel === first) terms.set(keyOf(i, j), factorOf(model, term));
  }
  return terms;
}
