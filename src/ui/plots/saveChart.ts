import { download } from '../bench/save';
import { measureIn } from './measure';
import type { Chart } from './plot';
import { csvOf } from './readings';
import { pngOf, svgOf } from './svg';

/** Hands a chart over as a file. */
export async function saveChart(chart: Chart, format: 'svg' | 'png' | 'csv'): Promise<void> {
  const name = `${chart.stem}.${format}`;
  if (format === 'csv') return download(new Blob([csvOf(chart)], { type: 'text/csv;charset=utf-8' }), name);
  const svg = svgOf(chart, measureIn(12));
  download(format === 'png' ? await pngOf(svg) : new Blob([svg], { type: 'image/svg+xml' }), name);
}
