// Sums over measurements.

/** The middle value; of an even count the mean of the two in the middle. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The value that `part` of the values (0 to 1) do not exceed. */
export function percentile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)];
}

/** The root of the product; of nothing, NaN. */
export function geometricMean(values) {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** The fastest rival of a row as { name, ms }, or null where no rival has it. */
export function bestRival({ rivals }) {
  const measured = Object.entries(rivals).filter(([, ms]) => ms !== null);
  if (measured.length === 0) return null;
  const [name, ms] = measured.reduce((best, one) => (one[1] < best[1] ? one : best));
  return { name, ms };
}

/** How many times as fast as the fastest rival, or null. */
export function lead(row) {
  const best = bestRival(row);
  return best === null || row.convscope === null ? null : best.ms / row.convscope;
}
