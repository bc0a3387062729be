/** How often values occur, from the low end of the scale to the high one, in the colours of the scale. Heights are square roots, so that rare values are seen. */
export function Histogram({ counts, diverging }: { counts: ArrayLike<number>; diverging: boolean }) {
  const bins = counts.length;
  const most = Math.max(1, ...Array.from(counts));
  const bar = (i: number): string => {
    const high = Math.sqrt((counts[i] ?? 0) / most) * 16;
    return high > 0 ? `M${i} 16v${(-Math.max(0.5, high)).toFixed(2)}h1V16z` : '';
  };
  const path = (from: number, to: number): string => Array.from({ length: to - from }, (_, i) => bar(from + i)).join('');
  return (
    <svg class="histogram" viewBox={`0 0 ${bins} 16`} preserveAspectRatio="none" aria-hidden="true">
      {diverging ? (
        <>
          <path class="minus" d={path(0, bins / 2)} />
          <path class="plus" d={path(bins / 2, bins)} />
        </>
      ) : (
        <path class="size" d={path(0, bins)} />
      )}
    </svg>
  );
}
