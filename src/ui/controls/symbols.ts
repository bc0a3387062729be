// The symbols of a formula, as a person types them.

/** TeX commands by the symbol that they draw. */
const drawn: Readonly<Record<string, string>> = {
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  eta: 'η',
  theta: 'θ',
  lambda: 'λ',
  mu: 'μ',
  sigma: 'σ',
  Phi: 'Φ',
  varepsilon: 'ε',
  sum: '∑',
  sqrt: '√',
  frac: '/',
  tfrac: '/',
  lfloor: '⌊',
  lceil: '⌈',
  le: '≤',
  sim: '~',
  cdot: '·',
  cases: '{',
};
/** What else is typed for a symbol. */
const typed: Readonly<Record<string, string>> = {
  Σ: '∑',
  '⋆': '*',
  '∗': '*',
  '×': '*',
  '·': '*',
  '⋅': '*',
  '÷': '/',
  '²': '^2',
  '∼': '~',
  φ: 'Φ',
  ϵ: 'ε',
  '<=': '≤',
  '→': '',
};

/** Everything in a formula (TeX) that may be searched for: signs, Greek letters, names of functions, powers; `*` where weights multiply values. */
export function symbolsOf(tex: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, command = ''] of tex.matchAll(/\\([A-Za-z]+)/g)) {
    const symbol = drawn[command];
    if (symbol) found.add(symbol);
    else if (/^(?:max|min|ln|log|exp|tanh)$/.test(command)) found.add(command);
  }
  for (const [, name = ''] of tex.matchAll(/\\(?:operatorname|begin)\{([A-Za-z]+)\}/g))
    found.add(drawn[name] ?? name.toLowerCase());
  for (const sign of tex.replace(/\\[A-Za-z]+/g, ' ').match(/[|<>]/g) ?? []) found.add(sign);
  for (const [, base = '', power = ''] of tex.matchAll(/([A-Za-z}])\^\{?\s*([^{}\s]+)/g)) {
    if (base === 'e') found.add('e^').add('exp');
    if (power.startsWith('2')) found.add('^2');
  }
  // A weight right before a value: the sum of products that is written as a convolution.
  if (/\b[bw]_(?:\w|\{[^}]*\})(?:\\[,;]|\s)*(?:x_|[bw]_)/.test(tex)) found.add('*');
  return found;
}

/** The symbol that was typed; null where a word is none. A letter of our own alphabet alone is none: it would be in every formula. */
export function symbolTyped(word: string): string | null {
  const bare = word.replace(/_.*$/, '');
  const symbol = typed[bare] ?? bare;
  if (/^e\^/.test(symbol)) return 'e^';
  if (/^(?:max|min|ln|log|exp|tanh|median|mean|sign|erf)$/i.test(symbol)) return symbol.toLowerCase();
  return symbol && !/^[\p{Script=Latin}\p{N}\s-]+$/u.test(symbol) ? symbol : null;
}
