// How a tensor falls into stretches that share their numbers, and into calls and jobs over them.

import type { Job, Run } from '../plan';
import { runLength } from '../runs';

/** Stretches of values, one behind the other. */
export interface Units {
  readonly count: number;
  /** Values of one. */
  readonly length: number;
  /** How many make a plane, n · C + c; below 1 where a unit holds several planes. */
  readonly perPlane: number;
}

/** Units, or a part of one, that one call takes. */
export interface Part {
  /** The first unit. */
  readonly unit: number;
  readonly units: number;
  /** Values of each unit, or of the part of one. */
  readonly length: number;
  /** Values before it. */
  readonly from: number;
  /** Values before it within the unit. */
  readonly within: number;
  /** How many units the parts before it hold; a unit in several parts counts in each. */
  readonly slot: number;
}

export function partsOf({ count, length, perPlane }: Units): Part[] {
  const parts: Part[] = [];
  let slot = 0;
  const add = (unit: number, units: number, within: number, size: number): void => {
    parts.push({ unit, units, length: size, from: unit * length + within, within, slot });
    slot += units;
  };
  if (length > runLength) {
    for (let unit = 0; unit < count; unit++)
      for (let within = 0; within < length; within += runLength) add(unit, 1, within, Math.min(runLength, length - within));
    return parts;
  }
  const together = Math.max(1, Math.floor(runLength / Math.max(1, length)));
  // Several rows of one plane, or several whole planes.
  const group = perPlane > 1 ? perPlane : count;
  for (let start = 0; start < count; start += group)
    for (let unit = start; unit < start + group; unit += together) add(unit, Math.min(together, start + group - unit), 0, length);
  return parts;
}

/** Jobs of about a run each. */
export function jobsOf(parts: readonly Part[], job: (part: Part) => Job): Job[] {
  const jobs: Job[] = [];
  let calls: Job['calls'][number][] = [];
  let writes: Run[] = [];
  let size = 0;
  const close = (): void => {
    if (calls.length > 0) jobs.push({ calls, writes });
    [calls, writes, size] = [[], [], 0];
  };
  for (const part of parts) {
    const values = part.units * part.length;
    if (size + values > runLength) close();
    const one = job(part);
    calls.push(...one.calls);
    writes.push(...(one.writes ?? []));
    size += values;
  }
  close();
  return jobs;
}

/** The runs of a part of the result at `y`; none where they are not of one plane. */
export function runsOf({ perPlane }: Units, { unit, units, length, from }: Part, y: number): Run[] {
  const at = y + 4 * from;
  if (perPlane < 1) return [];
  if (perPlane > 1) return [{ at, count: units * length, plane: Math.floor(unit / perPlane) }];
  return Array.from({ length: units }, (_, i) => ({ at: at + 4 * i * length, count: length, plane: unit + i }));
}
