import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ops } from '../../src/core/registry';
import { filesBelow } from './files';

/** Words that are names of ops and something else, and what else. */
const ordinary: Readonly<Record<string, string>> = {
  grey: 'the look of a legend without hues',
  linear: 'a scale, a kind of interpolation',
};

it('nothing outside the core and the engines knows an op by name', () => {
  const names = Object.keys(ops).filter((name) => !(name in ordinary));
  const mentions = new RegExp(`['"\`](?:${names.join('|')})['"\`]`);
  const knowing = ['ui', 'lab', 'panel', 'popup', 'options', 'worker', 'image', 'messages', 'background', 'content', 'platform']
    .flatMap((part) => filesBelow(`src/${part}`, '.'))
    .filter((file) => /\.tsx?$/.test(file))
    .filter((file) => mentions.test(readFileSync(file, 'utf8')));
  expect(knowing).toEqual([]);
});
