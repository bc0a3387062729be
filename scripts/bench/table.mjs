// Measurements as lines of text.
import { bestRival, geometricMean, lead } from './numbers.mjs';

export const milliseconds = (ms) => (ms === null ? '-' : ms < 10 ? ms.toFixed(2) : ms < 100 ? ms.toFixed(1) : ms.toFixed(0));
export const times = (ratio) => (ratio === null ? '-' : `${ratio.toFixed(ratio < 9.95 ? 2 : 1)}x`);
const toCopy = (row) => (row.convscope === null ? null : row.convscope / row.copy);

const columns = [
  ['row', (row) => row.name],
  ['size', (row) => row.size],
  ['threads', (row) => String(row.threads)],
  ['ConvScope', (row) => milliseconds(row.convscope)],
  ['ORT', (row) => milliseconds(row.rivals.ort)],
  ['tfjs', (row) => milliseconds(row.rivals.tfjs)],
  ['tfjs kept', (row) => milliseconds(row.kept ?? null)],
  ['OpenCV', (row) => milliseconds(row.rivals.opencv)],
  ['copy', (row) => milliseconds(row.copy)],
  ['best rival', (row) => bestRival(row)?.name ?? '-'],
  ['faster', (row) => times(lead(row))],
  ['copies', (row) => times(toCopy(row))],
];

/** Head and cells, as texts. */
export const cells = (rows) => [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, of]) => of(row)))];

/** A table for a terminal; `how` follows each row. */
export function table(rows) {
  const lines = cells(rows);
  const widths = columns.map((_, c) => Math.max(...lines.map((line) => line[c].length)));
  const padded = (line) => line.map((text, c) => (c < 2 ? text.padEnd(widths[c]) : text.padStart(widths[c]))).join('  ');
  return lines.map((line, i) => (i === 0 ? padded(line) : `${padded(line)}  ${rows[i - 1].how ?? ''}`)).join('\n');
}

/** The row as it is where the result of tfjs stays in its backend, out of JavaScript's reach. */
export const withKept = (row) => ({ ...row, rivals: { ...row.rivals, tfjs: row.kept ?? row.rivals.tfjs } });

/** How many times as fast as the best rival of each row, over all rows of one thread that have one. */
export function overall(rows) {
  const leads = rows.filter(({ threads }) => threads === 1).map(lead);
  return geometricMean(leads.filter((ratio) => ratio !== null));
}
