// Level lines of a grid of values: marching squares over all levels in one pass.

/** Values row by row; a position is in samples, 0 to width − 1 across and 0 to height − 1 down. */
export interface Field2d {
  readonly width: number;
  readonly height: number;
  readonly values: ArrayLike<number>;
}
/** Closed: the last point is joined to the first. x and y in turns. */
export type Ring = Float64Array;

type Edge = 'top' | 'right' | 'bottom' | 'left';
type Segment = readonly [from: Edge, to: Edge];
/** Values at the upper left, upper right, lower right and lower left of a cell. */
type Corners = readonly [a: number, b: number, c: number, d: number];

/** By which corners are inside, upper left 8, upper right 4, lower right 2, lower left 1: lines with the inside on their right. */
const segments: readonly (readonly Segment[])[] = [
  [],
  [['left', 'bottom']],
  [['bottom', 'right']],
  [['left', 'right']],
  [['right', 'top']],
  [],
  [['bottom', 'top']],
  [['left', 'top']],
  [['top', 'left']],
  [['top', 'bottom']],
  [],
  [['top', 'right']],
  [['right', 'left']],
  [['right', 'bottom']],
  [['bottom', 'left']],
  [],
];
/** Two opposite corners are inside; their middle decides whether they are joined. */
const saddles: Readonly<Record<number, { readonly joined: readonly Segment[]; readonly parted: readonly Segment[] }>> = {
  5: {
    joined: [
      ['left', 'top'],
      ['right', 'bottom'],
    ],
    parted: [
      ['left', 'bottom'],
      ['right', 'top'],
    ],
  },
  10: {
    joined: [
      ['top', 'right'],
      ['bottom', 'left'],
    ],
    parted: [
      ['top', 'left'],
      ['bottom', 'right'],
    ],
  },
};

/** For every level, in rising order, the rings around all places whose value is at least that. At the border of the grid they follow it. */
export function contoursOf(field: Field2d, levels: readonly number[]): readonly (readonly Ring[])[] {
  const { width, height, values } = field;
  const at = (i: number, j: number): number =>
    i < 0 || j < 0 || i >= height || j >= width ? Number.NEGATIVE_INFINITY : values[i * width + j]!;
  const next = levels.map(() => new Map<number, number>());
  /** Edges between neighbours: 2 · place to the right of it, 2 · place + 1 below it. */
  const across = width + 2;
  const place = (i: number, j: number): number => 2 * ((i + 1) * across + j + 1);
  const edges: Readonly<Record<Edge, (i: number, j: number) => number>> = {
    top: place,
    bottom: (i, j) => place(i + 1, j),
    left: (i, j) => place(i, j) + 1,
    right: (i, j) => place(i, j + 1) + 1,
  };
  const mark = (k: number, [a, b, c, d]: Corners, i: number, j: number): void => {
    const level = levels[k]!;
    const inside = (a >= level ? 8 : 0) + (b >= level ? 4 : 0) + (c >= level ? 2 : 0) + (d >= level ? 1 : 0);
    const saddle = saddles[inside];
    const lines = saddle ? saddle[(a + b + c + d) / 4 >= level ? 'joined' : 'parted'] : segments[inside]!;
    for (const [from, to] of lines) next[k]!.set(edges[from](i, j), edges[to](i, j));
  };
  /** Rows with the nothing beyond both ends. */
  const rowOf = (i: number, into: Float64Array): void => {
    for (let j = -1; j <= width; j++) into[j + 1] = at(i, j);
  };
  let [upper, lower] = [new Float64Array(across), new Float64Array(across)];
  rowOf(-1, lower);
  let first = 0;
  for (let i = -1; i < height; i++) {
    [upper, lower] = [lower, upper];
    rowOf(i + 1, lower);
    // The smaller and the larger one of the column before; a loop that makes no arrays, since it runs for every sample.
    let least = Number.NEGATIVE_INFINITY;
    let most = Number.NEGATIVE_INFINITY;
    for (let j = -1; j < width; j++) {
      const b = upper[j + 2]!;
      const c = lower[j + 2]!;
      const leastHere = b < c ? b : c;
      const mostHere = b < c ? c : b;
      const low = least < leastHere ? least : leastHere;
      const high = most > mostHere ? most : mostHere;
      least = leastHere;
      most = mostHere;
      while (first > 0 && levels[first - 1]! > low) first--;
      while (first < levels.length && levels[first]! <= low) first++;
      for (let k = first; k < levels.length && levels[k]! <= high; k++) mark(k, [upper[j + 1]!, b, c, lower[j + 1]!], i, j);
    }
  }
  const crossing = (edge: number, level: number): readonly [x: number, y: number] => {
    const from = edge >> 1;
    const [i, j] = [Math.floor(from / across) - 1, (from % across) - 1];
    const down = edge & 1;
    const [u, v] = [at(i, j), at(i + down, j + 1 - down)];
    // Beyond the border there is nothing: the line stays on it.
    const t = u === Number.NEGATIVE_INFINITY ? 1 : v === Number.NEGATIVE_INFINITY ? 0 : (level - u) / (v - u);
    return down ? [j, i + t] : [j + t, i];
  };
  return levels.map((level, k) => ringsOf(next[k]!, (edge) => crossing(edge, level)));
}

function ringsOf(next: Map<number, number>, crossing: (edge: number) => readonly [number, number]): Ring[] {
  const rings: Ring[] = [];
  for (const start of [...next.keys()]) {
    const ring: number[] = [];
    for (let edge: number | undefined = start; edge !== undefined && next.has(edge); ) {
      ring.push(...crossing(edge));
      const after: number | undefined = next.get(edge);
      next.delete(edge);
      edge = after;
    }
    if (ring.length > 0) rings.push(Float64Array.from(ring));
  }
  return rings;
}
