import { describe, expect, it } from 'vitest';
import { quickScenes } from '../../src/core/quick';
import { chainEntry, entryKind, firstSettings, hintName, opEntry, readSettings, settingName } from '../../src/store/settings';

describe('settings', () => {
  it('are the first ones where nothing is kept', () => expect(readSettings({})).toEqual(firstSettings));
  it('come back as they were kept', () => {
    const kept = {
      [settingName('menu')]: ['relu', opEntry('conv2d'), chainEntry('1a2b'), 'maxPool'],
      [settingName('mapping')]: 'abs',
      [settingName('compare')]: 'split',
      [settingName('theme')]: 'dark',
      [hintName('a')]: true,
      [hintName('b')]: true,
    };
    expect(readSettings(kept)).toEqual({
      menu: ['relu', 'op:conv2d', 'chain:1a2b', 'maxPool'],
      mapping: 'abs',
      compare: 'split',
      theme: 'dark',
      hintsSeen: ['a', 'b'],
    });
  });
  it('that cannot be read are the first ones, each by itself', () => {
    const kept = {
      [settingName('mapping')]: 'rainbow',
      [settingName('theme')]: 3,
      [settingName('compare')]: 'side',
      [settingName('menu')]: {},
    };
    expect(readSettings(kept)).toEqual({ ...firstSettings, compare: 'side' });
  });
  it('of the menu lose entries that nobody knows and entries named twice', () => {
    const menu = ['relu', 'relu', 'op:noSuchOp', 'op:toString', 'chain:', 'chain:../x', 7, null, 'op:relu'];
    expect(readSettings({ [settingName('menu')]: menu }).menu).toEqual(['relu', 'op:relu']);
  });
  it('an empty menu stays empty', () => expect(readSettings({ [settingName('menu')]: [] }).menu).toEqual([]));
});

it('an entry says what it stands for', () => {
  expect(quickScenes.map(({ id }) => entryKind(id)?.kind)).toEqual(quickScenes.map(() => 'quick'));
  expect(entryKind('op:conv2d')).toEqual({ kind: 'op', name: 'conv2d' });
  expect(entryKind('chain:ab-1')).toEqual({ kind: 'chain', name: 'ab-1' });
  expect(entryKind('openInLab')).toBeNull();
});
