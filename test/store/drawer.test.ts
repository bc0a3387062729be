import { describe, expect, it } from 'vitest';
import { before, type Drawer, memoryDrawer, webDrawer } from '../../src/store/drawer';

/** What a browser's `localStorage` does, in a map. */
function fakeStorage() {
  const kept = new Map<string, string>();
  return {
    kept,
    get length() {
      return kept.size;
    },
    key: (index: number) => [...kept.keys()][index] ?? null,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
}

describe.each<[string, () => Drawer]>([
  ['in memory', memoryDrawer],
  ['in localStorage', () => webDrawer(fakeStorage())],
  ['of a private window', () => before(memoryDrawer())],
])('a drawer %s', (_, open) => {
  it('gives back what was put, and not what was removed', async () => {
    const drawer = open();
    await drawer.put({ a: { n: 1 }, b: [2] });
    await drawer.remove(['b', 'never there']);
    expect(await drawer.all()).toEqual({ a: { n: 1 } });
  });
  it('tells every change until it is told to stop', async () => {
    const drawer = open();
    let told = 0;
    const stop = drawer.watch(() => {
      told++;
    });
    await drawer.put({ a: 1 });
    await drawer.remove(['a']);
    expect(told).toBe(2);
    stop();
    await drawer.put({ a: 2 });
    expect(told).toBe(2);
  });
});

it('two who put different names at once both keep theirs', async () => {
  const drawer = webDrawer(fakeStorage());
  await Promise.all([drawer.put({ a: 1 }), drawer.put({ b: 2 })]);
  expect(await drawer.all()).toEqual({ a: 1, b: 2 });
});

it('on a page shared with other programs only our own names are read and removed', async () => {
  const storage = fakeStorage();
  storage.setItem('theirs', '"x"');
  storage.setItem('convscope.broken', '{');
  const drawer = webDrawer(storage);
  await drawer.put({ a: 1 });
  expect(await drawer.all()).toEqual({ a: 1 });
  await drawer.remove(['theirs']);
  expect(storage.getItem('theirs')).toBe('"x"');
});

it('a private window reads what is kept and writes nothing there', async () => {
  const kept = memoryDrawer();
  await kept.put({ a: 1, b: 2 });
  const drawer = before(kept);
  await drawer.put({ a: 'own', c: 3 });
  await drawer.remove(['b']);
  expect(await drawer.all()).toEqual({ a: 'own', c: 3 });
  expect(await kept.all()).toEqual({ a: 1, b: 2 });
});
