import { type Part, type Place, pixelAt, type Size } from './place';

/** The outline of the pixel at the place: a light and a dark edge, so that it is seen on any picture. */
export function Mark({ place, size, part, side }: { place: Place; size: Size; part: Part; side: 'input' | 'output' }) {
  const { x, y } = pixelAt(place, size);
  const percent = (fraction: number) => `${fraction * part.zoom * 100}%`;
  return (
    <i
      class={`mark ${side}`}
      style={{
        left: percent((x + 0.5) / size.width - part.u),
        top: percent((y + 0.5) / size.height - part.v),
        width: percent(1 / size.width),
        height: percent(1 / size.height),
      }}
    />
  );
}
