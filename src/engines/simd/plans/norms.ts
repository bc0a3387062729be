// Norms: numbers known beforehand make one fused pass; statistics of the picture itself make two, with a little work between.

import { batchNorm } from '../../../core/ops/batchNorm';
import { groupNorm } from '../../../core/ops/groupNorm';
import { instanceNorm } from '../../../core/ops/instanceNorm';
import { layerNorm } from '../../../core/ops/layerNorm';
import { type Shape, sizeOf, type Values } from '../../../core/tensor';
import type { Given, Place, Plan, Planned, Stage } from '../plan';
import { planned } from '../plan';
import { mapping } from './maps';
import { jobsOf, type Part, partsOf, runsOf, type Units } from './units';

/** Which values share a mean and a variance, and which number of γ and β belongs to them. */
interface Layout extends Units {
  readonly blocks: number;
  blockOf(unit: number): number;
  weightOf(unit: number): number;
}

interface Norm {
  readonly layout: Layout;
  readonly eps: number;
  readonly weight: Values;
  readonly bias: Values;
  /** Known beforehand; else those of the values themselves are taken. */
  readonly known?: Moments;
  /** γ and β of every place of a unit. */
  readonly byPlace?: boolean;
}

interface Moments {
  readonly mean: Float64Array;
  /** Biased: divided by the count. */
  readonly variance: Float64Array;
  /** Values of each block. */
  readonly count: Float64Array;
}

const valuesOf = ({ data }: Given): Values => data ?? new Float32Array(0);
const inverseOf = (variance: number, eps: number): number => 1 / Math.sqrt(variance + eps);

/** Means and variances of blocks from those of their parts (Chan, Golub and LeVeque, 1983). */
function joined({ blocks, blockOf }: Layout, parts: readonly Part[], found: Float64Array): Moments {
  const [mean, squares, count] = [new Float64Array(blocks), new Float64Array(blocks), new Float64Array(blocks)];
  for (const { unit, units, length, slot } of parts) {
    for (let i = 0; i < units; i++) {
      const b = blockOf(unit + i);
      const before = count[b]!;
      const all = before + length;
      const delta = found[2 * (slot + i)]! - mean[b]!;
      mean[b]! += (delta * length) / all;
      squares[b]! += found[2 * (slot + i) + 1]! + (delta * delta * before * length) / all;
      count[b] = all;
    }
  }
  return { mean, variance: squares.map((square, b) => Math.max(square / count[b]!, 0)), count };
}

const slotsOf = (parts: readonly Part[]): number => parts.reduce((sum, { units }) => sum + units, 0);

/** A stage that measures, and what reads its result after it. */
function measure(
  place: Place,
  layout: Layout,
  parts: readonly Part[],
): { readonly stage: Stage; readonly moments: () => Moments } {
  const slots = slotsOf(parts);
  const out = place.take(16 * slots);
  const x = place.at('x');
  const stage = jobsOf(parts, ({ from, units, length, slot }) => ({
    calls: [['moments', x + 4 * from, units, length, out + 16 * slot]],
  }));
  return { stage, moments: () => joined(layout, parts, place.doubles(out, 2 * slots)) };
}

/** m, a and b of every unit for (x − m) · a + b. The mean is taken off first, in its float32 part, so that nothing large cancels after a product. */
function fillTable(table: Float32Array, { layout, eps, weight, bias, byPlace }: Norm, { mean, variance }: Moments): void {
  for (let unit = 0; unit < layout.count; unit++) {
    const [b, k] = [layout.blockOf(unit), layout.weightOf(unit)];
    const m = Math.fround(mean[b]!);
    const a = inverseOf(variance[b]!, eps) * (byPlace ? 1 : weight[k]!);
    table.set([m, a, (byPlace ? 0 : bias[k]!) - (mean[b]! - m) * a, 0], 4 * unit);
  }
}

function measured(norm: Norm): Plan {
  const { layout, byPlace } = norm;
  const build = (place: Place): Stage[] => {
    const parts = partsOf(layout);
    const { stage, moments } = measure(place, layout, parts);
    const table = place.take(16 * layout.count);
    const [x, y] = [place.at('x'), place.at('y')];
    const [weight, bias] = byPlace ? [place.at('weight'), place.at('bias')] : [0, 0];
    const apply = jobsOf(parts, (part) => {
      const args = [x + 4 * part.from, y + 4 * part.from, part.units, part.length, table + 16 * part.unit];
      const own = 4 * part.within;
      return {
        calls: [byPlace ? ['standardiseBy', ...args, weight + own, bias + own] : ['standardise', ...args]],
        writes: runsOf(layout, part, y),
      };
    });
    return [stage, () => fillTable(place.floats(table, 4 * layout.count), norm, moments()), apply];
  };
  return { how: 'mean and variance by blocks, joined in float64, then one pass that scales', build };
}

