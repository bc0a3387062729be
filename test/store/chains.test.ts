import { describe, expect, it } from 'vitest';
import { starterScene } from '../../src/core/quick';
import type { Scene } from '../../src/core/scene';
import { nameFrom, readChains, recentName, sameOps, savedName, sceneId, tooMany } from '../../src/store/chains';

const chain = (...ops: string[]): Scene => ({
  version: 1,
  input: 'unit',
  steps: ops.flatMap((op) => starterScene(op).steps),
});

describe('kept chains', () => {
  it('come back parsed: saved ones in the order of saving, recent ones newest first', () => {
    const [a, b] = [chain('conv2d', 'relu'), chain('maxPool2d')];
    const { saved, recent, broken } = readChains({
      [savedName('z')]: { name: 'First', scene: a, saved: 1 },
      [savedName('a')]: { name: 'Second', scene: b, saved: 2 },
      [recentName('old')]: { scene: a, used: 10 },
      [recentName('new')]: { scene: b, used: 20 },
      'setting:theme': 'dark',
    });
    expect(saved.map(({ id, name }) => [id, name])).toEqual([
      ['z', 'First'],
      ['a', 'Second'],
    ]);
    expect(saved[0]?.scene).toEqual(a);
    expect(recent.map(({ id }) => id)).toEqual(['new', 'old']);
    expect(broken).toEqual([]);
  });
  it('that cannot be read are left out with the reason, and the others stay', () => {
    const scene = chain('relu');
    const { saved, recent, broken } = readChains({
      [savedName('good')]: { name: 'Good', scene, saved: 1 },
      [savedName('op')]: { name: 'Of another time', scene: { ...scene, steps: [{ op: 'noSuchOp', params: {} }] }, saved: 2 },
      [savedName('null')]: null,
      [savedName('noName')]: { name: ' ', scene, saved: 3 },
      [recentName('bad')]: { scene: { version: 99 }, used: 1 },
    });
    expect(saved.map(({ name }) => name)).toEqual(['Good']);
    expect(recent).toEqual([]);
    expect(broken.map(({ name }) => name)).toEqual(['Of another time', savedName('null'), ' ']);
    expect(broken[0]?.why).toMatch(/expected one of .*received "noSuchOp"/);
    expect(broken[2]?.why).toMatch(/expected a name of at most 80 characters, received " "/);
  });
  it('bring a small picture along only where it is one', () => {
    const scene = chain('relu');
    const thumbs = [
      'data:image/webp;base64,AAAA',
      'javascript:alert(1)',
      'data:text/html;base64,AAAA',
      'https://x.test/a.png',
      5,
    ];
    const kept = Object.fromEntries(thumbs.map((thumb, i) => [recentName(`${i}`), { scene, used: 10 - i, thumb }]));
    expect(readChains(kept).recent.map(({ thumb }) => thumb ?? null)).toEqual([thumbs[0], null, null, null, null]);
  });
  it('without a time count as the oldest', () =>
    expect(readChains({ [recentName('x')]: { scene: chain('relu'), used: 'soon' } }).recent[0]?.used).toBe(0));
});

describe('the id of a scene', () => {
  it('is the same for the same scene and another for another setting', () => {
    const [a, b] = [chain('maxPool2d'), chain('maxPool2d')];
    expect(sceneId(a)).toBe(sceneId(b));
    expect(sceneId({ ...a, input: 'signed' })).not.toBe(sceneId(a));
  });
  it('differs for 2,000 scenes that differ in one number', () => {
    const ids = Array.from({ length: 2000 }, (_, n) =>
      sceneId({ version: 1, input: 'unit', steps: [{ op: 'pad', params: { n } }] }),
    );
    expect(new Set(ids).size).toBe(2000);
  });
});

it('scenes have the same ops when each step has, in order', () => {
  expect(sameOps(chain('relu', 'maxPool2d'), chain('relu', 'maxPool2d'))).toBe(true);
  expect(sameOps(chain('relu', 'maxPool2d'), chain('maxPool2d', 'relu'))).toBe(false);
  expect(sameOps(chain('relu'), chain('relu', 'relu'))).toBe(false);
});

it('of more recent chains than are kept the ones used longest ago are too many', () => {
  const recent = [3, 1, 4, 2].map((used) => ({ id: `u${used}`, scene: chain('relu'), used }));
  expect(tooMany(recent, 2)).toEqual(['u2', 'u1']);
  expect(tooMany(recent, 4)).toEqual([]);
});

it('a name is trimmed, in one line and at most 80 characters long', () => {
  expect(nameFrom('  my \n chain ')).toBe('my chain');
  expect(nameFrom('x'.repeat(200))).toHaveLength(80);
  expect(() => nameFrom('  ')).toThrow('received "  "');
});
