// An inline SVG as a file of its own: what the page's style sheets do to it goes along as attributes of style.

const carried = `
  fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-dasharray
  stroke-dashoffset stroke-miterlimit opacity color display visibility transform transform-origin transform-box
  font-family font-size font-weight font-style text-anchor dominant-baseline letter-spacing stop-color
  stop-opacity clip-rule paint-order mix-blend-mode vector-effect
`
  .trim()
  .split(/\s+/);

/** The drawing with its computed style and size, as SVG bytes. */
export function svgBytes(svg: SVGSVGElement): Blob {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll('*')];
  const copies = [copy, ...copy.querySelectorAll('*')];
  originals.forEach((original, i) => {
    const style = getComputedStyle(original);
    const target = copies[i];
    if (target instanceof SVGElement) {
      target.setAttribute('style', carried.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';'));
    }
  });
  for (const script of copy.querySelectorAll('script')) script.remove();
  const { width, height } = svg.getBoundingClientRect();
  copy.style.removeProperty('transform');
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(Math.max(1, Math.round(width))));
  copy.setAttribute('height', String(Math.max(1, Math.round(height))));
  return new Blob([new XMLSerializer().serializeToString(copy)], { type: 'image/svg+xml' });
}