/** dx = (g − mean(g) − x̂ · mean(g · x̂)) / σ with g = γ · dy; without the means where the statistics were known beforehand. */
function gradients(norm: Norm): Plan {
  const { layout, known } = norm;
  const build = (place: Place): Stage[] => {
    const parts = partsOf(layout);
    const measuring = known ? undefined : measure(place, layout, parts);
    const table = place.take(32 * layout.count);
    const slots = slotsOf(parts);
    const sums = place.take(16 * slots);
    const [x, dy, dx, dweight, dbias] = [
      place.at('x'),
      place.at('dy'),
      place.at('dx'),
      place.at('dweight'),
      place.at('dbias'),
    ] as const;
    let moments = known;
    const centre = (): void => {
      moments ??= measuring?.moments();
      const into = place.floats(table, 8 * layout.count);
      for (let unit = 0; unit < layout.count; unit++) into[8 * unit] = moments!.mean[layout.blockOf(unit)]!;
    };
    const finish = (): void => {
      const found = { parts, sums: place.doubles(sums, 2 * slots), moments: moments! };
      const { weight, bias } = fillGradientTable(place.floats(table, 8 * layout.count), norm, found);
      place.floats(dweight, weight.length).set(weight);
      place.floats(dbias, bias.length).set(bias);
      if (known) fillScales(place.floats(scales, 4 * layout.count), norm, known);
    };
    const summing = jobsOf(parts, ({ from, unit, units, length, slot }) => ({
      calls: [['gradientSums', x + 4 * from, dy + 4 * from, units, length, table + 32 * unit, sums + 16 * slot]],
    }));
    const scales = known ? place.take(16 * layout.count) : 0;
    const apply = jobsOf(parts, ({ from, unit, units, length }) => {
      const [at, to] = [dy + 4 * from, dx + 4 * from];
      // A value beside dy, which takes no part in it, may be infinite.
      if (known) return { calls: [['standardise', at, to, units, length, scales + 16 * unit]] };
      return { calls: [['standardiseGradient', x + 4 * from, at, to, units, length, table + 32 * unit]] };
    });
    return [...(measuring ? [measuring.stage] : []), centre, summing, finish, apply];
  };
  return { how: 'sums of the gradient by blocks, joined in float64, then one pass that scales', build };
}

/** As `fillTable`, of γ / σ alone. */
function fillScales(table: Float32Array, { layout, eps, weight }: Norm, { variance }: Moments): void {
  for (let unit = 0; unit < layout.count; unit++) {
    const a = inverseOf(variance[layout.blockOf(unit)]!, eps) * weight[layout.weightOf(unit)]!;
    table.set([0, a, 0, 0], 4 * unit);
  }
}

interface Found {
  readonly parts: readonly Part[];
  readonly sums: Float64Array;
  readonly moments: Moments;
}

/** m, w, g, a and b of every unit for (dy · w + g) · a + (x − m) · b; returns the gradients of γ and β. */
function fillGradientTable(table: Float32Array, { layout, eps, weight }: Norm, { parts, sums, moments }: Found) {
  const [dweight, dbias] = [new Float64Array(weight.length), new Float64Array(weight.length)];
  const [total, normals] = [new Float64Array(layout.blocks), new Float64Array(layout.blocks)];
  const rest = (b: number): number => moments.mean[b]! - Math.fround(moments.mean[b]!);
  for (const { unit, units, slot } of parts) {
    for (let i = 0; i < units; i++) {
      const [b, k] = [layout.blockOf(unit + i), layout.weightOf(unit + i)];
      const sum = sums[2 * (slot + i)]!;
      const normal = inverseOf(moments.variance[b]!, eps) * (sums[2 * (slot + i) + 1]! - rest(b) * sum);
      dweight[k]! += normal;
      dbias[k]! += sum;
      total[b]! += weight[k]! * sum;
      normals[b]! += weight[k]! * normal;
    }
  }
  for (let unit = 0; unit < layout.count; unit++) {
    const [b, k] = [layout.blockOf(unit), layout.weightOf(unit)];
    const inverse = inverseOf(moments.variance[b]!, eps);
    const count = moments.count[b]!;
    const slope = (-inverse * inverse * normals[b]!) / count;
    const mean = total[b]! / count - (rest(b) * inverse * normals[b]!) / count;
    table.set([moments.mean[b]!, weight[k]!, -mean, inverse, slope], 8 * unit);
  }
  return { weight: dweight, bias: dbias };
}

/** Every plane is a unit. */
function planesOf([n = 0, c = 1, h = 1, w = 1]: Shape): Units & { readonly c: number } {
  return { count: n * c, length: h * w, perPlane: 1, c };
}

const channelLayout = (x: Shape): Layout => {
  const { c, ...units } = planesOf(x);
  return { ...units, blocks: c, blockOf: (unit) => unit % c, weightOf: (unit) => unit % c };
};

