import { fonts, hairline, type Layout, type Mark, paper } from './figure';

/**
 * A layout as SVG: words as text, pictures as they are given (`data:` addresses, one for each panel). `name` and `about` are what a screen reader
 * says of it.
 */
export function figureSvg(layout: Layout, pictures: readonly string[], name: string, about: string): string {
  const { width, height, marks } = layout;
  const scales = marks.filter((mark) => mark.kind === 'scale');
  const gradients = scales.map(({ stops }, i) => {
    const at = (n: number): number => round((100 * n) / (stops.length - 1));
    return `<linearGradient id="scale${i}">${stops.map((stop, n) => `<stop offset="${at(n)}%" stop-color="${stop}"/>`).join('')}</linearGradient>`;
  });
  const drawn = (mark: Mark): string => {
    switch (mark.kind) {
      case 'picture':
        return `${outline(mark)}<image ${box(mark)} preserveAspectRatio="none"${mark.enlarged ? ' image-rendering="pixelated"' : ''} href="${pictures[mark.panel] ?? ''}"/>`;
      case 'scale':
        return `${outline(mark)}<rect ${box(mark)} fill="url(#scale${scales.indexOf(mark)})"/>`;
      case 'text':
        return `<text x="${round(mark.x)}" y="${round(mark.y)}" font-size="${mark.size}" font-weight="${mark.weight}" fill="${mark.fill}"${mark.end ? ' text-anchor="end"' : ''}>${escaped(mark.text)}</text>`;
    }
  };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="name about" font-family="${escaped(fonts)}">`,
    `<title id="name">${escaped(name)}</title>`,
    `<desc id="about">${escaped(about)}</desc>`,
    gradients.length > 0 ? `<defs>${gradients.join('')}</defs>` : '',
    `<rect width="${width}" height="${height}" fill="${paper}"/>`,
    ...marks.map(drawn),
    '</svg>',
    '',
  ]
    .filter((line, i, all) => line !== '' || i === all.length - 1)
    .join('\n');
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
const round = (n: number): number => Math.round(100 * n) / 100;
const box = ({ x, y, width, height }: Box): string =>
  `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`;
const outline = ({ x, y, width, height }: Box): string =>
  `<rect ${box({ x: x - 0.5, y: y - 0.5, width: width + 1, height: height + 1 })} fill="none" stroke="${hairline}"/>`;

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as XML holds it; letters that XML forbids are left out. */
export function escaped(text: string): string {
  const allowed = [...text].filter((letter) => {
    const code = letter.codePointAt(0) ?? 0;
    return code >= 32 ? !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff : code === 9 || code === 10;
  });
  return allowed.join('').replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);
}
