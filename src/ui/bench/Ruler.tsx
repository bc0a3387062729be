/** Ticks that count the picture's own pixels: a short one every `step`, a long one every fifth. */
export function Ruler({
  width,
  pixels,
  step,
  part,
}: {
  width: number;
  pixels: number;
  step: number;
  part: { u: number; zoom: number };
}) {
  const tick = (step * width * part.zoom) / pixels;
  return (
    <div class="ruler-clip" aria-hidden="true">
      <div
        class="ruler"
        style={{ '--step': `${tick}px`, width: `${part.zoom * 100}%`, marginInlineStart: `${-part.u * part.zoom * 100}%` }}
      />
    </div>
  );
}
