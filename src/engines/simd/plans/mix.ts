// Weighted sums of values at the same place: 1 × 1 convolutions, mixed channels, linear layers, grey.

import type { Mixing } from '../../../core/mixing';
import type { Call, Job, Place, Run, Stage } from '../plan';
import { packing } from './packing';

/** Addresses; no bias where it is null. */
export interface MixAt {
  readonly x: number;
  readonly y: number;
  readonly weight: number;
  readonly bias: number | null;
}
/** Sums over one axis. `outer` counts the groups of all images. */
export interface Mix extends Mixing {
  readonly groups: number;
  /** Values from the weight of one input, and of one output, to the next; [output][input] where it is left out. */
  readonly apart?: { readonly input: number; readonly output: number };
}

/** Products of one sum before it is added to the rest. */
const mostInputs = 512;
const firstCache = 24 << 10;
const goodJob = 6e6;
/** So few are read where they lie. */
const fewInputs = 8;

const up = (n: number, to: number): number => Math.ceil(n / to) * to;

export interface MixTiling {
  /** Inputs that are summed together. */
  readonly chunk: number;
  readonly tile: number;
  /** Bytes of a row of one input, and of the sums of one output. */
  readonly pitch: number;
  readonly scratch: number;
}

export function mixTiling({ inputs, outputs, inner, outer }: Mix): MixTiling {
  const chunk = Math.ceil(inputs / Math.ceil(inputs / mostInputs));
  const values = inner === 1 ? outer : inner;
  const tile = Math.min(values, Math.max(64, Math.min(2048, up(firstCache / 4 / chunk, 32))));
  // An odd number of cache lines, so that rows do not fall into the same set of the cache.
  const pitch = up(4 * tile + 16, 128) + 64;
  return { chunk, tile, pitch, scratch: (chunk + outputs) * pitch + 512 };
}

/**
 * Jobs for each tile of values. Where values of one input lie side by side they are taken as rows of a picture; where `inner` is 1 they are turned
 * into such rows, and the sums back.
 */
export function mixStages(place: Place, mix: Mix, { chunk, tile, pitch }: MixTiling, at: MixAt): Stage[] {
  const { outer, inputs, inner, outputs, groups } = mix;
  const turned = inner === 1;
  const parts = Array.from({ length: Math.ceil(inputs / chunk) }, (_, k) => ({
    first: k * chunk,
    count: Math.min(chunk, inputs - k * chunk),
  }));
  const apart = mix.apart ?? { input: 1, output: inputs };
  const taps = Int32Array.from({ length: inputs }, (_, k) => k * apart.input);
  const order = { groups, outputs, perGroup: outputs * inputs, perOutput: apart.output, taps, parts };
  const weights = packing(place, { at: at.weight, ...order });
  const bias = at.bias ?? place.put(new Float32Array(groups * outputs));
  const offsets = place.put(Int32Array.from({ length: chunk }, (_, k) => k * pitch));
  const planes = place.put(Int32Array.from({ length: Math.min(fewInputs, chunk) }, (_, k) => 4 * k * inner));
  const sums = chunk * pitch + 256;
  const rows = place.put(Int32Array.of(0));
  const values = turned ? outer : inner;
  const lanes = place.put(Int32Array.of(place.put(Int32Array.from({ length: tile }, (_, k) => k)), 0, tile, 0));

  const callsOf = (image: number, column: number): Call[] => {
    const wide = Math.min(tile, values - column);
    const group = image % groups;
    const open = turned || chunk < inputs || wide < 32;
    const straight = inputs <= fewInputs && !open;
    const source = at.x + 4 * (image * inputs * inner + column * (turned ? inputs : 1));
    const target = at.y + 4 * (image * outputs * inner + column * (turned ? outputs : 1));
    const list: Call[] = [];
    for (let k = 0; k < inputs; k += chunk) {
      const count = Math.min(chunk, inputs - k);
      if (turned) list.push(['turnTile', 2, source + 4 * k, 4 * inputs, wide, count, 0, pitch]);
      else if (!straight)
        list.push([
          ...(['stageTile', source + 4 * k * inner, 4 * inner, 0, count, rows, 1, pitch, lanes, 1, pitch, 1, 0, wide] as const),
        ]);
      list.push([
        ...([
          'convolveTile',
          open ? 3 : straight ? 0 : 1,
          straight ? source : 0,
          0,
          1,
          straight ? planes : offsets,
          count,
        ] as const),
        ...[weights.at + 4 * (group * outputs * inputs + k * outputs), k === 0 ? bias + 4 * group * outputs : 0],
        ...(open ? [sums, pitch] : [target, 4 * inner]),
        ...[0, outputs, wide],
      ]);
    }
    if (turned) list.push(['turnTile', 1, sums, pitch, outputs, wide, target, 4 * outputs]);
    else if (open) list.push(['unstageTile', sums, pitch, 0, target, 4 * inner, 0, outputs, 1, wide, 1]);
    return list;
  };

  const jobs: Job[] = [];
  const perJob = tile * Math.max(1, Math.round(goodJob / (inputs * outputs * tile)));
  const images = turned ? 1 : outer;
  for (let image = 0; image < images; image++)
    for (let from = 0; from < values; from += perJob) {
      const to = Math.min(values, from + perJob);
      jobs.push({
        get calls() {
          const list: Call[] = [];
          for (let column = from; column < to; column += tile) list.push(...callsOf(image, column));
          return list;
        },
        get writes(): Run[] {
          // Rows of a turned result may belong to several planes.
          if (turned) return [];
          return Array.from({ length: outputs }, (_, o) => {
            const plane = image * outputs + o;
            return { at: at.y + 4 * (plane * inner + from), count: to - from, plane };
          });
        },
      });
    }
  return [weights.jobs, jobs];
}
