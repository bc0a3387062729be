// What a scheme says, for those who read it and those who hear it.

import { formatSize, plural, t } from '../strings';
import { channelsRead, explanationAt, type Focus, fromKey, isUnread, kindAt, type Lit, type Model } from './model';
import type { GridName } from './schemeLayout';

/** `Input 5 × 5` */
export function gridTitle({ height, width, view }: Model, grid: GridName): string {
  switch (grid) {
    case 'input':
      return t(view === 'filled' ? 'schemeFilledInput' : 'schemeInput', formatSize(width.length, height.length));
    case 'tap':
      return t(view === 'stamps' ? 'schemeStamp' : 'schemeWindow', formatSize(width.taps, height.taps));
    case 'output':
      return t('schemeOutput', formatSize(width.outputs, height.outputs));
  }
}

/** What belongs to the cell that is pointed at, in a sentence or two. Rows and columns count from 0, as in formulas. */
export function focusWords(model: Model, { on, row, column }: Focus, lit: Lit): string {
  switch (on) {
    case 'output':
      return outputWords(model, row, column, lit);
    case 'input':
      return inputWords(model, row, column, lit);
    case 'tap':
      return t('schemeTapIs', row, column, plural('schemeTapReads', countPixels(model, lit)));
  }
}

function countPixels(model: Model, { input }: Lit): number {
  return [...input].filter((key) => kindOf(model, key) === 'pixel').length;
}
const kindOf = (model: Model, key: string) => {
  const { row, column } = fromKey(key);
  return kindAt(model, row, column);
};

function outputWords(model: Model, row: number, column: number, lit: Lit): string {
  const kinds = [...lit.input].map((key) => kindOf(model, key));
  const count = (...wanted: string[]) => kinds.filter((kind) => wanted.includes(kind)).length;
  const pixels = count('pixel');
  const moved = explanationAt(model, row, column)?.terms.length === 1 && (model.numbers?.x.shape[1] ?? 1) > 1;
  const [channel] = moved ? channelsRead(model, row * model.width.outputs + column) : [];
  const sentences = [
    pixels > 0 ? plural('schemeOutputReads', pixels, row, column) : t('schemeOutputNothing', row, column),
    ...(channel === undefined ? [] : [t('schemeFromChannel', channel + 1)]),
    ...(count('zero') > 0 ? [plural('schemeOnZeros', count('zero'))] : []),
    ...(count('border') > 0 ? [plural('schemeOnBorder', count('border'))] : []),
    ...(count('beyond') > 0 ? [plural('schemeBeyond', count('beyond'))] : []),
  ];
  return sentences.join(' ');
}

function inputWords(model: Model, row: number, column: number, { output, tap }: Lit): string {
  const kind = kindAt(model, row, column);
  if (kind === 'border' || kind === 'beyond') return plural('schemeBorderFeeds', output.size);
  if (kind === 'zero') return plural('schemeZeroFeeds', output.size);
  if (isUnread(model, row, column)) return t('schemeInputUnread', row, column);
  const fed = plural('schemeInputFeeds', output.size, row, column);
  const cut = model.view === 'stamps' ? model.height.taps * model.width.taps - tap.size : 0;
  return cut > 0 ? `${fed} ${plural('schemeCut', cut)}` : fed;
}
