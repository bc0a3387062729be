// The number over the updates, as a plot.

import type { Chart, Panel } from '../plots/plot';
import { t } from '../strings';
import { short } from './words';

/** From this ratio of the largest to the least on, equal distances are equal ratios by themselves. */
const LOGARITHMIC = 100;

/** Whether a logarithmic axis can show them; and whether it shows them better. */
export const hasLog = (amounts: readonly number[]): boolean => Math.min(...amounts) > 0;
export const wantsLog = (amounts: readonly number[]): boolean =>
  hasLog(amounts) && Math.max(...amounts) > LOGARITHMIC * Math.min(...amounts);

/** Before every update, and after the last one. */
export function amountChart(amounts: readonly number[], log = wantsLog(amounts)): Chart {
  const updates = amounts.length - 1;
  const x = Float64Array.from(amounts.keys());
  const [low, high] = [Math.min(...amounts), Math.max(...amounts)];
  const room = high > low ? (high - low) / 12 : Math.abs(high) / 12 || 1;
  const said = t('gradientCurveName', updates, short(amounts[0] ?? 0), short(amounts.at(-1) ?? 0));
  const panel: Panel = {
    id: 'amount',
    title: '',
    x: { label: t('gradientUpdates'), from: 0, to: updates, whole: true },
    y: log ? { label: 'L', from: low / 1.2, to: high * 1.2, log } : { label: 'L', from: low - room, to: high + room },
    axes: 'framed',
    shape: 'wide',
    layers: [{ kind: 'line', name: 'L', x, y: amounts, role: 'y' }],
    said,
  };
  return { title: t('gradientCurve'), columns: [[panel]], notes: [said], read: true, stem: 'convscope-loss' };
}
