// An explanation with the numbers of the tensors in it: what each term comes to, added up by input channel, and what stands out.

import { type Gathering, gathered, type Lanes, type Valued, valued } from './expression';
import type { Explanation, Term } from './op';
import { placeOf, type Tensor, type Values } from './tensor';

/** One term with its numbers. */
export interface Worth {
  /** Row and column of the pixel; −1 on a constant border. */
  readonly row: number;
  readonly column: number;
  readonly value: number;
  /** Weight and fixed coefficient in one; null where a value counts as it is. */
  readonly by: number | null;
  /** What it comes to: `by · value`, a power of it in a norm. */
  readonly product: number;
}
/** The terms of one input channel. */
export interface Part {
  readonly channel: number;
  readonly count: number;
  readonly sum: number;
  /** All in order, or of many the ones that weigh most. */
  readonly terms: readonly Worth[];
  /** Those that are not listed. */
  readonly rest: { readonly count: number; readonly sum: number };
}
export interface Told extends Omit<Explanation, 'terms' | 'bias' | 'formula' | 'point'> {
  /** In float64, by this very arithmetic. */
  readonly exact: number;
  readonly count: number;
  /** Terms on a constant border. */
  readonly padded: number;
  /** Input channels that are read, in order. */
  readonly channels: readonly number[];
  /** Input channels in order; of very many those that weigh most. */
  readonly parts: readonly Part[];
  /** Channels that are not listed. */
  readonly others: { readonly channels: number; readonly count: number; readonly sum: number };
  readonly bias: number | null;
  readonly slope: number | null;
  readonly formula: Valued | null;
  /** Of a maximum, minimum or median. */
  readonly ranked: Ranked | null;
}

/** Values in rising order around the one that wins. */
export interface Ranked {
  readonly winner: number;
  readonly terms: readonly Worth[];
  /** How many lie below the first of them. */
  readonly below: number;
  /** How many equal the winner, itself among them. */
  readonly equal: number;
}

/** Listed of one channel where it has more, of channels, and around a winner. */
const [mostTerms, fullTerms, mostParts, mostRanked] = [12, 25, 8, 9];
/** Terms between two pauses. */
const stretch = 1 << 14;

interface Heap {
  count: number;
  sum: number;
  terms: Worth[];
  /** All of them so far are in `terms`. */
  full: boolean;
  /** What weighs no more than this is not listed. */
  least: number;
}

/** Pauses after every few thousand terms. `x.data` is read anew after each pause: its memory may have moved. */
export function* told(
  explanation: Explanation,
  inputs: Readonly<Record<string, Tensor>> & { readonly x: Tensor },
  remember: (key: string, make: () => Generator<void, number>) => Generator<void, number>,
): Generator<void, Told> {
  const { terms, bias: biasAt, formula, point, ...rest } = explanation;
  const { how, power = 1, offset = 0 } = rest;
  const bias = biasAt === undefined ? null : inputs.bias!.data[biasAt]!;
  const heaps = new Map<number, Heap>();
  const ranking = how === 'max' || how === 'min' || how === 'median' ? new Ranking(how) : null;
  const channels = new Set<number>();
  let [sum, count, padded, channel] = [0, 0, 0, 0];
  let { data } = inputs.x;
  for (const term of terms) {
    const worth = worthOf(term, data, inputs, how, power);
    if (term.x === null) padded += 1;
    else {
      channel = placeOf(inputs.x.shape, term.x)[1];
      channels.add(channel);
    }
    sum += worth.product;
    if (ranking) ranking.add(worth);
    else add(heaps, channel, worth);
    count += 1;
    if (count % stretch === 0) {
      yield;
      data = inputs.x.data;
    }
  }
  const parts = [...heaps].map(([of, heap]) => partOf(of, heap)).sort((a, b) => a.channel - b.channel);
  const listed = new Set([...parts].sort((a, b) => Math.abs(b.sum) - Math.abs(a.sum)).slice(0, mostParts));
  const others = parts.filter((part) => !listed.has(part));
  const numbers = formula ? yield* numbersOf(formula, inputs, remember) : null;
  const ranked = ranking?.ranked() ?? null;
  return {
    ...rest,
    ...{ count, padded, bias, ranked },
    channels: [...channels].sort((a, b) => a - b),
    exact: ranked ? ranked.winner : (point?.value ?? numbers?.value ?? together(how, sum, power) + offset + (bias ?? 0)),
    parts: parts.filter((part) => listed.has(part)),
    others: {
      channels: others.length,
      count: others.reduce((n, part) => n + part.count, 0),
      sum: others.reduce((n, part) => n + part.sum, 0),
    },
    slope: point?.slope ?? null,
    formula: numbers,
  };
}

const together = (how: Explanation['how'], sum: number, power: number): number => (how === 'norm' ? sum ** (1 / power) : sum);

