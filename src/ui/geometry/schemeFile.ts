// The scheme as an SVG file: light colours, with a title and a description for those who do not see it.

import { opOf } from '../../core/registry';
import { fonts } from '../../image/export/figure';
import { escaped } from '../../image/export/figureSvg';
import { download, fileStem } from '../bench/save';
import { opTitle, t } from '../strings';
import { digitMarks } from './digits';
import { gridMarks, litMarks, type Mark, type Role, stampMarks } from './marks';
import { layOutScheme } from './schemeLayout';
import type { SchemeState } from './state';
import { focusWords, gridTitle } from './words';

const hatch = 'url(#hatch)';
/** The page's style sheet in the light theme, as attributes: a file has no style sheet that all programs read. */
const looks: Readonly<Record<Role, string>> = {
  pixel: 'fill="#dcebfa" stroke="#8fb4dc"',
  zero: 'fill="#ffffff" stroke="#c9c7c2"',
  border: 'fill="none" stroke="#7f7d78" stroke-dasharray="3 3"',
  beyond: 'fill="none" stroke="#ad2015" stroke-dasharray="1 3"',
  unread: `fill="${hatch}" stroke="#7f7d78"`,
  tap: 'fill="#faebcb" stroke="#cfa75a"',
  output: 'fill="#d5ebdd" stroke="#7fb596"',
  stamped1: 'fill="#d3e3a8" stroke="none"',
  stamped2: 'fill="#84c494" stroke="none"',
  stamped3: 'fill="#3c9a8e" stroke="none"',
  stamped4: 'fill="#1f6a86" stroke="none"',
  stamped5: 'fill="#203a66" stroke="none"',
  'lit-input': 'fill="#1f7fdb" fill-opacity="0.45" stroke="#1663b8" stroke-width="1.5"',
  'lit-tap': 'fill="#c07a00" fill-opacity="0.45" stroke="#855200" stroke-width="1.5" stroke-dasharray="4 2"',
  'lit-output': 'fill="#17693f" fill-opacity="0.3" stroke="#17693f" stroke-width="2"',
  ring: 'fill="none" stroke="#1a1a18" stroke-width="1"',
  ray: 'stroke="#7f7d78" stroke-width="1"',
  strike: 'stroke="#7f7d78" stroke-width="1"',
  source: 'stroke="#ad2015" stroke-width="2"',
  digit: 'fill="#1a1a18" font-size="10" text-anchor="middle"',
  'digit-faint': 'fill="#65635e" font-size="10" text-anchor="middle"',
  'digit-bright': 'fill="#ffffff" font-size="10" text-anchor="middle"',
  title: 'fill="#1a1a18" font-size="11" font-weight="600"',
};

const drawn = (mark: Mark): string => {
  const look = looks[mark.role];
  switch (mark.kind) {
    case 'rect':
      return `<rect x="${mark.x}" y="${mark.y}" width="${mark.width}" height="${mark.height}" ${look}/>`;
    case 'line':
      return `<line x1="${mark.x}" y1="${mark.y}" x2="${mark.toX}" y2="${mark.toY}" ${look}/>`;
    case 'text':
      return `<text x="${mark.x}" y="${mark.y}" ${look}>${escaped(mark.text)}</text>`;
  }
};

/** What is drawn now; empty where nothing is. */
export function schemeSvg(state: SchemeState): string {
  const [model, focus, lit] = [state.model.peek(), state.focus.peek(), state.lit.peek()];
  const drawable = state.drawable.peek();
  if (!model || !focus || !lit || !drawable) return '';
  const layout = layOutScheme(model);
  const titles = { input: gridTitle(model, 'input'), tap: gridTitle(model, 'tap'), output: gridTitle(model, 'output') };
  const at = model.view === 'stamps' && !state.pointed.peek() ? state.at.peek() : null;
  const numbered = state.numbered.peek();
  const marks = [
    ...gridMarks(model, layout, titles),
    ...stampMarks(model, layout, at ?? Number.POSITIVE_INFINITY, !numbered),
    ...litMarks(model, layout, lit, focus.on),
    ...(numbered ? digitMarks(model, layout, state.channel.peek(), focus, lit, at) : []),
  ];
  const { width, height } = layout;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="name about" font-family="${escaped(fonts)}">`,
    `<title id="name">${escaped(t('schemeOf', opTitle(opOf(drawable.step.op))))}</title>`,
    `<desc id="about">${escaped([...Object.values(titles).map((title) => `${title}.`), focusWords(model, focus, lit)].join(' '))}</desc>`,
    '<defs><pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="4" height="4" fill="#ffffff"/><line x1="0" y1="0" x2="0" y2="4" stroke="#b5b3ad"/></pattern></defs>',
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...marks.map(drawn),
    '</svg>',
    '',
  ].join('\n');
}

export function saveScheme(state: SchemeState): void {
  const { picture, scene, current } = state.bench;
  const name = `${fileStem(picture.peek()?.name ?? '', scene.peek(), current.peek())}-scheme.svg`;
  download(new Blob([schemeSvg(state)], { type: 'image/svg+xml' }), name);
}
