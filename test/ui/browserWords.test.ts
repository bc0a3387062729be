import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, expect, it, vi } from 'vitest';

const wordsOf = (folder: string): Record<string, { message: string }> =>
  JSON.parse(readFileSync(`assets/_locales/${folder}/messages.json`, 'utf8'));

/** The strings of an extension page in a browser of that language, which takes the words of a folder. */
async function stringsIn(browser: { language: string; from: 'ltr' | 'rtl' }, folder: string) {
  const words = wordsOf(folder);
  const own: Record<string, string> = { '@@ui_locale': browser.language, '@@bidi_dir': browser.from };
  vi.stubGlobal('chrome', { i18n: { getMessage: (key: string) => own[key] ?? words[key]?.message ?? '' } });
  vi.resetModules();
  return import('../../src/ui/strings');
}
afterEach(() => vi.unstubAllGlobals());

it('every folder of words names its language', () => {
  for (const folder of readdirSync('assets/_locales')) expect(wordsOf(folder).locale?.message).toBe(folder);
});

it('a browser in a language without words has the language and the direction of the words that it takes', async () => {
  const { dir, locale, t } = await stringsIn({ language: 'he', from: 'rtl' }, 'en');
  expect([t('lessons'), locale(), dir()]).toEqual(['Lessons', 'en', 'ltr']);
});

it('names of ops come in the language of the other words, whatever the browser calls its own', async () => {
  const { dir, locale, opTitle } = await stringsIn({ language: 'en_US', from: 'ltr' }, 'ar');
  expect([locale(), dir()]).toEqual(['ar', 'rtl']);
  expect(opTitle({ name: 'conv2d', title: 'Convolution' })).toBe(wordsOf('ar').op_conv2d_title?.message);
});
