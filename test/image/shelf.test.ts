import { expect, it } from 'vitest';
import type { Picture } from '../../src/image/picture';
import { memoryShelf, newPictureId, openShelf } from '../../src/image/shelf';

const picture = (id: string, bytes: number, added = 0): Picture => ({
  id,
  name: `${id}.png`,
  blob: new Blob([new Uint8Array(bytes)]),
  provenance: { how: 'original' },
  added,
});
const ids = async (shelf: ReturnType<typeof memoryShelf>): Promise<string[]> => (await shelf.list()).map((p) => p.id);

it('a picture comes back whole, its listing without the pixels', async () => {
  const shelf = memoryShelf();
  const kept = picture('a', 3, 5);
  await shelf.put(kept);
  expect(await shelf.get('a')).toEqual(kept);
  expect(await shelf.list()).toEqual([{ id: 'a', name: 'a.png', provenance: { how: 'original' }, added: 5 }]);
  expect(await shelf.get('b')).toBeNull();
});
it('the listing is newest first, whatever was used last', async () => {
  const shelf = memoryShelf();
  for (const [id, added] of [
    ['old', 1],
    ['new', 3],
    ['middle', 2],
  ] as const)
    await shelf.put(picture(id, 1, added));
  await shelf.get('old');
  expect(await ids(shelf)).toEqual(['new', 'middle', 'old']);
});
it('a full shelf lets go what was used longest ago', async () => {
  const shelf = memoryShelf(100);
  for (const id of ['a', 'b', 'c']) await shelf.put(picture(id, 30));
  await shelf.get('a');
  await shelf.put(picture('d', 40));
  expect((await ids(shelf)).sort()).toEqual(['a', 'c', 'd']);
});
it('one picture larger than the shelf stays, alone', async () => {
  const shelf = memoryShelf(100);
  await shelf.put(picture('a', 10));
  await shelf.put(picture('b', 500));
  expect(await ids(shelf)).toEqual(['b']);
});
it('the same id again replaces, and is not counted twice', async () => {
  const shelf = memoryShelf(100);
  await shelf.put(picture('a', 60));
  await shelf.put(picture('b', 30));
  await shelf.put(picture('a', 70));
  expect((await ids(shelf)).sort()).toEqual(['a', 'b']);
});
it('remove takes one, clear all', async () => {
  const shelf = memoryShelf();
  for (const id of ['a', 'b', 'c']) await shelf.put(picture(id, 1));
  await shelf.remove('b');
  expect((await ids(shelf)).sort()).toEqual(['a', 'c']);
  await shelf.clear();
  expect(await ids(shelf)).toEqual([]);
});
it('without IndexedDB the shelf works in memory', async () => {
  const shelf = openShelf('test');
  await shelf.put(picture('a', 1));
  expect((await shelf.get('a'))?.name).toBe('a.png');
});
it('ids are 24 hexadecimal digits and differ', () => {
  const made = Array.from({ length: 100 }, newPictureId);
  expect(new Set(made).size).toBe(100);
  expect(made.every((id) => /^[0-9a-f]{24}$/.test(id))).toBe(true);
});