function worthOf(
  term: Term,
  data: Values,
  inputs: { readonly x: Tensor; readonly weight?: Tensor },
  how: Explanation['how'],
  power: number,
): Worth {
  const neutral = how === 'max' ? Number.NEGATIVE_INFINITY : how === 'min' ? Number.POSITIVE_INFINITY : 0;
  const value = term.x === null ? neutral : data[term.x]!;
  const weight = term.weight === undefined ? null : (inputs.weight?.data[term.weight] ?? null);
  const by = weight === null && term.factor === undefined ? null : (weight ?? 1) * (term.factor ?? 1);
  const [, , row, column] = term.x === null ? [0, 0, -1, -1] : placeOf(inputs.x.shape, term.x);
  return { row, column, value, by, product: (by ?? 1) * (how === 'norm' ? value ** power : value) };
}

function add(heaps: Map<number, Heap>, channel: number, worth: Worth): void {
  const heap = heaps.get(channel) ?? { count: 0, sum: 0, terms: [], full: true, least: -1 };
  heaps.set(channel, heap);
  heap.count += 1;
  heap.sum += worth.product;
  if (weightOf(worth) <= heap.least) return;
  heap.terms.push(worth);
  if (heap.terms.length <= (heap.full ? fullTerms : 4 * mostTerms)) return;
  heap.full = false;
  heap.terms = heaviest(heap.terms);
  heap.least = weightOf(heap.terms.at(-1)!);
}

/** NaN counts more than any number: it decides. */
const weightOf = ({ product }: Worth): number => (Number.isNaN(product) ? Number.POSITIVE_INFINITY : Math.abs(product));
const heaviest = (terms: readonly Worth[]): Worth[] =>
  [...terms].sort((a, b) => order(weightOf(b), weightOf(a))).slice(0, mostTerms);

function partOf(channel: number, { count, sum, terms, full }: Heap): Part {
  const listed = full ? terms : heaviest(terms);
  const rest = { count: count - listed.length, sum: full ? 0 : sum - listed.reduce((n, { product }) => n + product, 0) };
  return { channel, count, sum, terms: listed, rest };
}

/** The first of equal values wins; NaN over every number. A median is the lower middle one. */
class Ranking {
  private terms: Worth[] = [];
  private below = 0;
  private equal = 0;
  private best = Number.NaN;

  constructor(private readonly how: 'max' | 'min' | 'median') {}

  add(worth: Worth): void {
    const against = this.equal === 0 ? 1 : this.against(worth.value);
    if (against > 0) this.best = worth.value;
    if (against >= 0) this.equal = against > 0 ? 1 : this.equal + 1;
    this.terms.push(worth);
    if (this.how !== 'median' && this.terms.length > stretch) this.trim();
  }

  /** Above 0: better than the best so far. */
  private against(value: number): number {
    const turned = this.how === 'min' && !Number.isNaN(value) && !Number.isNaN(this.best);
    return turned ? order(this.best, value) : order(value, this.best);
  }

  ranked(): Ranked {
    this.terms.sort((a, b) => order(a.value, b.value));
    const last = this.terms.length - 1;
    const broken = Number.isNaN(this.terms[last]?.value ?? 0);
    const at = broken || this.how === 'max' ? last : this.how === 'min' ? 0 : last >> 1;
    const winner = this.terms[at]?.value ?? Number.NaN;
    const equal = this.how === 'median' ? this.terms.filter(({ value }) => order(value, winner) === 0).length : this.equal;
    const first = Math.max(0, Math.min(at - (mostRanked >> 1), this.terms.length - mostRanked));
    return { terms: this.terms.slice(first, first + mostRanked), below: this.below + first, equal, winner };
  }

  /** Far from the winner nothing is listed. */
  private trim(): void {
    this.terms.sort((a, b) => order(a.value, b.value));
    const most = this.how === 'max' || Number.isNaN(this.terms.at(-1)!.value);
    if (most) this.below += this.terms.length - mostRanked;
    this.terms = most ? this.terms.slice(-mostRanked) : this.terms.slice(0, mostRanked);
  }
}

function order(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Two rounds: what is gathered from many values first, then the tree with all its numbers. */
function* numbersOf(
  formula: NonNullable<Explanation['formula']>,
  inputs: Readonly<Record<string, Tensor>> & { readonly x: Tensor },
  remember: (key: string, make: () => Generator<void, number>) => Generator<void, number>,
): Generator<void, Valued> {
  const known = new Map<string, number>();
  const keyOf = (what: Gathering, { starts, length, step }: Lanes) => `${what} ${starts.join()} ${length} ${step}`;
  const wanted: [Gathering, Lanes][] = [];
  valued(formula, inputs, (what, over) => {
    wanted.push([what, over]);
    return 0;
  });
  for (const [what, over] of wanted) {
    const key = keyOf(what, over);
    known.set(key, yield* remember(key, () => gathered(inputs.x, what, over)));
  }
  return valued(formula, inputs, (what, over) => known.get(keyOf(what, over)) ?? Number.NaN);
}
