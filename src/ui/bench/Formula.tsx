import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { breakable } from './breakable';

/** The smallest that a piece is set, as a share of the text. */
const smallest = 0.8;

/** MathML that the build made from the op's TeX. Where it is wider than its place it breaks, and gets a little smaller; where that does not do, it scrolls, by keyboard too. */
export function Formula({ mathml }: { mathml: string }) {
  const box = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useLayoutEffect(() => {
    const element = box.current;
    const math = new DOMParser().parseFromString(mathml, 'text/html').body.firstElementChild;
    if (!element || !math) return;
    const pieces = breakable(math);
    const isWider = () => element.scrollWidth > element.clientWidth;
    const lay = () => {
      element.replaceChildren(math);
      if (isWider()) {
        size(pieces, 1);
        element.replaceChildren(...pieces);
        size(pieces, Math.max(smallest, Math.min(1, element.clientWidth / element.scrollWidth)));
      }
      setScrolls(isWider());
    };
    const observer = new ResizeObserver(lay);
    observer.observe(element);
    return () => observer.disconnect();
  }, [mathml]);
  return <div class="formula" dir="ltr" ref={box} tabIndex={scrolls ? 0 : undefined} />;
}

function size(pieces: readonly Element[], share: number): void {
  for (const piece of pieces) if (piece instanceof MathMLElement) piece.style.fontSize = share < 1 ? `${share}em` : '';
}
