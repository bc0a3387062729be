import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** MathML that the build made from the op's TeX. Where it is wider than its place it scrolls, by keyboard too. */
export function Formula({ mathml }: { mathml: string }) {
  const box = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useLayoutEffect(() => {
    const element = box.current;
    const math = new DOMParser().parseFromString(mathml, 'text/html').body.firstElementChild;
    if (!element || !math) return;
    element.replaceChildren(math);
    const observer = new ResizeObserver(() => setScrolls(element.scrollWidth > element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [mathml]);
  return <div class="formula" ref={box} tabIndex={scrolls ? 0 : undefined} />;
}
