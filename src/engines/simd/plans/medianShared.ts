// Tables for assembly/medianShared.ts: programs of exchanges as numbers, for float32 and for bytes.

import type { Place } from '../plan';
import { kinds, medianProgram, type Program, type Source } from './medianProgram';

/** Bytes of a value. */
const sizes = [4, 1] as const;
const vector = 16;
/** Bytes of buffers that stay in the first cache. */
const cache = 1 << 15;

export interface Sharing {
  readonly height: number;
  readonly width: number;
}
/** How a program is laid out for values of one size. */
interface Layout {
  readonly bytes: number;
  /** Outputs of one run; bytes of a half of a staged row. */
  readonly together: number;
  readonly half: number;
}

/** Buffers of so many vectors, in fours, that they stay in the cache, that runs for a row are few, and that little is made beyond its end. */
function layoutOf({ buffers }: Program, width: number, outputs: number, size: number): Layout {
  const ahead = Math.ceil((size * (width + 1)) / 2 / vector);
  const columns = (runs: number): number => Math.ceil((size * Math.ceil(outputs / runs)) / 2 / vector);
  const needed = (runs: number): number => 4 * Math.ceil((columns(runs) + ahead) / 4);
  const fewest = Math.ceil(columns(1) / Math.max(1, cache / (vector * buffers) - ahead));
  const costs = Array.from({ length: 4 }, (_, k) => (fewest + k) * needed(fewest + k));
  const vectors = needed(fewest + costs.indexOf(Math.min(...costs)));
  const together = (2 * vector * (vectors - ahead)) / size;
  const half = size * Math.ceil((outputs + together + width) / 2) + 2 * vector * (ahead + 1);
  return { bytes: vector * vectors, together, half: 64 * Math.ceil(half / 64) };
}
const layouts = ({ height, width }: Sharing, outputs: number): readonly [program: Program, Layout, Layout] => {
  const program = medianProgram(height, width);
  const [floats, bytes] = sizes.map((size) => layoutOf(program, width, outputs, size)) as [Layout, Layout];
  return [program, floats, bytes];
};

/** Where buffers end and a row of bytes begins, where staged rows begin, and all bytes of scratch. */
function scratchParts(sharing: Sharing, outputs: number): readonly [line: number, ring: number, all: number] {
  const [{ buffers }, floats, bytes] = layouts(sharing, outputs);
  const line = buffers * Math.max(floats.bytes, bytes.bytes) + 64;
  const ring = line + 64 * Math.ceil((outputs + sharing.width + 64) / 64);
  return [line, ring, ring + 2 * sharing.height * Math.max(floats.half, bytes.half) + 64];
}
export const sharedScratch = (sharing: Sharing, outputs: number): number => scratchParts(sharing, outputs)[2];
export const sharedPhase = (sharing: Sharing, outputs: number): number => layouts(sharing, outputs)[1].half;

/** What follows the table of assembly/medianRing.ts, for tiles of so many outputs. */
export function sharedFields(sharing: Sharing, outputs: number, place: Place): number[] {
  const [program, ...both] = layouts(sharing, outputs);
  const fields = both.flatMap(({ bytes, together, half }, k) => {
    const { height } = sharing;
    const at = ({ staged, index, ahead }: Source): number => {
      const own = staged ? half * (2 * (index % height) + (index < height ? 0 : 1)) : bytes * index;
      return staged ? ~(own + sizes[k]! * ahead) : own + sizes[k]! * ahead;
    };
    const steps = program.steps.flatMap(({ kind, a, b, c, into, also }) => [
      ...[kinds.indexOf(kind), at(a), at(b)],
      ...[c ? at(c) : bytes * (also ?? into), bytes * into],
    ]);
    const table = place.put(Int32Array.from(steps));
    return [table, table + 4 * steps.length, bytes, together, ...program.results.map(at), half];
  });
  return [...fields, ...scratchParts(sharing, outputs).slice(0, 2)];
}

/** Steps for two windows. */
export const sharedSteps = ({ height, width }: Sharing): number => medianProgram(height, width).steps.length;
