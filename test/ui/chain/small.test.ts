import { batch, signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import type { Scene, Step } from '../../../src/core/scene';
import { moved, removed, toggled } from '../../../src/ui/bench/chain';
import { carried, SmallViews } from '../../../src/ui/chain/small';
import type { StepReport } from '../../../src/worker/api';

const step = (op: string): Step => ({ op, params: {} });
const scene: Scene = { version: 1, input: 'unit', steps: [step('grey'), step('relu'), step('tanh')] };
const report = (node: number, name: string): StepReport => ({
  node,
  thumbnail: { width: 1, height: 1, rgba: new Uint8ClampedArray(4) },
  shape: [1, 1, 1, 1],
  min: 0,
  max: 1,
  ran: { op: name, engine: 'simd', how: '', ms: 1 },
});
const all = new Map([[-1, report(-1, 'input')], ...scene.steps.map(({ op }, node) => [node, report(node, op)] as const)]);
const shown = new Map([...all].map(([node, one]) => [node, { report: one, fresh: true }]));
const opsOf = (views: ReadonlyMap<number, { readonly report: StepReport; readonly fresh: boolean }>) =>
  [...views].map(([node, { report: told, fresh }]) => `${node} ${told.ran?.op}${fresh ? '' : ' old'}`);

describe('small views of steps after an edit', () => {
  it('move with their steps, and are out of date from the first change on', () => {
    expect(opsOf(carried(shown, scene, moved(scene, 2, 1).scene))).toEqual(['-1 input', '0 grey', '1 tanh old', '2 relu old']);
  });
  it('go with the step that is removed', () => {
    expect(opsOf(carried(shown, scene, removed(scene, 1).scene))).toEqual(['-1 input', '0 grey', '1 tanh old']);
  });
  it('stay, out of date, where a step is changed in its place', () => {
    expect(opsOf(carried(shown, scene, toggled(scene, 1).scene))).toEqual(['-1 input', '0 grey', '1 relu old', '2 tanh old']);
  });
  it('are all out of date with another range of the input', () => {
    expect(opsOf(carried(shown, scene, { ...scene, input: 'signed' }))).toEqual([
      '-1 input old',
      '0 grey old',
      '1 relu old',
      '2 tanh old',
    ]);
  });
});

describe('small views of a bench', () => {
  const bench = () => ({
    scene: signal(scene),
    reports: signal<ReadonlyMap<number, StepReport>>(all),
    busy: signal<object | null>(null),
    finished: signal(true),
  });
  it('are fresh as they are told, one by one', () => {
    const at = bench();
    const views = new SmallViews(at);
    batch(() => {
      at.scene.value = moved(scene, 2, 1).scene;
      at.busy.value = {};
      at.finished.value = false;
    });
    at.reports.value = new Map(all).set(1, report(1, 'tanh'));
    expect(opsOf(views.shown.value)).toEqual(['-1 input', '0 grey', '1 tanh', '2 relu old']);
    views.stop();
  });
  it('that the worker need not tell again count as told when the run is through', () => {
    const at = bench();
    const views = new SmallViews(at);
    const edit = (next: Scene) =>
      batch(() => {
        at.scene.value = next;
        at.busy.value = {};
        at.finished.value = false;
      });
    edit(removed(scene, 2).scene);
    edit(scene);
    expect(opsOf(views.shown.value)).toEqual(['-1 input', '0 grey', '1 relu']);
    batch(() => {
      at.busy.value = null;
      at.finished.value = true;
    });
    expect(opsOf(views.shown.value)).toEqual(['-1 input', '0 grey', '1 relu', '2 tanh']);
    views.stop();
  });
  it('are gone with another picture', () => {
    const at = bench();
    const views = new SmallViews(at);
    at.reports.value = new Map();
    expect(views.shown.value.size).toBe(0);
    views.stop();
  });
});
