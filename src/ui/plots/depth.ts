// The chart of a gradient on its way back through many layers.

import { type Activated, fallOf } from '../../core/depth';
import { opOf } from '../../core/registry';
import type { DepthAnswer } from '../../worker/inquiries/depth';
import { number, opTitle, t } from '../strings';
import type { Chart, Dash, Line } from './plot';
import { readText } from './scale';

const dashes: readonly Dash[] = ['solid', 'dashed', 'dotted'];

/** `activations` in the order of the answer's norms; beyond three kinds of line the hue of outputs tells the current step's one. */
export function depthChart(activations: readonly Activated[], { norms, width, height }: DepthAnswer): Chart {
  const lines = activations.flatMap(({ op }, i): Line[] => {
    const values = norms[i]?.weights;
    if (!values) return [];
    const dash = dashes[i];
    return [
      {
        kind: 'line',
        name: opTitle(opOf(op)),
        x: values.map((_, k) => k + 1),
        y: values.map((v) => (v > 0 && Number.isFinite(v) ? v : Number.NaN)),
        role: dash ? 'ink' : 'y',
        ...(dash && { dash }),
      },
    ];
  });
  const all = lines.flatMap(({ y }) => Array.from(y)).filter(Number.isFinite);
  const layers = Math.max(2, ...norms.map(({ weights }) => weights.length));
  const low = Math.floor(Math.log10(Math.min(...all, 1)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...all, Number.MIN_VALUE))));
  const said = activations.map(({ op }, i) => fallWords(opTitle(opOf(op)), norms[i]?.weights ?? []));
  return {
    title: t('plotDepth'),
    columns: [
      [
        {
          id: 'depth',
          title: '',
          x: { label: t('plotLayer'), from: 0.5, to: layers + 0.5, whole: true },
          y: { label: t('plotNormAxis'), from: 10 ** low, to: 10 ** high, log: true },
          axes: 'framed',
          shape: 'wide',
          layers: lines.flatMap((line) => [line, { ...line, kind: 'points' as const, name: '', small: true }]),
          said: said.join(' '),
        },
      ],
    ],
    notes: [...said, t('plotDepthPicture', number(width), number(height))],
    read: true,
    stem: 'convscope-depth',
  };
}

/** What one layer does to the gradient on its way back, on average. */
export function fallWords(title: string, norms: readonly number[]): string {
  if (norms.some((v) => !Number.isFinite(v))) return t('plotFallBroken', title);
  const [first = 0, last = 0] = [norms[0], norms.at(-1)];
  if (!(first > 0)) return t('plotFallZero', title, readText(last));
  const fall = fallOf(norms);
  return t('plotFall', title, readText(last), readText(first), Number.isFinite(fall) ? readText(fall) : '1');
}
