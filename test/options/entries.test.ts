import { describe, expect, it } from 'vitest';
import { quickScenes, starterScene } from '../../src/core/quick';
import { ops } from '../../src/core/registry';
import { addable, entryTitle, moved } from '../../src/options/entries';

const saved = [{ id: 'a1', name: 'Mine', scene: starterScene('relu'), saved: 1 }];

describe('the entries that can be added', () => {
  it('are all quick scenes, saved chains and ops that are not in the menu', () => {
    const values = addable([], saved).flatMap(({ options }) => options.map(({ value }) => value));
    expect(values.slice().sort()).toEqual(
      [...quickScenes.map(({ id }) => id), 'chain:a1', ...Object.keys(ops).map((name) => `op:${name}`)].sort(),
    );
    const rest = addable(['chain:a1', 'op:relu', 'relu'], saved).flatMap(({ options }) => options.map(({ value }) => value));
    expect(values.filter((value) => !rest.includes(value)).sort()).toEqual(['chain:a1', 'op:relu', 'relu']);
  });
  it('have titles, also a chain that is still there', () => {
    expect(['relu', 'op:conv2d', 'chain:a1', 'chain:gone', 'nonsense'].map((entry) => entryTitle(entry, saved))).toEqual([
      'ReLU',
      'Convolution',
      'Mine',
      null,
      null,
    ]);
  });
});

it.each([
  [0, 2, 'bcad'],
  [3, 0, 'dabc'],
  [1, 1, 'abcd'],
  [1, 9, 'acdb'],
  [2, -4, 'cabd'],
])('the entry at %i goes to %i: %s', (from, to, order) => expect(moved([...'abcd'], from, to).join('')).toBe(order));
