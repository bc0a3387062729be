import { expect, test } from 'vitest';
import { starterScene } from '../../../src/core/quick';
import { ops } from '../../../src/core/registry';
import { allLessons, lessonAddress, readAddress, writeAddress } from '../../../src/lab/address';

test('every op’s first scene survives the way through the address', () => {
  for (const name of Object.keys(ops)) {
    const scene = starterScene(name);
    expect(readAddress(writeAddress('sample-coffee', scene))).toEqual({
      picture: 'sample-coffee',
      batch: [],
      left: 0,
      scene,
      problem: null,
      lesson: null,
      refused: null,
    });
  }
});
test('an unknown problem in the address is not shown', () => {
  expect(readAddress('#problem=Call this number now').problem).toBeNull();
  expect(readAddress('#problem=pageForbids').problem).toBe('pageForbids');
});
test('a scene that does not parse is refused with a sentence, and the picture stays', () => {
  const address = readAddress(
    `#picture=abc&scene=${encodeURIComponent('{"version":1,"input":"unit","steps":[{"op":"nothing"}]}')}`,
  );
  expect(address.picture).toBe('abc');
  expect(address.scene).toBeNull();
  expect(address.refused).toContain('nothing');
});
test('a picture id with other characters than letters, digits, - and _ is none', () => {
  expect(readAddress('#picture=../../x').picture).toBeNull();
});
test('the ids of a batch survive the way through the address, and what is no id is left out', () => {
  const scene = starterScene('relu');
  expect(readAddress(writeAddress('a1', scene, ['a1', 'b2', 'c3'])).batch).toEqual(['a1', 'b2', 'c3']);
  expect(readAddress('#batch=a1.<b>..c3&left=2')).toMatchObject({ batch: ['a1', 'c3'], left: 2 });
  expect(readAddress('#left=many').left).toBe(0);
});
test('the address of a lesson names it, a passage, a state of its figure and the scene in it', () => {
  const scene = starterScene('relu');
  const address = readAddress(lessonAddress('sampling', { passage: 'up', state: 'down', scene, picture: 'sample-coffee' }));
  expect(address.lesson).toEqual({ id: 'sampling', data: null, passage: 'up', state: 'down' });
  expect([address.scene, address.picture]).toEqual([scene, 'sample-coffee']);
});
test('a lesson whose name is none leads to the list of lessons', () => {
  expect(readAddress('#lesson=<b>').lesson?.id).toBe(allLessons);
  expect(readAddress('#lesson=').lesson?.id).toBe(allLessons);
});
