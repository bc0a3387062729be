// Finding an op by what a person calls it.

import type { Family } from '../../core/op';
import { familyTitle, type Named, opSummary, opTitle, opWords } from '../strings';
import { symbolsOf, symbolTyped } from './symbols';

export type Findable = Pick<Named, 'name' | 'title' | 'summary'> & { readonly family: Family; readonly formula: string };

/** Lower case, without accents and hyphens: `Max-pool` is found by `maxpool` and `max pool`. */
export const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[-_\s]+/g, ' ')
    .trim();

/** What a person typed, word by word; a symbol of a formula stays as it is. */
const wordsOf = (query: string): Wanted[] =>
  query
    .trim()
    .split(/\s+/)
    .flatMap((typed) => {
      const symbol = symbolTyped(typed);
      const words = folded(typed).split(' ').filter(Boolean);
      return words.length > 0 ? words.map((word) => ({ word, symbol })) : symbol ? [{ word: symbol, symbol }] : [];
    });
interface Wanted {
  readonly word: string;
  readonly symbol: string | null;
}

/** The ops that every word of `query` leads to, or every symbol; those whose title begins with it come first, the order stays otherwise. */
export function findOps<T extends Findable>(all: readonly T[], query: string): T[] {
  const words = wordsOf(query);
  if (words.length === 0) return [...all];
  const ranked = all.map((op) => ({
    op,
    rank: folded(opTitle(op)).startsWith(words.map(({ word }) => word).join(' '))
      ? -1
      : Math.max(...words.map((word) => rankOf(op, word))),
  }));
  return ranked
    .filter(({ rank }) => rank < none)
    .sort((a, b) => a.rank - b.rank)
    .map(({ op }) => op);
}

/** Ops that lie together by family, as runs of the list. */
export function inFamilies<T extends Findable>(all: readonly T[]): { readonly family: Family; readonly members: readonly T[] }[] {
  return [...new Set(all.map((op) => op.family))].map((family) => ({
    family,
    members: all.filter((op) => op.family === family),
  }));
}

const none = 9;

function rankOf(op: Findable, { word, symbol }: Wanted): number {
  const title = folded(opTitle(op));
  const close = title.replaceAll(' ', '');
  if (title.startsWith(word) || close.startsWith(word)) return 0;
  const texts = [title, close, folded(op.name), folded(opWords(op)), folded(familyTitle(op.family)), folded(opSummary(op))];
  const at = texts.findIndex((text) => text.startsWith(word) || text.includes(` ${word}`));
  if (at >= 0) return 1 + at;
  if (symbol !== null && symbolsOf(op.formula).has(symbol)) return 7;
  return word.length > 2 && texts.slice(0, 4).some((text) => text.includes(word)) ? 8 : none;
}
