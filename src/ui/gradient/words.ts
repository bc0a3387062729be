// The sentences of the phases, with their numbers.

import { losses } from '../../core/losses';
import { opOf } from '../../core/registry';
import { sizeOf } from '../../core/tensor';
import type { Check } from '../../worker/inquiries/gradientCheck';
import type { Gradients, StepGradient } from '../../worker/inquiries/gradients';
import { formatSize, type MessageKey, number, opTitle, t } from '../strings';
import type { Position } from './phases';
import type { Found } from './state';
import type { Under } from './under';

/** Three digits that count. */
export const short = (value: number): string => number(Number(value.toPrecision(3)));
/** Six, where values are compared. */
export const exact = (value: number): string => number(Number(value.toPrecision(6)));
/** Two numbers with as many digits as tell their difference to four that count. */
export function apart(a: number, b: number): readonly [string, string] {
  const gap = Math.abs(a - b);
  const places = gap > 0 && Number.isFinite(gap) ? Math.min(16, Math.max(0, 3 - Math.floor(Math.log10(gap)))) : 6;
  return [number(a, places), number(b, places)];
}

/** The power of ten by which numbers of that size are shown; 0 where they fit into a cell as they are. */
export const powerOf = (peak: number): number =>
  peak === 0 || !Number.isFinite(peak) || (peak >= 0.1 && peak < 1000) ? 0 : Math.floor(Math.log10(peak));
/** A number over a power of ten, in few letters. */
export const scaled = (value: number, power: number): string => {
  const shown = value / 10 ** power;
  return number(shown, Math.abs(shown) >= 100 ? 0 : Math.abs(shown) >= 10 ? 1 : 2);
};
/** `⁻⁴`. */
export const raised = (power: number): string =>
  String(power)
    .replace('-', '⁻')
    .replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)] ?? '');
const percent = (share: number): string =>
  number(share > 0 && share < 0.01 ? Number((100 * share).toPrecision(1)) : Math.round(100 * share));

export const phaseTitles = {
  forward: 'gradientForward',
  amount: 'gradientAmount',
  backward: 'gradientBackward',
  update: 'gradientUpdate',
} as const satisfies Record<Position['phase'], MessageKey>;

const lossTitles: Readonly<Record<string, MessageKey>> = {
  mseLoss: 'gradientLossSquared',
  l1Loss: 'gradientLossAbsolute',
  binaryCrossEntropy: 'gradientLossCross',
  binaryCrossEntropyWithLogits: 'gradientLossLogits',
};
export const lossTitle = (name: string): string => {
  const key = lossTitles[name];
  return key ? t(key) : (losses[name]?.title ?? name);
};

/** `1 Convolution`. */
export function stepName({ steps }: Found, node: number): string {
  const step = steps[node];
  return step ? t('stepChoice', node + 1, opTitle(opOf(step.op))) : 'x';
}

/** On what all of it was computed. */
export function groundWords({ ground: { kind, area, factor }, nodes }: Gradients): string {
  const [, , height = 1, width = 1] = nodes[0]?.shape ?? [];
  if (kind === 'part') return t('gradientOnPart', formatSize(area.width, area.height));
  if (kind === 'reduced') return t('gradientOnReduced', factor, formatSize(width, height));
  return t('gradientOnWhole', formatSize(width, height));
}

/** What happens at a position, in one or two sentences. */
export function saysAt(found: Found, position: Position): string {
  switch (position.phase) {
    case 'forward':
      return saysForward(found.gradients);
    case 'amount':
      return saysAmount(found);
    case 'backward': {
      const step = found.gradients.steps[position.step ?? 0];
      return step ? saysBackward(found, step, position.step ?? 0) : '';
    }
    case 'update':
      return t('gradientSaysUpdate');
  }
}

function saysForward({ nodes }: Gradients): string {
  const values = nodes.slice(1).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  return t('gradientSaysForward', number(values));
}

function saysAmount({ gradients: { amount, nodes }, from: { origin } }: Found): string {
  const y = nodes.at(-1);
  const count = number(y ? sizeOf(y.shape) : 0);
  const largest = short(y?.gradient.largest ?? 0);
  if (origin.of === 'value')
    return t('gradientSaysValue', number(origin.column), number(origin.row), number(origin.channel + 1), exact(amount));
  if (origin.of === 'mean') return t('gradientSaysMean', number(origin.channel + 1), exact(amount), largest);
  return t('gradientSaysLoss', lossTitle(origin.loss), count, exact(amount), largest);
}

function saysBackward(found: Found, step: StepGradient, i: number): string {
  const { nodes } = found.gradients;
  const [dx, dy] = [nodes[i]?.gradient, nodes[i + 1]?.gradient];
  if (!dx || !dy) return '';
  const odd = dx.odd > 0 ? t('gradientSaysOdd', number(dx.odd)) : '';
  const passed = t('gradientSaysThrough', stepName(found, step.node), short(dy.norm), short(dx.norm), short(step.gain));
  return [passed, detail(step, dx.norm, dy.norm), odd].filter(Boolean).join(' ');
}

function detail({ how, pointwise, stopped, slopes, winners, weights }: StepGradient, dx: number, dy: number): string {
  if (dx === 0 && dy > 0) return t('gradientSaysEnd');
  if (winners) return t('gradientSaysWinners', percent(winners.share), number(winners.most));
  if (pointwise && slopes) {
    const [least, most] = slopes.map(short);
    const range = least === most ? t('gradientSaysSlope', least!) : t('gradientSaysSlopes', least!, most!);
    return stopped > 0 ? `${t('gradientSaysStopped', percent(stopped))} ${range}` : range;
  }
  if (how === 'sum') return t(weights.length > 0 ? 'gradientSaysWeighted' : 'gradientSaysShares');
  return t('gradientSaysTogether');
}

/** What a comparison with differences came to. */
export function saysCheck({ verdict, left, right, error }: Check): string {
  if (verdict === 'kink') return t('gradientKink', short(left), short(right));
  return verdict === 'agrees' ? t('gradientAgrees', error === 0 ? '0' : short(error)) : t('gradientDiffers', short(error));
}

/** Values of so many channels are told. */
const mostTold = 4;

/** The gradient of what is pointed at. */
export function saysUnder(told: NonNullable<Under['told']['value']>): string {
  if (told.of === 'weight')
    return t('gradientUnderWeight', told.title, number(told.at + 1), exact(told.value), exact(told.slope));
  const { column, row, slopes } = told;
  if (!slopes) return t('gradientUnderOutside', number(column), number(row));
  const values = slopes.slice(0, mostTold).map(short).join('  ');
  return t('gradientUnderPixel', number(column), number(row), slopes.length > mostTold ? `${values} …` : values);
}
