// The arithmetic of an output size, as MathML tokens and as sentences.

import type { AxisSize } from '../../core/op';
import { formatSize, plural, t } from '../strings';

export interface Token {
  readonly kind: 'mn' | 'mo' | 'mi';
  readonly text: string;
}

/** `⌊(451 + 0 − 6) / 6⌋ + 1` as numbers and operators; what adds nothing is left out. */
export function tokensOf(arithmetic: string): Token[] {
  const bare = arithmetic.replace(/ [+−] 0(?![\d.])/g, '');
  return [...bare.matchAll(/[\d.]+|[^\s\d.]/g)].map(([text]) => ({
    kind: /\d/.test(text) ? 'mn' : /\p{L}/u.test(text) ? 'mi' : 'mo',
    text,
  }));
}

const equals: Token = { kind: 'mo', text: '=' };

/** `width = ⌊(451 − 6) / 6⌋ + 1 = 75`; only the number where there is nothing to compute. */
export function equationOf(name: string, { arithmetic, output }: AxisSize): Token[] {
  const head: Token[] = [{ kind: 'mi', text: name }, equals];
  const left = tokensOf(arithmetic);
  if (left.length === 1 && left[0]?.text === String(output)) return [...head, ...left];
  return [...head, ...left, equals, { kind: 'mn', text: String(output) }];
}

/** Pieces between which a line may break: before `+`, `−` and `=` outside of brackets. */
export function piecesOf(tokens: readonly Token[]): Token[][] {
  const pieces: Token[][] = [];
  let depth = 0;
  for (const token of tokens) {
    const opens = depth === 0 && /[+−=]/.test(token.text) && token.kind === 'mo';
    if (opens || pieces.length === 0) pieces.push([]);
    pieces.at(-1)?.push(token);
    if (/[(⌊⌈]/.test(token.text)) depth++;
    if (/[)⌋⌉]/.test(token.text)) depth--;
  }
  return pieces;
}

/** What is left over at the end, and what windows reach beyond; empty when all is read once over. */
export function leftovers({ height, width }: { readonly height: AxisSize; readonly width: AxisSize }): string[] {
  const found: string[] = [];
  if (height.unread > 0 && height.unread === width.unread) found.push(plural('bothUnread', width.unread));
  else {
    if (width.unread > 0) found.push(plural('columnsUnread', width.unread));
    if (height.unread > 0) found.push(plural('rowsUnread', height.unread));
  }
  if (width.invented > 0) found.push(plural('columnsInvented', width.invented));
  if (height.invented > 0) found.push(plural('rowsInvented', height.invented));
  return found;
}

/** All of it in one line, for screen readers. */
export const spoken = (sizes: { readonly height: AxisSize; readonly width: AxisSize }): string =>
  [t('outputSize', formatSize(sizes.width.output, sizes.height.output)), ...leftovers(sizes)].join(' ');