/** Groups of neighbouring channels of one picture. */
const groupLayout = (x: Shape, groups: number): Layout => {
  const { c, ...units } = planesOf(x);
  const each = c / groups;
  return { ...units, blocks: units.count / each, blockOf: (unit) => Math.floor(unit / each), weightOf: (unit) => unit % c };
};

/** The last axes of one picture; γ and β are single numbers, or every place of a block has its own. */
function layerLayout(x: Shape, axes: number, byPlace: boolean): Layout {
  const [n = 0, c = 1, h = 1, w = 1] = x;
  const single = { weightOf: () => 0 };
  if (axes === 1) return { ...single, count: n * c * h, length: w, perPlane: h, blocks: n * c * h, blockOf: (unit) => unit };
  if (axes === 2 || c === 1) return { ...groupLayout(x, c), ...single };
  if (!byPlace) return { ...groupLayout(x, 1), ...single };
  // A whole picture is one unit, which holds several planes: its runs are none of one plane.
  return { ...single, count: n, length: c * h * w, perPlane: 1 / c, blocks: n, blockOf: (unit) => unit };
}

type Inputs = { readonly x: Given; readonly weight: Given; readonly bias: Given };

const layerOf = ({ x, weight, bias }: Inputs, { normalizedAxes, eps }: { normalizedAxes: number; eps: number }): Norm => {
  const byPlace = sizeOf(weight.shape) !== 1;
  const layout = layerLayout(x.shape, normalizedAxes, byPlace);
  return { layout, eps, weight: valuesOf(weight), bias: valuesOf(bias), byPlace };
};
const blockOf = ({ weight, bias }: Inputs, layout: Layout, eps: number): Norm => ({
  layout,
  eps,
  weight: valuesOf(weight),
  bias: valuesOf(bias),
});

type BatchInputs = Inputs & { readonly runningMean: Given; readonly runningVar: Given };
function batchOf(inputs: BatchInputs, { training, eps }: { training: boolean; eps: number }): Norm {
  const norm = blockOf(inputs, channelLayout(inputs.x.shape), eps);
  if (training) return norm;
  const mean = Float64Array.from(valuesOf(inputs.runningMean));
  const known = { mean, variance: Float64Array.from(valuesOf(inputs.runningVar)), count: mean };
  return { ...norm, known };
}

/** One pass with numbers that are known beforehand, one set for each channel. */
export function scaling(y: Shape, channels: number, fill: (table: Float32Array) => void, why: string): Plan {
  const pointwise = (place: Place): ReturnType<NonNullable<Plan['pointwise']>> => {
    const values = new Float32Array(4 * channels);
    fill(values);
    const table = place.put(values);
    return (x, to, { count, plane }) => [['standardise', x, to, 1, count, table + 16 * (plane % channels)]];
  };
  return mapping(y, pointwise, why);
}

const knownHow = 'one pass that scales and shifts, because mean and variance are known beforehand';

const refused = (eps: number): boolean => eps > 0 && eps < 1e-30;
const tiny = 'an epsilon below 1e-30 asks for float64 where values are all equal';
const measuredOr = (norm: Norm): Plan | string => (refused(norm.eps) ? tiny : measured(norm));
const gradientsOr = (norm: Norm): Plan | string => (refused(norm.eps) ? tiny : gradients(norm));

export const norms: readonly Planned[] = [
  planned(
    batchNorm,
    ({ inputs, params, outputs }) => {
      const norm = batchOf(inputs, params);
      const { known, layout } = norm;
      if (refused(params.eps)) return tiny;
      if (!known) return measured(norm);
      const channels = layout.blocks;
      const once = { ...norm, layout: { ...layout, count: channels } };
      return scaling(outputs.y ?? [], channels, (table) => fillTable(table, once, known), knownHow);
    },
    ({ inputs, params }) => gradientsOr(batchOf(inputs, params)),
  ),
  planned(
    instanceNorm,
    ({ inputs, params }) => measuredOr(blockOf(inputs, groupLayout(inputs.x.shape, inputs.x.shape[1] ?? 1), params.eps)),
    ({ inputs, params }) => gradientsOr(blockOf(inputs, groupLayout(inputs.x.shape, inputs.x.shape[1] ?? 1), params.eps)),
  ),
  planned(
    groupNorm,
    ({ inputs, params }) => measuredOr(blockOf(inputs, groupLayout(inputs.x.shape, params.numGroups), params.eps)),
    ({ inputs, params }) => gradientsOr(blockOf(inputs, groupLayout(inputs.x.shape, params.numGroups), params.eps)),
  ),
  planned(
    layerNorm,
    ({ inputs, params }) => measuredOr(layerOf(inputs, params)),
    ({ inputs, params }) => {
      const norm = layerOf(inputs, params);
      return norm.byPlace ? 'gradients of a γ and β for every place have no fast routine' : gradientsOr(norm);
    },
  ),
];
