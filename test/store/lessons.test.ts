import { expect, it } from 'vitest';
import { isProgress, progressName, readProgress } from '../../src/store/lessons';

it('progress comes back as it was kept', () => {
  const kept = { [progressName('dying')]: { answered: true, solved: false } };
  expect([...readProgress(kept)]).toEqual([['dying', { answered: true, solved: false }]]);
});
it('what cannot be read is no progress, and a lesson that is not there has none', () => {
  const kept = { 'lesson:dying': 7, 'lesson:sums': { answered: 'yes' }, 'lesson:other': { answered: true } };
  expect([...readProgress(kept)]).toEqual([['sums', { answered: false, solved: false }]]);
});
it('only the names of lessons are those of progress', () => {
  expect(['lesson:gan', 'lesson:other', 'lesson:draft', 'work'].map(isProgress)).toEqual([true, false, false, false]);
});
