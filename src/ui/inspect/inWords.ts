import type { Shown } from './shown';

/** Arithmetic in one line of text. */
export function inWords(shown: Shown): string {
  if (shown.kind === 'num') return shown.text;
  const parts = shown.of.map(inWords);
  const [a = '', b = ''] = parts;
  const fenced = (text: string) => (/[+−/]/.test(text.slice(1)) ? `(${text})` : text);
  switch (shown.kind) {
    case 'sum':
      return parts.length === 0 ? '0' : parts.join(' + ').replaceAll('+ −', '− ');
    case 'difference':
      return `${a} − ${fenced(b)}`;
    case 'product':
      return parts.map(fenced).join(' · ');
    case 'quotient':
      return `${fenced(a)} / ${fenced(b)}`;
    case 'power':
      return `${fenced(a)}^${fenced(b)}`;
    case 'root':
      return `√(${a})`;
    case 'exp':
      return `e^(${a})`;
    case 'ln':
    case 'g':
      return `${shown.kind}(${a})`;
    default:
      return `${shown.kind}(${[shown.before > 0 && '…', ...parts, shown.after > 0 && '…'].filter(Boolean).join(', ')})`;
  }
}
