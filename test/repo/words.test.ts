import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bankPresets } from '../../src/core/bankPresets';
import { kernelPresets } from '../../src/core/kernels';
import { quickScenes } from '../../src/core/quick';
import { ops } from '../../src/core/registry';
import { catalogue } from '../../src/ui/told/catalogue';
import { filesBelow, projectFiles } from './files';

type Words = Readonly<Record<string, { readonly message: string; readonly description?: string }>>;
const words = (locale: string): Words => JSON.parse(readFileSync(`assets/_locales/${locale}/messages.json`, 'utf8'));

const english = words('en');
const locales = readdirSync('assets/_locales');
const marks = (message: string): string[] => [...message.matchAll(/\$\d/g)].map(([mark]) => mark).sort();

/** Keys of what declarations say in English: other languages have them, English need not. */
const declared: readonly string[] = [
  ...Object.values(ops).flatMap((op) => [
    ...['title', 'summary'].map((part) => `op_${op.name}_${part}`),
    ...Object.entries({ ...op.params, ...op.weights }).flatMap(([name, field]) => [
      `op_${op.name}_${name}_title`,
      `op_${op.name}_${name}_help`,
      ...('options' in field ? field.options.map((option) => `op_${op.name}_${name}_${option.replace(/\W/g, '_')}`) : []),
    ]),
  ]),
  ...[...kernelPresets, ...bankPresets].flatMap(({ name }) => [`kernel_${name}_title`, `kernel_${name}_shows`]),
  ...Object.keys(catalogue).map((key) => `said_${key}`),
  ...['Mean', 'Variance', 'Running_mean_after', 'Running_variance_after'].map((title) => `fact_${title}`),
];
const isDeclared = (key: string): boolean => /^(?:op|kernel|fact|said)_/.test(key);
/** The English key of a plural form that only other languages have. */
const inEnglish = (key: string): string => (key in english ? key : key.replace(/_(?:zero|one|two|few|many)$/, '_other'));

describe.each(locales)('the words of "%s"', (locale) => {
  const own = words(locale);
  it('cover every English key', () => {
    expect(Object.keys(english).filter((key) => !(key in own))).toEqual([]);
  });
  if (locale !== 'en')
    it('cover every word of ops and kernels, and every sentence, which core has in English', () => {
      expect(declared.filter((key) => !(key in own))).toEqual([]);
    });
  it('have no key that English and the declarations lack', () => {
    const known = (key: string) => inEnglish(key) in english || declared.includes(key);
    expect(Object.keys(own).filter((key) => !known(key) && !(locale === 'en' && isDeclared(key)))).toEqual([]);
  });
  it('fill in the same places as the English ones', () => {
    const other = Object.keys(own).filter((key) => {
      const source = english[inEnglish(key)]?.message;
      return source !== undefined && marks(own[key]?.message ?? '').join() !== marks(source).join();
    });
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
  const stems = Object.keys(english).filter((key) => !/^(?:op_|quick_|family_|lesson_|lessonFact_)/.test(key));
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
