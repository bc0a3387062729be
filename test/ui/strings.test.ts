import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ops } from '../../src/core/registry';
import {
  fill,
  formatSize,
  megapixels,
  number,
  opTitle,
  optionTitle,
  paramHelp,
  paramTitle,
  plural,
  t,
} from '../../src/ui/strings';

const root = new URL('../../', import.meta.url);
const english: Record<string, { message: string }> = JSON.parse(
  readFileSync(new URL('assets/_locales/en/messages.json', root), 'utf8'),
);

describe('number', () => {
  it.each([
    [-3.43, undefined, '−3.43'],
    [1248, undefined, '1\u202f248'],
    [-1234567.5, undefined, '−1\u202f234\u202f568'],
    [0, undefined, '0'],
    [-0, undefined, '0'],
    [1 / 3, undefined, '0.333333'],
    [0.1 + 0.2, undefined, '0.3'],
    [0.00001, undefined, '0.00001'],
    [1.5e-7, undefined, '1.5e−7'],
    [1.68, 2, '1.68'],
    [-0.001, 2, '0.00'],
    [12345.678, 1, '12\u202f345.7'],
    [Number.NaN, undefined, 'NaN'],
    [Number.NEGATIVE_INFINITY, undefined, '−∞'],
  ])('%d with %s digits is written %s', (value, digits, expected) => {
    expect(number(value, digits)).toBe(expected);
  });
});

describe('sizes', () => {
  it('are named width first', () => expect(formatSize(451, 300)).toBe('451 × 300'));
  it('of pictures have one digit in megapixels below 100 and none above', () => {
    expect(megapixels(4510, 3000)).toBe('13.5');
    expect(megapixels(12000, 11000)).toBe('132');
    expect(megapixels(10000, 9998)).toBe('100');
    expect(megapixels(4000, 3000)).toBe('12');
  });
});

describe('messages', () => {
  it('take their values in the order of the message', () => {
    expect(t('notANumber', 'Stride', '3q', '2')).toBe('Stride is not a number: "3q". The old value 2 stays.');
    expect(fill('$2 before $1, $$3', ['a', 'b'])).toBe('b before a, $3');
  });
  it('have a form for one and a form for many', () => {
    expect(plural('columnsUnread', 1)).toBe('The last column is not read.');
    expect(plural('columnsUnread', 4)).toBe('The last 4 columns are not read.');
  });
  it('have keys that Chrome accepts and that differ in more than case', () => {
    const keys = Object.keys(english);
    expect(keys.filter((key) => !/^[A-Za-z0-9_@]+$/.test(key))).toEqual([]);
    expect(new Set(keys.map((key) => key.toLowerCase())).size).toBe(keys.length);
    expect(keys).toEqual([...keys].sort());
  });
  it('have no exclamation marks, no hyphen for a minus and no word breaks by hand', () => {
    const bad = Object.entries(english).filter(([, { message }]) => /!|\n|(^|\s)-\d/.test(message));
    expect(bad.map(([key]) => key)).toEqual([]);
  });
  it('exist for every key that the source asks for', () => {
    const missing = [...sources('src/')].flatMap(([file, text]) =>
      [...text.matchAll(/\b(t|plural)\('(\w+)'/g)]
        .map(([, call, key]) => (call === 'plural' ? `${key}_other` : `${key}`))
        .filter((key) => !(key in english))
        .map((key) => `${file}: ${key}`),
    );
    expect(missing).toEqual([]);
  });
});

describe('names of ops', () => {
  it('come from the declarations', () => {
    const op = ops.maxPool2d!;
    expect(opTitle(op)).toBe('Max-pool');
    expect(paramTitle(op, 'kernelSize')).toBe('Kernel');
    expect(paramHelp(op, 'kernelSize')).toMatch(/^Height and width/);
    expect(paramTitle(ops.conv2d!, 'bias')).toBe('Bias');
  });
  it('make words of options', () => expect(optionTitle(ops.interpolate!, 'mode', 'nearest-exact')).toBe('Nearest exact'));
});

function* sources(folder: string): Generator<[string, string]> {
  for (const entry of readdirSync(new URL(folder, root), { withFileTypes: true })) {
    const path = `${folder}${entry.name}`;
    if (entry.isDirectory()) yield* sources(`${path}/`);
    else if (/\.tsx?$/.test(entry.name)) yield [path, readFileSync(new URL(path, root), 'utf8')];
  }
}
