import type english from '../../assets/_locales/en/messages.json';

type Globals = typeof globalThis & {
  readonly [name in 'browser' | 'chrome']?: { readonly i18n?: { getMessage(key: string, values?: string[]): string } };
};
const globals: Globals = globalThis;

/** A text of `_locales` in the browser's language, for background and content script. */
export function say(key: keyof typeof english, ...values: (string | number)[]): string {
  const i18n = (globals.browser ?? globals.chrome)?.i18n;
  return i18n?.getMessage(key, values.map(String)) || key;
}

/** The translation of a name that core has in English; `english` where there is none. */
export function named(key: string, english: string): string {
  return (globals.browser ?? globals.chrome)?.i18n?.getMessage(key) || english;
}
