import { describe, expect, it } from 'vitest';
import { cellNumber } from '../../../src/ui/controls/cells';
import { textsOf } from '../../../src/ui/inspect/cellViews';

describe('numbers in the cells of a kernel', () => {
  it('have their digits while cells have room for five letters', () => {
    expect(textsOf([0.25, -0.5, 1], 1, 3, cellNumber)).toEqual(['0.25', '−0.5', '1']);
    expect(textsOf([0.085, -0.07], 0.085, 5, cellNumber)).toEqual(['0.085', '−0.07']);
  });

  it('lose the zero before the point where one of them is longer', () => {
    expect(textsOf([0.085, -0.071, 0, Number.NaN], 0.13, 3, cellNumber)).toEqual(['.09', '−.07', '0', '']);
  });

  it('lose places where six to eleven of them stand side by side, but all of them the same', () => {
    expect(textsOf([0.0129, -0.0124], 0.0129, 7, cellNumber)).toEqual(['.01', '−.01']);
    expect(textsOf([0.00104, 0.00104], 0.00104, 11, cellNumber)).toEqual(['.001', '.001']);
    expect(textsOf([0.00104, 0.00112], 0.00112, 31, cellNumber)).toEqual(['.0010', '.0011']);
  });
});
