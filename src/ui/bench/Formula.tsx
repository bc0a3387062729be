import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { breakable } from './breakable';

/** MathML that the build made from the op's TeX. Where it is wider than its place it breaks; where a piece still is, it scrolls, by keyboard too. */
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
      if (isWider() && pieces.length > 1) element.replaceChildren(...pieces);
      setScrolls(isWider());
    };
    const observer = new ResizeObserver(lay);
    observer.observe(element);
    return () => observer.disconnect();
  }, [mathml]);
  return <div class="formula" ref={box} tabIndex={scrolls ? 0 : undefined} />;
}
