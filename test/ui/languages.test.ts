import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isFromRight, languageFor, languages } from '../../src/ui/languages';

it('the list of languages is that of the folder of words', () => {
  expect([...languages].sort()).toEqual(readdirSync('assets/_locales').sort());
});

describe('the language of a page', () => {
  it('is the first wanted one that there are words for, region or not', () => {
    expect(languageFor(['xx', 'en-GB', 'en'])).toBe('en');
    expect(languageFor(['en'])).toBe('en');
  });
  it('is none where there are words for none of them', () => expect(languageFor(['xx', 'tlh'])).toBeUndefined());
  it('starts on the right in Arabic, Persian, Hebrew and Urdu', () => {
    expect(['ar', 'fa-IR', 'he', 'ur', 'en', 'de-AT'].map(isFromRight)).toEqual([true, true, true, true, false, false]);
  });
});
