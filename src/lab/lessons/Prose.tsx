/** Text with *emphasis* and `symbols`; nothing else in it is markup. */
export function Prose({ text }: { text: string }) {
  return (
    <>
      {piecesOf(text).map((piece, i) => {
        const key = `${i} ${piece.text}`;
        if (piece.kind === 'emphasis') return <em key={key}>{piece.text}</em>;
        if (piece.kind === 'symbols')
          return (
            <bdi key={key} class="v" dir="ltr">
              {piece.text}
            </bdi>
          );
        return piece.text;
      })}
    </>
  );
}

interface Piece {
  readonly kind: 'plain' | 'emphasis' | 'symbols';
  readonly text: string;
}

/** A mark without its partner is itself. */
export function piecesOf(text: string): Piece[] {
  return text
    .split(/(\*[^*\n]+\*|`[^`\n]+`)/)
    .filter((part) => part !== '')
    .map((part) => {
      const inner = part.slice(1, -1);
      if (part.length > 2 && part.startsWith('*') && part.endsWith('*')) return { kind: 'emphasis', text: inner };
      if (part.length > 2 && part.startsWith('`') && part.endsWith('`')) return { kind: 'symbols', text: inner };
      return { kind: 'plain', text: part };
    });
}
