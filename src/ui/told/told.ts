// Sentences that the core, the engines and the worker said in English, in the language of the page.

import { signal } from '@preact/signals';
import { locale, saidIn } from '../strings';

/** One template of the catalogue. */
interface Template {
  readonly key: string;
  readonly pattern: RegExp;
}
/** Recognises and translates; without a catalogue, which is loaded where the page is not English, sentences stay as they are. */
const templates = signal<readonly Template[] | null>(null);

/** The catalogue as patterns, those that say most in their own words first: the others match almost anything. */
export function patternsOf(catalogue: Readonly<Record<string, string>>): Template[] {
  const ownWords = (text: string): number => text.replace(/\$\d/g, '').length;
  return Object.entries(catalogue)
    .sort(([, a], [, b]) => ownWords(b) - ownWords(a))
    .map(([key, text]) => {
      const escaped = text.replace(/[.*+?^{}()|[\]\\]/g, '\\$&');
      return { key, pattern: new RegExp(`^${escaped.replace(/\$\d/g, '(.+?)')}$`) };
    });
}

/** Loads what a page needs that is not English. */
export async function readyTold(): Promise<void> {
  if (locale().startsWith('en') || templates.peek()) return;
  const { catalogue } = await import('./catalogue');
  templates.value = patternsOf(catalogue);
}

/** The same sentence in the language of the page; as it is where that is English, or the catalogue lacks it. */
export function told(english: string): string {
  const known = templates.value;
  return known ? translated(english, known, saidIn) : english;
}

/** Values that are phrases of the catalogue themselves are translated too. An op's identifier in front goes. */
export function translated(
  english: string,
  known: readonly Template[],
  words: (key: string, values: readonly string[]) => string | undefined,
): string {
  for (const text of [english, english.replace(/^[a-z][A-Za-z0-9]*: /, '')]) {
    for (const { key, pattern } of known) {
      const values = pattern.exec(text)?.slice(1);
      const said =
        values &&
        words(
          key,
          values.map((value) => translated(value, known, words)),
        );
      if (said) return said;
    }
  }
  return english;
}

void readyTold().catch(() => undefined);
