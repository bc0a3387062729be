import { describe, expect, it } from 'vitest';
import type { Scene, Step } from '../../../src/core/scene';
import { changeOf, duplicated, followed, inserted, lastOf, moved, removed, toggled } from '../../../src/ui/bench/chain';
import { Undo } from '../../../src/ui/bench/undo';

const step = (op: string, params = {}): Step => ({ op, params });
const scene = (...names: string[]): Scene => ({ version: 1, input: 'unit', steps: names.map((op) => step(op)) });
const names = ({ scene: { steps } }: { scene: Scene }) => steps.map(({ op, off }) => (off ? `(${op})` : op)).join(' ');

describe('edits of a chain', () => {
  const abc = scene('a', 'b', 'c');
  it.each([
    [inserted(abc, 1, [step('x'), step('y')]), 'a x y b c', 2],
    [inserted(abc, 3, [step('x')]), 'a b c x', 3],
    [inserted(scene(), 0, [step('x')]), 'x', 0],
    [removed(abc, 0), 'b c', 0],
    [removed(abc, 2), 'a b', 1],
    [removed(scene('a'), 0), '', 0],
    [moved(abc, 0, 2), 'b c a', 2],
    [moved(abc, 2, 0), 'c a b', 0],
    [moved(abc, 1, 9), 'a c b', 2],
    [moved(abc, 1, -1), 'b a c', 0],
    [duplicated(abc, 1), 'a b b c', 2],
    [toggled(abc, 1), 'a (b) c', 1],
    [toggled(toggled(abc, 1).scene, 1), 'a b c', 1],
  ])('%# gives %2$s with step %3$i selected', (edited, expected, current) => {
    expect(names(edited)).toBe(expected);
    expect(edited.current).toBe(current);
    expect(names({ scene: abc })).toBe('a b c');
  });
});

describe('a step that is followed through an edit', () => {
  const abc = scene('a', 'b', 'c');
  it('is found where it went, and what stands in its place where it is gone or changed', () => {
    expect(followed(abc, moved(abc, 0, 2).scene, 0)).toBe(2);
    expect(followed(abc, removed(abc, 0).scene, 2)).toBe(1);
    expect(followed(abc, removed(abc, 2).scene, 2)).toBe(1);
    expect(followed(abc, toggled(abc, 1).scene, 1)).toBe(1);
    expect(followed(abc, scene(), 1)).toBe(-1);
  });
  it('a copy is another step', () => {
    const twice = duplicated(abc, 1).scene;
    expect(twice.steps[1]).not.toBe(twice.steps[2]);
    expect(followed(twice, removed(twice, 1).scene, 2)).toBe(1);
  });
  it('the last step is selected of another chain, none anew of one that is changed in places', () => {
    expect(lastOf(abc, scene('x', 'y', 'z'))).toBe(2);
    expect(lastOf(abc, scene('x'))).toBe(0);
    expect(lastOf(abc, scene())).toBe(0);
    expect(lastOf(abc, toggled(abc, 1).scene)).toBeNull();
    expect(lastOf(abc, { ...abc, input: 'signed' })).toBeNull();
    expect(lastOf(scene('a'), scene('b'))).toBeNull();
  });
});

describe('what changed between two scenes', () => {
  const behind = step('b');
  const with_ = (params: Record<string, unknown>): Scene => ({ ...scene('a'), steps: [step('a', params), behind] });
  it('is named by step, op and parameter, so that a dragged slider is one change', () => {
    expect(changeOf(with_({ k: 1, s: 1 }), with_({ k: 2, s: 1 }))).toBe('0 a k');
    expect(changeOf(with_({ k: 2, s: 1 }), with_({ k: 3, s: 1 }))).toBe('0 a k');
    expect(changeOf(with_({ k: 2, s: 1 }), with_({ k: 2, s: 2 }))).toBe('0 a s');
  });
  it('is nothing that merges where steps come, go or are switched', () => {
    expect(changeOf(scene('a'), scene('a', 'b'))).toBeNull();
    expect(changeOf(scene('a'), scene('b'))).toBeNull();
    expect(changeOf(scene('a'), toggled(scene('a'), 0).scene)).toBeNull();
  });
});

describe('undo', () => {
  it('takes back 300 changes and does them again', () => {
    const undo = new Undo<number>();
    for (let i = 0; i < 300; i++) undo.record(i);
    let now = 300;
    for (; undo.canUndo.value; ) now = undo.undo(now) ?? now;
    expect(now).toBe(0);
    for (; undo.canRedo.value; ) now = undo.redo(now) ?? now;
    expect(now).toBe(300);
  });
  it('changes of one thing within a second are one; after a rest, or of another thing, they are not', () => {
    let clock = 0;
    const undo = new Undo<string>(() => clock);
    undo.record('start', 'size');
    clock = 600;
    undo.record('first', 'size');
    clock = 1200;
    undo.record('second', 'size');
    clock = 1300;
    undo.record('third', 'stride');
    clock = 9000;
    undo.record('fourth', 'stride');
    expect([undo.undo('fifth'), undo.undo('fourth'), undo.undo('third'), undo.undo('start')]).toEqual([
      'fourth',
      'third',
      'start',
      null,
    ]);
  });
  it('a change after going back ends the way forth', () => {
    const undo = new Undo<string>();
    undo.record('one');
    expect(undo.undo('two')).toBe('one');
    expect(undo.canRedo.value).toBe(true);
    undo.record('one');
    expect(undo.canRedo.value).toBe(false);
    expect(undo.redo('three')).toBeNull();
  });
});
