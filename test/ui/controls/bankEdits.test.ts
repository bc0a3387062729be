import { describe, expect, it } from 'vitest';
import { bankOf, frameFor, frameOf, sliceOf } from '../../../src/core/bank';
import { bankPresets } from '../../../src/core/bankPresets';
import type { Bank, KernelField } from '../../../src/core/op';
import type { Schema } from '../../../src/core/schema';
import { counted, isTied, presetBank, sameBank, sized, withKernel } from '../../../src/ui/controls/bankEdits';

/** Declarations of no op: the editor reads the layout, not a name. */
const field = (layout: 'OIHW' | 'IOHW', groups: number): KernelField<Schema> => ({
  kind: 'kernel',
  title: 'Kernel',
  help: '',
  default: [[1]],
  shape: () => [],
  bank: { layout, groups: () => groups },
});
const cases = [
  ['OIHW', 1],
  ['OIHW', 2],
  ['IOHW', 1],
  ['IOHW', 2],
] as const;

describe.each(cases)('edits of a bank laid out %s in %i groups', (layout, groups) => {
  const of = field(layout, groups);
  const frame = frameFor(of, [1, 4, 8, 8], {}, [1, 2], 6)!;
  const bank: Bank = bankOf(of, frame, (f, c) => [[10 * f, c]]);
  const again = (made: Bank) => frameOf(of, made, {})!;

  it('one kernel changes one kernel', () => {
    const edited = withKernel(of, bank, frame, { filter: 3, channel: 1 }, [[7, 7]]);
    for (let f = 0; f < 6; f++)
      for (let c = 0; c < frame.channels; c++)
        expect(sliceOf(of, edited, frame, f, c)).toEqual(f === 3 && c === 1 ? [[7, 7]] : [[10 * f, c]]);
  });
  it('all channels of a filter change together', () => {
    expect(isTied(of, bank, frame, 2)).toBe(false);
    const edited = withKernel(of, bank, frame, { filter: 2, channel: 'all' }, [[1, 2]]);
    expect(isTied(of, edited, frame, 2)).toBe(true);
    expect(isTied(of, edited, frame, 3)).toBe(false);
  });
  it('a kernel of another size takes the others along', () => {
    const edited = withKernel(of, bank, frame, { filter: 0, channel: 0 }, [
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ]);
    expect(again(edited)).toMatchObject({ rows: 3, columns: 3, filters: 6 });
    expect(sliceOf(of, edited, again(edited), 5, 0)).toEqual([
      [0, 0, 0],
      [50, 0, 0],
      [0, 0, 0],
    ]);
  });
  it('a smaller kernel gets a border of zeros, and the others lose nothing', () => {
    const wide = sized(of, bank, frame, [3, 4]);
    const edited = withKernel(of, wide, again(wide), { filter: 1, channel: 0 }, [[5, 6]]);
    expect(sliceOf(of, edited, again(edited), 1, 0)).toEqual([
      [0, 0, 0, 0],
      [0, 5, 6, 0],
      [0, 0, 0, 0],
    ]);
    expect(sliceOf(of, edited, again(edited), 2, 1)).toEqual(sliceOf(of, wide, again(wide), 2, 1));
  });
  it('another size keeps the middle of each', () => {
    const wider = sized(of, bank, frame, [1, 4]);
    expect(sliceOf(of, wider, again(wider), 1, 1)).toEqual([[0, 10, 1, 0]]);
  });
  it('more filters copy the last of their group, and fewer give the first back', () => {
    const more = counted(of, bank, frame, 8);
    expect(again(more).filters).toBe(8);
    const per = 8 / groups;
    expect(sliceOf(of, more, again(more), per - 1, 0)).toEqual(sliceOf(of, bank, frame, 6 / groups - 1, 0));
    expect(sameBank(counted(of, more, again(more), 6), bank)).toBe(true);
  });
  it('a preset is there once for every group', () => {
    const [preset] = bankPresets;
    const made = preset && presetBank(of, preset, frame);
    expect(made && again(made)).toMatchObject({ filters: 16 * groups, channels: 4 / groups, rows: 7, columns: 7 });
  });
});
