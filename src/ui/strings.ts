// Words for people: in the browser's language where there is a translation, else English: the browser's own, and bundled for the plain web
// page. Declarations of ops are English too.

import en from '../../assets/_locales/en/messages.json';
import type { Family } from '../core/op';
import type { Field } from '../core/schema';
import { isFromRight, type Language, languageFor } from './languages';

export type MessageKey = keyof typeof en;
/** A message in forms for one and for many: `rowsUnread` stands for `rowsUnread_one` and `rowsUnread_other`. */
export type PluralKey = MessageKey extends infer K ? (K extends `${infer Stem}_other` ? Stem : never) : never;

interface I18n {
  getMessage(key: string, substitutions?: string[]): string;
}
/** `browser.i18n` or `chrome.i18n` in an extension page; nothing in the Lab as a plain web page. */
function browserWords(): I18n | undefined {
  for (const name of ['browser', 'chrome']) {
    const extension: { readonly i18n?: I18n } | undefined = Reflect.get(globalThis, name);
    if (extension?.i18n) return extension.i18n;
  }
  return undefined;
}
const i18n = browserWords();
type Messages = Readonly<Record<string, { readonly message: string }>>;
const wordsOf = (messages: Messages) => new Map(Object.entries(messages).map(([key, { message }]) => [key, message]));
/** In the extension, of which the browser has every message, those alone that not everything has (`scripts/package/spoken.ts`). */
const english = wordsOf(en);
/** Of the plain web page, where no browser chooses the words. */
let spoken: { readonly locale: Language; readonly words: ReadonlyMap<string, string> } | null = null;

/** Takes the first of these languages that there is a translation for. For the plain web page; extension pages have the browser's choice. */
export async function speak(wanted: readonly string[], load: (locale: Language) => Promise<Messages>): Promise<void> {
  const found = i18n ? undefined : languageFor(wanted);
  // English is bundled, and stays where a translation does not come.
  if (!found || found === 'en') return;
  const messages = await load(found).catch(() => null);
  if (messages) spoken = { locale: found, words: wordsOf(messages) };
}

/** The message of a key, with `$1` to `$9` replaced. */
export const t = (key: MessageKey, ...subs: readonly (string | number)[]): string => message(key, subs.map(String)) ?? key;

/** The form of a message that the language uses for `n`; `$1` is `n`, the others follow. */
export function plural(key: PluralKey, n: number, ...subs: readonly (string | number)[]): string {
  const all = [number(n), ...subs].map(String);
  const form = new Intl.PluralRules(locale()).select(n);
  // French counts nothing as one; a message of one thing may not name the number.
  return message(`${key}_${form === 'one' && n === 0 ? 'other' : form}`, all) ?? message(`${key}_other`, all) ?? key;
}

const message = (key: string, subs: readonly string[]): string | undefined => {
  const told = dir() === 'rtl' ? subs.map(signed) : subs;
  return i18n?.getMessage(key, [...told]) || fill(spoken?.words.get(key) ?? english.get(key), told);
};
/** A number by itself in text from right to left: its sign would stand behind it. */
const signed = (sub: string): string => (/^[+−]/.test(sub) ? `\u2066${sub}\u2069` : sub);

/** The message of a key that need not be there. Firefox logs every key that it does not have: in English those are known. */
const find = (key: string): string | undefined => (english.has(key) || !locale().startsWith('en') ? message(key, []) : undefined);

/** What the catalogue of `told` has under a key, in the language of the page. */
export const saidIn = (key: string, values: readonly string[]): string | undefined => message(`said_${key}`, values);

/** Replaces `$1` to `$9` as the browser does; `$$` is a dollar. */
export const fill = (message: string | undefined, subs: readonly string[]): string | undefined =>
  message?.replace(/\$(\$|[1-9])/g, (_, mark: string) => (mark === '$' ? '$' : (subs[Number(mark) - 1] ?? '')));

/** The language of the interface's words: that of the browser may be one for which there are none. */
export const locale = (): string => i18n?.getMessage('locale') || spoken?.locale || 'en';
/** Where lines of the interface start. Pictures and matrices never turn round. */
export const dir = (): 'ltr' | 'rtl' => (isFromRight(locale()) ? 'rtl' : 'ltr');
/** An arrow from one name to the next, as lines run, whatever letters the names are written in. */
export const onward = (): string => (dir() === 'rtl' ? ' \u200f←\u200f ' : ' → ');

/** What naming an op and its parts needs of its declaration. */
export interface Named {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly params: Readonly<Record<string, Pick<Field, 'title' | 'help'>>>;
  readonly weights: Readonly<Record<string, { readonly title: string; readonly help: string }>>;
}

