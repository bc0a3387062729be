// A bank of kernels: one for every filter and every channel that the filter reads, as nested lists in the tensor's own order.

import type { Bank, KernelField, Matrix, WeightValue } from './op';
import type { Params, Schema } from './schema';
import { imageAxes, type Shape } from './tensor';

/** Filters and channels of a bank, and where their kernels lie. */
export interface BankFrame {
  /** Channels of the result. */
  readonly filters: number;
  /** Channels that one filter reads. */
  readonly channels: number;
  readonly groups: number;
  readonly rows: number;
  readonly columns: number;
}

type Field = Pick<KernelField<Schema>, 'bank'>;

export const isMatrix = (value: WeightValue): value is Matrix =>
  Array.isArray(value) && Array.isArray(value[0]) && !Array.isArray(value[0][0]);
export const isBank = (value: WeightValue): value is Bank =>
  Array.isArray(value) && Array.isArray(value[0]) && Array.isArray(value[0][0]);

/** The shape of the tensor that a bank is. */
export const shapeOfBank = (bank: Bank): Shape => [
  bank.length,
  bank[0]?.length ?? 0,
  bank[0]?.[0]?.length ?? 0,
  bank[0]?.[0]?.[0]?.length ?? 0,
];

/** Null for an op whose kernel is one matrix only. */
export function frameOf(field: Field, bank: Bank, params: Params<Schema>): BankFrame | null {
  if (!field.bank) return null;
  const groups = field.bank.groups(params);
  const [a = 0, b = 0, rows = 0, columns = 0] = shapeOfBank(bank);
  const [filters, channels] = field.bank.layout === 'OIHW' ? [a, b] : [b * groups, Math.floor(a / groups)];
  return { filters, channels, groups, rows, columns };
}

/** Indices into the two outer lists. `channel` counts within the filter's group. */
function placeOf(
  field: Field,
  { filters, channels, groups }: BankFrame,
  filter: number,
  channel: number,
): readonly [number, number] {
  if (field.bank?.layout !== 'IOHW') return [filter, channel];
  const perGroup = filters / groups;
  return [Math.floor(filter / perGroup) * channels + channel, filter % perGroup];
}

/** The channel of the input that a filter reads as its `channel`-th. */
export const channelRead = ({ filters, channels, groups }: BankFrame, filter: number, channel: number): number =>
  Math.floor(filter / Math.max(1, filters / groups)) * channels + channel;

/** The kernel of one filter on one of the channels that it reads; zeros where there is none. */
export function sliceOf(field: Field, bank: Bank, frame: BankFrame, filter: number, channel: number): Matrix {
  const [a, b] = placeOf(field, frame, filter, channel);
  return bank[a]?.[b] ?? zeros(frame.rows, frame.columns);
}

/** A bank of kernels that a function names, filter by filter. */
export function bankOf(field: Field, frame: BankFrame, kernel: (filter: number, channel: number) => Matrix): Bank {
  const { filters, channels, groups } = frame;
  const [outer, inner] = field.bank?.layout === 'IOHW' ? [channels * groups, Math.round(filters / groups)] : [filters, channels];
  const made = Array.from({ length: outer }, () => new Array<Matrix>(inner).fill([]));
  for (let filter = 0; filter < filters; filter++)
    for (let channel = 0; channel < channels; channel++) {
      const [a, b] = placeOf(field, frame, filter, channel);
      const line = made[a];
      if (line) line[b] = kernel(filter, channel);
    }
  return made;
}

/** What a bank for `filters` outputs of a picture has to be like. @throws RangeError when the picture is none. */
export function frameFor(
  field: Field,
  x: Shape,
  params: Params<Schema>,
  [rows, columns]: readonly [number, number],
  filters?: number,
): BankFrame | null {
  if (!field.bank) return null;
  const groups = field.bank.groups(params);
  const all = imageAxes('kernel', x)[1];
  // As many filters as groups, or the next number that the groups divide.
  const count = Math.max(groups, Math.ceil((filters ?? groups) / groups) * groups);
  return { filters: count, channels: Math.max(1, Math.floor(all / groups)), groups, rows, columns };
}

const zeros = (rows: number, columns: number): Matrix => Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
