// Edits of a bank of kernels: one kernel, one filter, the number of filters, the size of all.

import { type BankFrame, bankOf, sliceOf } from '../../core/bank';
import type { BankPreset } from '../../core/bankPresets';
import type { Bank, KernelField, Matrix } from '../../core/op';
import type { Schema } from '../../core/schema';
import { resized, sameMatrix, sizeOfMatrix } from './matrix';

type Field = KernelField<Schema>;

/** Another kernel for one channel of a filter, or for all of its channels; a larger one makes all kernels larger, a smaller one gets a border of zeros. */
export function withKernel(
  field: Field,
  bank: Bank,
  frame: BankFrame,
  { filter, channel }: { readonly filter: number; readonly channel: number | 'all' },
  kernel: Matrix,
): Bank {
  const [h, w] = sizeOfMatrix(kernel);
  const [rows, columns] = [Math.max(h, frame.rows), Math.max(w, frame.columns)];
  const all = rows === frame.rows && columns === frame.columns ? bank : sized(field, bank, frame, [rows, columns]);
  const wider = { ...frame, rows, columns };
  const placed = h === rows && w === columns ? kernel : resized(kernel, [rows, columns]);
  return bankOf(field, wider, (f, c) =>
    f === filter && (channel === 'all' || c === channel) ? placed : sliceOf(field, all, wider, f, c),
  );
}

/** Every kernel at another size, around the same middle. */
export const sized = (field: Field, bank: Bank, frame: BankFrame, size: readonly [number, number]): Bank =>
  bankOf(field, { ...frame, rows: size[0], columns: size[1] }, (f, c) => resized(sliceOf(field, bank, frame, f, c), size));

/** More filters, each a copy of the last of its group, or fewer. */
export function counted(field: Field, bank: Bank, frame: BankFrame, filters: number): Bank {
  const [per, had] = [filters / frame.groups, frame.filters / frame.groups];
  return bankOf(field, { ...frame, filters }, (f, c) =>
    sliceOf(field, bank, frame, Math.floor(f / per) * had + Math.min(f % per, had - 1), c),
  );
}

/** Whether all channels of a filter have the same kernel. */
export function isTied(field: Field, bank: Bank, frame: BankFrame, filter: number): boolean {
  const first = sliceOf(field, bank, frame, filter, 0);
  return Array.from({ length: frame.channels }, (_, c) => sliceOf(field, bank, frame, filter, c)).every((one) =>
    sameMatrix(one, first),
  );
}

/** A preset for a picture of these channels, once for every group. */
export const presetBank = (field: Field, { kernel, filters }: BankPreset, frame: BankFrame): Bank =>
  bankOf(field, { ...frame, filters: filters * frame.groups }, (f, c) => kernel(f % filters, c, frame.channels));

export const sameBank = (a: Bank, b: Bank): boolean =>
  a === b ||
  (a.length === b.length &&
    a.every((line, i) => {
      const other = b[i];
      return line.length === other?.length && line.every((kernel, j) => sameMatrix(kernel, other[j] ?? []));
    }));
