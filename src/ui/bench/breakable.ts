// Where a formula may break: browsers break no MathML by themselves.

/** Before these a formula breaks, outside of fences, fractions and indices. */
const operators = new Set(['=', '+', '−', '∼']);
const isOperator = (part: Element): boolean => part.localName === 'mo' && operators.has((part.textContent ?? '').trim());

/** A space as wide as this ends a statement, in em. */
const quad = 1;
const isQuad = (part: Element): boolean =>
  part.localName === 'mspace' && Number.parseFloat(part.getAttribute('width') ?? '') >= quad;

/** Copies of the parts of which each may stand in a line of its own. */
export function breakable(math: Element): Element[] {
  const row = math.firstElementChild;
  if (math.childElementCount !== 1 || row?.localName !== 'mrow') return [inLine(math, [...math.children])];
  const lines: Element[][] = [];
  let before: Element | null = null;
  for (const part of row.children) {
    // Two operators in a row are one, as in `+=`.
    const breaks = !before || isQuad(before) || (isOperator(part) && !isOperator(before));
    if (breaks) lines.push([part]);
    else lines.at(-1)?.push(part);
    before = part;
  }
  return lines.map((parts) => inLine(math, parts));
}

function inLine(math: Element, parts: readonly Element[]): Element {
  const piece = document.importNode(math, false);
  piece.setAttribute('display', 'inline');
  piece.setAttribute('displaystyle', 'true');
  piece.append(...parts.map((part) => document.importNode(part, true)));
  const [first, second] = piece.children;
  // At the head of a piece it would be set as a sign, without space.
  if (first && isOperator(first)) {
    first.setAttribute('lspace', '0.28em');
    if (!second || !isOperator(second)) first.setAttribute('rspace', '0.28em');
  }
  return piece;
}
