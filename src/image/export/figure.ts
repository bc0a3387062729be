// A figure for a paper or a slide: pictures side by side, each with its caption and the legend of its colours. Laid out once, drawn twice.

/** One picture of a figure with its words. */
export interface Panel {
  readonly title: string;
  /** Under the title: what was done, the shape, the range. */
  readonly lines: readonly string[];
  /** Pixels of the picture. */
  readonly width: number;
  readonly height: number;
  readonly legend: { readonly stops: readonly string[]; readonly low: string; readonly high: string } | null;
}

export interface Figure {
  /** Above all pictures; empty: none. */
  readonly title: string;
  readonly panels: readonly Panel[];
  /** Below all pictures; empty: none. */
  readonly note: string;
}

export type Weight = 400 | 600;
/** How wide a text is, in the units of the layout. */
export type Measure = (text: string, size: number, weight: Weight) => number;

export type Mark =
  | {
      readonly kind: 'picture';
      readonly panel: number;
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly enlarged: boolean;
    }
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly size: number;
      readonly weight: Weight;
      readonly fill: string;
      readonly end: boolean;
    }
  | {
      readonly kind: 'scale';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly stops: readonly string[];
    };

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
}

export const paper = '#ffffff';
/** Around pictures and scales, whose ends may be as light as the paper. */
export const hairline = '#c9c7c2';
export const fonts = "'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, sans-serif";

/** Of words, and of words that matter less. */
export const ink = '#1a1a18';
export const faint = '#55534e';

const MARGIN = 24;
const GAP = 20;
const MOST_WIDTH = 1240;
const MOST_HEIGHT = 420;
/** Captions need this much. */
const LEAST_COLUMN = 190;
const MOST_COLUMNS = 4;
const SCALE_HEIGHT = 8;
/** From here on the pixels of a picture are drawn as squares; below, squares would be of uneven sizes. */
const ENLARGED = 2;
const title = { size: 20, weight: 600, leading: 28 } as const;
const heading = { size: 15, weight: 600, leading: 21 } as const;
const body = { size: 13, weight: 400, leading: 18 } as const;
type Type = typeof title | typeof heading | typeof body;

/** Where everything of a figure lies: rows of at most four pictures of one height. */
export function layOut(figure: Figure, measure: Measure): Layout {
  const marks: Mark[] = [];
  const rows = rowsOf(figure.panels);
  const high = heightOf(rows);
  const widthOf = (panel: Panel): number => Math.max(1, (high * panel.width) / panel.height);
  const columnOf = (panel: Panel): number => Math.max(LEAST_COLUMN, widthOf(panel));
  const inner = Math.max(...rows.map((row) => row.reduce((sum, { panel }) => sum + columnOf(panel), GAP * (row.length - 1))));
  let y = MARGIN;

  const write = (text: string, type: Type, x: number, width: number, fill: string): void => {
    for (const line of wrapped(text, width, (part) => measure(part, type.size, type.weight))) {
      y += type.leading;
      marks.push({
        kind: 'text',
        x,
        y: y - type.leading * 0.3,
        text: line,
        size: type.size,
        weight: type.weight,
        fill,
        end: false,
      });
    }
  };
  if (figure.title !== '') {
    write(figure.title, title, MARGIN, inner, ink);
    y += 10;
  }
  for (const row of rows) {
    let x = MARGIN;
    const top = y;
    let bottom = y;
    for (const { panel, at } of row) {
      const [width, column] = [widthOf(panel), columnOf(panel)];
      marks.push({ kind: 'picture', panel: at, x, y: top, width, height: high, enlarged: width >= ENLARGED * panel.width });
      y = top + high + 6;
      write(panel.title, heading, x, column, ink);
      for (const line of panel.lines) write(line, body, x, column, faint);
      if (panel.legend) {
        const { stops, low, high: top } = panel.legend;
        const bar = Math.min(column, 180);
        y += 8;
        marks.push({ kind: 'scale', x, y, width: bar, height: SCALE_HEIGHT, stops });
        y += SCALE_HEIGHT + body.leading;
        const label = { kind: 'text', y: y - 3, size: body.size, weight: body.weight, fill: faint } as const;
        marks.push({ ...label, x, text: low, end: false }, { ...label, x: x + bar, text: top, end: true });
      }
      bottom = Math.max(bottom, y);
      x += column + GAP;
    }
    y = bottom + GAP;
  }
  y -= GAP;
  if (figure.note !== '') {
    y += 10;
    write(figure.note, body, MARGIN, inner, faint);
  }
  return { width: Math.ceil(inner + 2 * MARGIN), height: Math.ceil(y + MARGIN), marks };
}

type Row = readonly { readonly panel: Panel; readonly at: number }[];

/** As few rows as hold all panels, filled evenly. */
function rowsOf(panels: readonly Panel[]): Row[] {
  const count = Math.ceil(panels.length / MOST_COLUMNS);
  const columns = Math.ceil(panels.length / count);
  return Array.from({ length: count }, (_, r) =>
    panels.slice(r * columns, (r + 1) * columns).map((panel, i) => ({ panel, at: r * columns + i })),
  );
}

/** The one height at which every row fits the figure's width. */
function heightOf(rows: readonly Row[]): number {
  const room = (row: Row): number => MOST_WIDTH - 2 * MARGIN - GAP * (row.length - 1);
  const fits = rows.map((row) => room(row) / row.reduce((sum, { panel }) => sum + panel.width / panel.height, 0));
  return Math.max(1, Math.min(MOST_HEIGHT, ...fits));
}

/** Lines of whole words that are at most so wide; a longer word is cut. */
export function wrapped(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (let word of text.split(/ +/)) {
    if (measure(line === '' ? word : `${line} ${word}`) <= width) {
      line = line === '' ? word : `${line} ${word}`;
      continue;
    }
    if (line !== '') lines.push(line);
    for (let letters = [...word]; letters.length > 1 && measure(word) > width; letters = [...word]) {
      let keep = letters.length - 1;
      while (keep > 1 && measure(letters.slice(0, keep).join('')) > width) keep -= 1;
      lines.push(letters.slice(0, keep).join(''));
      word = letters.slice(keep).join('');
    }
    line = word;
  }
  return [...lines, line];
}
