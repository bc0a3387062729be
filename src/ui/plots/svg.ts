// A chart as a file: SVG on white paper with its title and notes, PNG of that, and its numbers.

import { fonts, paper, wrapped } from '../../image/export/figure';
import { escaped } from '../../image/export/figureSvg';
import { rasteriseSvg } from '../../image/svg';
import { dashes, printed } from './ink';
import { headOf, type Laid, layOut, leftOf, type Measure, type Room } from './layout';
import { type Mark, round } from './marks';
import type { Chart } from './plot';

const MARGIN = 24;
const GAP = 28;
const EM = 12;
const COLUMN = 440;
/** Pixels of a PNG for each unit. */
const SHARPNESS = 2;

/** A chart as SVG text, with `measure` for the widths of words. */
export function svgOf(chart: Chart, measure: Measure): string {
  const columns = laidOut(chart, { width: COLUMN, em: EM, measure });
  const inner = columns.length * COLUMN + GAP * (columns.length - 1);
  const body: string[] = [];
  let y = MARGIN;
  const write = (text: string, size: number, weight: number, leading: number, ink: 'ink' | 'faint'): void => {
    for (const line of wrapped(text, inner, (part) => measure(part, size / EM, weight > 400))) {
      y += leading;
      body.push(
        `<text x="${MARGIN}" y="${round(y - leading * 0.3)}" font-size="${size}" font-weight="${weight}" fill="${printed(ink)}">${escaped(line)}</text>`,
      );
    }
  };
  write(chart.title, 18, 600, 26, 'ink');
  y += 10;
  const top = y;
  for (const [i, column] of columns.entries()) {
    let at = top;
    for (const laid of column) {
      body.push(`<g transform="translate(${MARGIN + i * (COLUMN + GAP)} ${round(at)})">${drawn(laid)}</g>`);
      at += laid.height + GAP / 2;
    }
    y = Math.max(y, at);
  }
  for (const note of chart.notes) write(note, 12, 400, 17, 'faint');
  const [width, height] = [inner + 2 * MARGIN, Math.ceil(y + MARGIN)];
  const about = [...chart.columns.flat().map(({ title, said }) => [title, said].filter(Boolean).join(': ')), ...chart.notes].join(
    ' ',
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="name about" font-family="${escaped(fonts)}">
<title id="name">${escaped(chart.title)}</title>
<desc id="about">${escaped(about)}</desc>
<rect width="${width}" height="${height}" fill="${paper}"/>
${body.join('\n')}
</svg>
`;
}

/** Panels by column: those of a column have one left margin, those of a row start at one height where columns stand side by side. */
export function laidOut({ columns }: Pick<Chart, 'columns'>, room: Room): Laid[][] {
  const rows = Math.max(0, ...columns.map(({ length }) => length));
  const heads = Array.from({ length: rows }, (_, i) =>
    Math.max(...columns.map((panels) => (panels[i] ? headOf(panels[i], room).height : 0))),
  );
  return columns.map((panels) => {
    const left = Math.max(...panels.map((panel) => leftOf(panel, room)));
    return panels.map((panel, i) => layOut(panel, { ...room, left, head: heads[i] ?? 0 }));
  });
}

function drawn({ behind, inside, before, places: { box } }: Laid): string {
  const all = (marks: readonly Mark[]): string => marks.map(markSvg).join('');
  const window = `x="${round(box.x)}" y="${round(box.y)}" width="${round(box.width)}" height="${round(box.height)}"`;
  const view = `viewBox="${round(box.x)} ${round(box.y)} ${round(box.width)} ${round(box.height)}"`;
  return `${all(behind)}<svg ${window} ${view}>${all(inside)}</svg>${all(before)}`;
}

function markSvg(mark: Mark): string {
  switch (mark.kind) {
    case 'path': {
      const { d, stroke, fill, width = 1, dash } = mark;
      const dashed = dash && dashes[dash];
      const line =
        stroke === undefined
          ? ''
          : ` stroke="${printed(stroke)}" stroke-width="${width}" stroke-linejoin="round"${dashed ? ` stroke-dasharray="${dashed}"` : ''}`;
      return `<path d="${d}" fill="${fill === undefined ? 'none' : printed(fill)}" fill-rule="evenodd"${line}/>`;
    }
    case 'dot': {
      const paint = mark.open
        ? `fill="${paper}" stroke="${printed(mark.ink)}" stroke-width="1.5"`
        : `fill="${printed(mark.ink)}"`;
      return `<circle cx="${round(mark.x)}" cy="${round(mark.y)}" r="${round(mark.r)}" ${paint}/>`;
    }
    case 'text': {
      const { x, y, text, ink, size, strong, anchor } = mark;
      return `<text x="${round(x)}" y="${round(y)}" font-size="${round(size * EM)}"${strong ? ' font-weight="600"' : ''} fill="${printed(ink)}" text-anchor="${anchor}">${escaped(text)}</text>`;
    }
  }
}

/** The same in pixels, twice as large. */
export function pngOf(svg: string): Promise<Blob> {
  const [, width = 1, height = 1] = /width="(\d+)" height="(\d+)"/.exec(svg)?.map(Number) ?? [];
  return rasteriseSvg(new Blob([svg], { type: 'image/svg+xml' }), {
    width: width * SHARPNESS,
    height: height * SHARPNESS,
  });
}
