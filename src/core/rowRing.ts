/**
 * Keeps the last `length` rows that were worked out, so that windows that overlap share them.
 * `at` answers with the slot of a row, and fills it first when it holds another one.
 */
export class RowRing<T> {
  readonly #slots: { row: number; readonly value: T }[];
  readonly #fill: (row: number, into: T) => void;

  constructor(length: number, make: () => T, fill: (row: number, into: T) => void) {
    this.#slots = Array.from({ length }, () => ({ row: -1, value: make() }));
    this.#fill = fill;
  }

  at(row: number): T {
    const slot = this.#slots[row % this.#slots.length]!;
    if (slot.row !== row) {
      this.#fill(row, slot.value);
      slot.row = row;
    }
    return slot.value;
  }
}
