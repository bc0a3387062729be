import { describe, expect, it } from 'vitest';
import { Undo } from '../../../src/ui/bench/undo';

describe('a stroke', () => {
  it('is undone as one change, however long it takes, and alone', () => {
    let now = 0;
    const undo = new Undo<number>(() => now);
    undo.record(0, 'kernel');
    undo.stroke('begins');
    for (let state = 1; state < 6; state++) {
      undo.record(state, 'kernel');
      now += 5000;
    }
    undo.stroke('ends');
    undo.record(6, 'kernel');
    expect(undo.undo(7)).toBe(6);
    expect(undo.undo(6)).toBe(1);
    expect(undo.undo(1)).toBe(0);
    expect(undo.undo(0)).toBeNull();
    expect(undo.redo(0)).toBe(1);
  });
  it('in which nothing changes leaves no mark', () => {
    const undo = new Undo<number>(() => 0);
    undo.stroke('begins');
    undo.stroke('ends');
    expect(undo.canUndo.value).toBe(false);
  });
});
