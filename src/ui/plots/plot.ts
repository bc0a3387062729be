// What a plot is, as data: the page draws it, files are made of it, screen readers hear it, tests read it.

/** Hues mean what they mean everywhere: input, weight, output, trouble; all else is ink. */
export type Role = 'ink' | 'faint' | 'x' | 'w' | 'y' | 'bad';
export type Dash = 'solid' | 'dashed' | 'dotted';
type Numbers = ArrayLike<number>;

export interface Axis {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** Powers of ten at equal distances; linear where it is absent. */
  readonly log?: boolean;
  /** Whole numbers only, such as counts of layers. */
  readonly whole?: boolean;
  /** No ticks, no grid: heights that are shares of something unsaid. */
  readonly bare?: boolean;
}

/** Points joined by straight lines; a NaN parts them. */
export interface Line {
  readonly kind: 'line';
  readonly name: string;
  readonly x: Numbers;
  readonly y: Numbers;
  readonly role: Role;
  readonly dash?: Dash;
  /** Left out of the legend and of what is read out: a part of another layer. */
  readonly silent?: boolean;
  /** With an edge of paper, so that it is seen on any ground. */
  readonly halo?: boolean;
}
export interface Points {
  readonly kind: 'points';
  readonly name: string;
  readonly x: Numbers;
  readonly y: Numbers;
  readonly role: Role;
  /** Rings: places that a curve comes near to and does not reach. */
  readonly open?: boolean;
  readonly small?: boolean;
  readonly halo?: boolean;
}
/** Heights over bins: bar i stands from `edges[i]` to `edges[i + 1]`. */
export interface Bars {
  readonly kind: 'bars';
  readonly name: string;
  readonly edges: Numbers;
  readonly heights: Numbers;
  readonly role: Role;
  readonly outlined?: boolean;
}
/** Areas of at least each level, on a magnitude map, with its colour bar. */
export interface Bands {
  readonly kind: 'bands';
  readonly name: string;
  /** In rising order, and the rings of each, x and y in turns. */
  readonly levels: readonly number[];
  readonly rings: readonly (readonly Numbers[])[];
}
/** A line across the whole plot at one value. */
export interface Rule {
  readonly kind: 'rule';
  readonly along: 'x' | 'y';
  readonly at: number;
  readonly label: string;
  readonly role: Role;
}
/** A part of an axis made thick: the values that something takes or makes. Ends that are beyond the plot run out of it. */
export interface Span {
  readonly kind: 'span';
  readonly name: string;
  readonly along: 'x' | 'y';
  readonly from: number;
  readonly to: number;
  readonly open: readonly [from: boolean, to: boolean];
  readonly role: Role;
}
export type Layer = Line | Points | Bars | Bands | Rule | Span;

export interface Panel {
  readonly id: string;
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  /** Through zero, as in a textbook, or a frame at the lower left. */
  readonly axes: 'zero' | 'framed';
  /** `equal`: a unit is as long on both axes; `low`: a strip under another panel. */
  readonly shape: 'wide' | 'low' | 'equal';
  readonly layers: readonly Layer[];
  /** What it shows, in sentences, for those who do not see it. */
  readonly said: string;
}

/** Panels that belong together; those in one column stand under each other with their axes aligned. */
export interface Chart {
  readonly title: string;
  /** By column. */
  readonly columns: readonly (readonly Panel[])[];
  /** Panels follow one another row by row, in as many columns as there is room for. */
  readonly flows?: boolean;
  /** Below, in sentences. */
  readonly notes: readonly string[];
  /** A cross-hair reads all panels of one x axis. */
  readonly read: boolean;
  /** Instead of readings along x. */
  readonly table?: Table;
  /** Of the file: `convscope-activation`. */
  readonly stem: string;
}

export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Panels dealt to columns, row by row. */
export const dealt = (panels: readonly Panel[], columns: number): readonly (readonly Panel[])[] =>
  Array.from({ length: columns }, (_, i) => panels.filter((_, k) => k % columns === i));

/** The columns of a chart where there is room for so many. */
export function columnsFor({ columns, flows }: Chart, count: number): Chart['columns'] {
  if (!flows || columns.length <= count) return columns;
  const rows = columns[0]?.map((_, row) => columns.flatMap((column) => column[row] ?? [])) ?? [];
  return dealt(rows.flat(), count);
}

export const panelsOf = ({ columns }: Chart): readonly Panel[] => columns.flat();
