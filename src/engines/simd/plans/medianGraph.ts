// What the medians of two neighbouring windows are made of, where windows slide by 1 across: exchanges of rows of values. What windows share is made
// once: a sorted column serves every window that it is in, joined columns serve windows two columns apart, and all but one column of a window are its
// neighbour's too.

/** One value of an exchange, or staged row `id` of even or odd columns; `ahead` values further on, which is twice as many columns. */
export interface Place {
  readonly id: number;
  readonly larger: boolean;
  readonly ahead: number;
}
/** Puts two places in order. */
export interface Exchange {
  readonly a: Place;
  readonly b: Place;
}

export class Graph {
  /** Their numbers follow those of the staged rows: first the rows of even columns, then those of odd ones. */
  readonly exchanges: Exchange[] = [];
  private readonly known = new Map<string, number>();

  constructor(readonly height: number) {}

  column(at: number): Place[] {
    const first = at % 2 === 0 ? 0 : this.height;
    return this.sorted(Array.from({ length: this.height }, (_, row) => ({ id: first + row, larger: false, ahead: at >> 1 })));
  }

  /** Moved as one, two places have the same results, moved: so windows find what others made. */
  private exchanged(p: Place, q: Place): readonly [smaller: Place, larger: Place] {
    const ahead = Math.min(p.ahead, q.ahead);
    const [a, b] = [p, q].map((place) => ({ ...place, ahead: place.ahead - ahead })) as [Place, Place];
    const key = [a, b].map(({ id, larger, ahead }) => `${id} ${larger ? 1 : 0} ${ahead}`).join();
    const id = this.known.get(key) ?? 2 * this.height + this.exchanges.push({ a, b }) - 1;
    this.known.set(key, id);
    return [
      { id, larger: false, ahead },
      { id, larger: true, ahead },
    ];
  }

  /** Batcher's odd-even merge (1968), of sorted lists of any lengths. */
  merged(a: readonly Place[], b: readonly Place[]): Place[] {
    if (a.length === 0 || b.length === 0) return [...a, ...b];
    if (a.length === 1 && b.length === 1) return [...this.exchanged(a[0]!, b[0]!)];
    const half = (list: readonly Place[], odd: number): Place[] => list.filter((_, i) => i % 2 === odd);
    const [first, ...evens] = this.merged(half(a, 0), half(b, 0));
    const odds = this.merged(half(a, 1), half(b, 1));
    const list = [first!];
    for (let i = 0; i < Math.max(evens.length, odds.length); i++) {
      const [p, q] = [odds[i], evens[i]];
      list.push(...(p && q ? this.exchanged(p, q) : [(p ?? q)!]));
    }
    return list;
  }

  private sorted(places: readonly Place[]): Place[] {
    const half = places.length >> 1;
    return half === 0 ? [...places] : this.merged(this.sorted(places.slice(0, half)), this.sorted(places.slice(half)));
  }

  /** The value of a rank in two sorted lists together: the smallest of all that may be the largest of so many. */
  ranked(a: readonly Place[], b: readonly Place[], rank: number): Place {
    let found: Place | undefined;
    for (let i = Math.max(0, rank + 1 - a.length); i <= Math.min(b.length, rank + 1); i++) {
      const [p, q] = [a[rank - i], b[i - 1]];
      const most = p && q ? this.exchanged(p, q)[1] : (p ?? q)!;
      found = found ? this.exchanged(found, most)[0] : most;
    }
    return found!;
  }
}

/** Sorted places, and of how many values it is known that they are smaller or larger than a median: these were left out. */
interface Sorted {
  readonly places: readonly Place[];
  readonly below: number;
  readonly above: number;
}

/** The medians of the windows that begin at column 0 and at column 1. */
export function medians(graph: Graph, width: number): readonly [even: Place, odd: Place] {
  const count = graph.height * width;
  const middle = (count - 1) >> 1;
  const column = (at: number): Sorted => ({ places: graph.column(at), below: 0, above: 0 });
  const both = (a: Sorted, b: Sorted): Sorted => {
    const [below, above] = [a.below + b.below, a.above + b.above];
    const places = graph.merged(a.places, b.places);
    const others = count - below - above - places.length;
    const [from, to] = [Math.max(0, middle - below - others), Math.min(places.length, middle - below + 1)];
    return { places: places.slice(from, to), below: below + from, above: above + places.length - to };
  };
  const pairs = (from: number, n: number): Sorted => {
    if (n === 1) return both(column(from), column(from + 1));
    const most = 2 ** (Math.ceil(Math.log2(n)) - 1);
    return both(pairs(from, most), pairs(from + 2 * most, n - most));
  };
  const shared = (): Sorted => {
    if (width === 2) return column(1);
    const some = pairs(1, (width - 1) >> 1);
    return width % 2 === 0 ? both(some, column(width - 1)) : some;
  };
  const most = shared();
  const median = (at: number): Place => graph.ranked(most.places, column(at).places, middle - most.below);
  return [median(0), median(width)];
}
