import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { quickScenes } from '../../src/core/quick';
import { filesBelow, projectFiles } from './files';

type Words = Readonly<Record<string, { readonly message: string; readonly description?: string }>>;
const words = (locale: string): Words => JSON.parse(readFileSync(`assets/_locales/${locale}/messages.json`, 'utf8'));

const english = words('en');
const locales = readdirSync('assets/_locales');
const marks = (message: string): string[] => [...message.matchAll(/\$\d/g)].map(([mark]) => mark).sort();

describe.each(locales)('the words of "%s"', (locale) => {
  const own = words(locale);
  it('cover every English key, but for names of ops that core has in English', () => {
    const optional = /^op_/;
    expect(Object.keys(english).filter((key) => !optional.test(key) && !(key in own))).toEqual([]);
  });
  it('have no key that English lacks, but for names of ops', () =>
    expect(Object.keys(own).filter((key) => !key.startsWith('op_') && !(key in english))).toEqual([]));
  it('fill in the same places as the English ones', () => {
    const other = Object.keys(own).filter(
      (key) => key in english && marks(own[key]?.message ?? '').join() !== marks(english[key]?.message ?? '').join(),
    );
    expect(other).toEqual([]);
  });
  it('are not empty and do not shout', () =>
    expect(Object.keys(own).filter((key) => /^\s*$|!/.test(own[key]?.message ?? ''))).toEqual([]));
  it('have keys that browsers take', () => expect(Object.keys(own).filter((key) => !/^[A-Za-z0-9_@]+$/.test(key))).toEqual([]));
});

it('entries of the context menu have the names of their scenes', () => {
  const titles = Object.fromEntries(quickScenes.map(({ id, title }) => [`quick_${id}`, title]));
  expect(Object.fromEntries(Object.keys(titles).map((key) => [key, english[key]?.message]))).toEqual(titles);
});

it('every English text is used somewhere', () => {
  const code = [...filesBelow('src', '.'), 'manifest.json'].map((file) => readFileSync(file, 'utf8')).join('\n');
  const stems = Object.keys(english).filter((key) => !/^(?:op_|quick_|family_)/.test(key));
  const unused = stems.filter((key) => !code.includes(key) && !code.includes(key.replace(/_(?:one|other)$/, '')));
  expect(unused).toEqual([]);
});

it('no file names a folder of somebody’s machine', () => {
  const folders = /(?:^|[\s"'`(=:])(?:\/(?:work|root|home|Users|tmp)\/[\w.-]+|[A-Z]:\\Users)/;
  const text = projectFiles().filter(
    (file) =>
      /\.(?:tsx?|mjs|json|md|html|css|svg|yml|sh)$|^\.ci\//.test(file) && !/^(?:package-lock\.json|test\/golden\/)/.test(file),
  );
  const naming = text.filter((file) => file !== 'test/repo/words.test.ts' && folders.test(readFileSync(file, 'utf8')));
  expect(naming).toEqual([]);
});
