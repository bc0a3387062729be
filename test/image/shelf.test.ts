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
it('recent pictures come in the order of use, the same picture taken twice only once', async () => {
  const shelf = memoryShelf();
  await shelf.put(picture('a', 10));
  await shelf.put(picture('b', 20));
  await shelf.put({ ...picture('a2', 10), name: 'a.png' });
  await shelf.put({ ...picture('a3', 10), name: 'a.png', provenance: { how: 'screen' } });
  await shelf.get('b');
  expect((await shelf.recent()).map(({ id, bytes }) => [id, bytes])).toEqual([
    ['b', 20],
    ['a3', 10],
    ['a2', 10],
  ]);
});
it('a look at a picture is no use of it', async () => {
  const shelf = memoryShelf();
  await shelf.put(picture('a', 1));
  await shelf.put(picture('b', 2));
  expect((await shelf.peek('a'))?.id).toBe('a');
  expect((await shelf.recent()).map(({ id }) => id)).toEqual(['b', 'a']);
});
it('a small copy lies beside its picture until that goes', async () => {
  const shelf = memoryShelf();
  const small = new Blob(['small']);
  await shelf.put(picture('a', 1));
  await shelf.putSmall('a', small);
  await shelf.putSmall('gone', small);
  expect((await shelf.recent()).map((p) => p.small)).toEqual([small]);
  await shelf.get('a');
  expect((await shelf.recent())[0]?.small).toBe(small);
});
it('a picture put again stays passing, and keeps its small copy as long as its bytes seem the same', async () => {
  const shelf = memoryShelf();
  await shelf.put(picture('private', 3), true);
  await shelf.put(picture('private', 3));
  await shelf.removePassing();
  expect(await shelf.peek('private')).toBeNull();
  await shelf.put(picture('a', 3));
  await shelf.putSmall('a', new Blob(['small']));
  await shelf.put(picture('a', 3));
  expect((await shelf.recent())[0]?.small).not.toBeNull();
  await shelf.put(picture('a', 4));
  expect((await shelf.recent())[0]?.small).toBeNull();
});
it('pictures of private windows are found by id, listed nowhere, and go together', async () => {
  const shelf = memoryShelf();
  await shelf.put(picture('open', 5));
  await shelf.put(picture('private', 7), true);
  expect((await shelf.get('private'))?.id).toBe('private');
  expect((await shelf.recent()).map(({ id }) => id)).toEqual(['open']);
  expect(await shelf.usage()).toEqual({ count: 2, bytes: 12 });
  await shelf.removePassing();
  expect(await shelf.get('private')).toBeNull();
  expect(await shelf.usage()).toEqual({ count: 1, bytes: 5 });
});
