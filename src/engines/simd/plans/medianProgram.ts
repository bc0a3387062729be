// The exchanges of `medianGraph` as steps between few buffers, for assembly/medianShared.ts.

import { Graph, medians, type Place } from './medianGraph';
import { remembered } from './remembered';

/** A buffer, or a staged row, from a value on. */
export interface Source {
  readonly staged: boolean;
  readonly index: number;
  readonly ahead: number;
}
/** What a step writes: the smaller and the larger of two, or one of these; or the smaller of a third and of the larger of two. */
export const kinds = ['both', 'smaller', 'larger', 'least'] as const;
export interface Step {
  readonly kind: (typeof kinds)[number];
  readonly a: Source;
  readonly b: Source;
  /** The third of a `least`. */
  readonly c?: Source;
  /** The buffer of the only result, or of the smaller one; and that of the larger one of both. */
  readonly into: number;
  readonly also?: number;
}
export interface Program {
  readonly steps: readonly Step[];
  readonly buffers: number;
  /** Where medians of windows that begin in even and in odd columns are in the end. */
  readonly results: readonly [even: Source, odd: Source];
}

const nameOf = ({ id, larger }: Place): number => 2 * id + (larger ? 1 : 0);

/** A step as places instead of buffers: its results are called by numbers. */
interface Planned {
  readonly kind: Step['kind'];
  readonly reads: readonly Place[];
  readonly makes: readonly number[];
}

/** All that the medians depend on, each after what it reads itself; largest values that only serve a `least` are part of it. */
function planned(graph: Graph, results: readonly Place[]): Planned[] {
  const staged = 2 * graph.height;
  const uses = new Map<number, number>();
  const order: number[] = [];
  const visit = (place: Place): void => {
    const used = uses.get(nameOf(place)) ?? 0;
    uses.set(nameOf(place), used + 1);
    if (place.id < staged || used > 0 || uses.has(nameOf({ ...place, larger: !place.larger }))) return;
    const { a, b } = graph.exchanges[place.id - staged]!;
    visit(a);
    visit(b);
    order.push(place.id);
  };
  for (const place of results) visit(place);
  const count = (id: number, larger: boolean): number => uses.get(nameOf({ id, larger, ahead: 0 })) ?? 0;
  const inside = new Set<number>();
  const steps = order.map((id): Planned & { readonly id: number } => {
    const { a, b } = graph.exchanges[id - staged]!;
    const [low, high] = [nameOf({ id, larger: false, ahead: 0 }), nameOf({ id, larger: true, ahead: 0 })];
    if (count(id, true) > 0 && count(id, false) > 0) return { id, kind: 'both', reads: [a, b], makes: [low, high] };
    if (count(id, true) > 0) return { id, kind: 'larger', reads: [a, b], makes: [high] };
    const most = b.id >= staged && b.larger && count(b.id, true) === 1 && count(b.id, false) === 0 ? b : undefined;
    if (!most) return { id, kind: 'smaller', reads: [a, b], makes: [low] };
    inside.add(most.id);
    const of = graph.exchanges[most.id - staged]!;
    const moved = (place: Place): Place => ({ ...place, ahead: place.ahead + most.ahead });
    return { id, kind: 'least', reads: [moved(of.a), moved(of.b), a], makes: [low] };
  });
  return steps.filter(({ id }) => !inside.has(id));
}

/** Gives a buffer to every result until it was read for the last time. A step may write where it reads: it never writes ahead of that. */
function buffered(steps: readonly Planned[], results: readonly [Place, Place], staged: number): Program {
  const last = new Map<number, number>();
  for (const [i, { reads }] of steps.entries()) for (const place of reads) last.set(nameOf(place), i);
  for (const place of results) last.set(nameOf(place), steps.length);
  const at = new Map<number, number>();
  const free: number[] = [];
  let buffers = 0;
  const sourceOf = (place: Place): Source => {
    const { id, ahead } = place;
    return id < staged ? { staged: true, index: id, ahead } : { staged: false, index: at.get(nameOf(place))!, ahead };
  };
  const made = steps.map(({ kind, reads, makes }, i): Step => {
    const [a, b, c] = reads.map(sourceOf);
    for (const name of new Set(reads.map(nameOf))) if (last.get(name) === i && at.has(name)) free.push(at.get(name)!);
    for (const name of makes) at.set(name, free.pop() ?? buffers++);
    const [into, also] = makes.map((name) => at.get(name)!);
    return { kind, a: a!, b: b!, ...(c && { c }), into: into!, ...(also !== undefined && { also }) };
  });
  return { steps: made, buffers, results: [sourceOf(results[0]), sourceOf(results[1])] };
}

const kept = remembered<Program>(8);

/** For windows of `height` × `width`, at least 2 wide. */
export const medianProgram = (height: number, width: number): Program =>
  kept([height, width], () => {
    const graph = new Graph(height);
    const results = medians(graph, width);
    return buffered(planned(graph, results), results, 2 * height);
  });