/** Heading of an op: `Max-pool`. */
export const opTitle = (op: Pick<Named, 'name' | 'title'>): string => find(`op_${op.name}_title`) ?? op.title;
/** What an op does, in one sentence. */
export const opSummary = (op: Pick<Named, 'name' | 'summary'>): string => find(`op_${op.name}_summary`) ?? op.summary;
/** Other words by which a person may look for an op. */
export const opWords = (op: Pick<Named, 'name'>): string => find(`op_${op.name}_words`) ?? '';
/** Label of a parameter or of a weight. */
export const paramTitle = (op: Named, name: string): string =>
  find(`op_${op.name}_${name}_title`) ?? op.params[name]?.title ?? op.weights[name]?.title ?? name;
/** The helpful sentence of a parameter or of a weight. */
export const paramHelp = (op: Named, name: string): string =>
  find(`op_${op.name}_${name}_help`) ?? op.params[name]?.help ?? op.weights[name]?.help ?? '';
/** An option of a choice: `nearest-exact` is `Nearest exact`. */
export function optionTitle(op: Pick<Named, 'name'>, name: string, option: string): string {
  const words = option.replace(/[-_]/g, ' ');
  return find(`op_${op.name}_${name}_${option.replace(/\W/g, '_')}`) ?? words.charAt(0).toUpperCase() + words.slice(1);
}
/** Name of a scene of the context menu. */
export const quickTitle = (quick: { readonly id: string; readonly title: string }): string =>
  find(`quick_${quick.id}`) ?? quick.title;
/** Heading and sentence of a kernel from the library. */
export const kernelTitle = ({ name, title }: { readonly name: string; readonly title: string }): string =>
  find(`kernel_${name}_title`) ?? title;
export const kernelShows = ({ name, shows }: { readonly name: string; readonly shows: string }): string =>
  find(`kernel_${name}_shows`) ?? shows;
/** What a step tells of its work: `Mean of the batch`. */
export const factTitle = (title: string): string => find(`fact_${title.replace(/\W+/g, '_')}`) ?? title;
/** A text of a lesson by its name: a passage, the thought behind an answer, a hint. */
export const lessonText = (lesson: string, name: string): string => message(`lesson_${lesson}_${name}`, []) ?? name;
export const familyTitle = (family: Family): string => t(`family_${family}`);

const thin = '\u202f';

/**
 * A number as it is shown: `−3.43`, `1 248`, `NaN`, `∞`. With `digits`, that many after the point;
 * without, as many as it has, at most six that count.
 */
export function number(n: number, digits?: number): string {
  if (Number.isNaN(n)) return 'NaN';
  const sign = n < 0 ? '−' : '';
  const size = Math.abs(n);
  if (size === Number.POSITIVE_INFINITY) return `${sign}∞`;
  const text = digits === undefined ? plain(size) : size.toFixed(digits);
  if (Number(text) === 0) return text;
  const [whole = '', rest] = text.split('.');
  const grouped = /^\d+$/.test(whole) ? whole.replace(/\B(?=(\d{3})+$)/g, thin) : whole;
  return sign + grouped + (rest === undefined ? '' : `.${rest}`);
}

function plain(size: number): string {
  if (size >= 1e15 || (size > 0 && size < 1e-6))
    return String(Number(size.toPrecision(6)))
      .replace('e-', 'e−')
      .replace('e+', 'e');
  if (Number.isInteger(size)) return String(size);
  const places = Math.max(0, Math.min(12, 5 - Math.floor(Math.log10(size))));
  return String(Number(size.toFixed(places)));
}

/** `451 × 300`: width first, as pictures are named. */
export const formatSize = (width: number, height: number): string => t('sizeOf', number(width), number(height));
/** `13.5`: millions of pixels, one digit after the point below 100. */
export const megapixels = (width: number, height: number): string => {
  const millions = (width * height) / 1e6;
  return number(millions >= 99.95 ? Math.round(millions) : Number(millions.toFixed(1)));
};

/** `1.2 MB`: as people count bytes, one digit after the point below 100. */
export function formatBytes(bytes: number): string {
  const thousands = bytes < 1000 ? 0 : bytes < 1e6 ? 1 : bytes < 1e9 ? 2 : 3;
  const size = bytes / 1000 ** thousands;
  return t(
    'bytesOf',
    number(size >= 99.95 || thousands === 0 ? Math.round(size) : Number(size.toFixed(1))),
    byteUnits[thousands] ?? '',
  );
}
const byteUnits = ['B', 'kB', 'MB', 'GB'] as const;
