import { expect, it } from 'vitest';
import { starterScene } from '../../src/core/quick';
import { readWork } from '../../src/lab/recent/work';

const work = {
  picture: 'abc-1',
  name: 'cat.png',
  scene: starterScene('relu'),
  step: 0,
  compare: 'split',
  from: 0,
  to: 1,
  mapping: 'abs',
  at: 5,
};

it('the last work comes back as it was kept', () => expect(readWork({ work })).toEqual(work));
it('there is no last work where none is kept, or where it cannot be read', () => {
  const bad = [undefined, null, 'x', { ...work, picture: '../x' }, { ...work, scene: { version: 9 } }, { ...work, picture: 4 }];
  expect(bad.map((found) => readWork({ work: found }))).toEqual(bad.map(() => null));
});
it('nodes that are none are the picture and the current step, as in work of older versions', () => {
  const { from, to, ...older } = work;
  expect(readWork({ work: older })).toMatchObject({ from: -1, to: null });
  expect(readWork({ work: { ...work, from: 0.5, to: -2 } })).toMatchObject({ from: -1, to: null });
});
it('a step that is no number is the first', () => expect(readWork({ work: { ...work, step: 'two' } })?.step).toBe(0));
