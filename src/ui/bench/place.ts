// One place in both pictures, and the part of the pictures that is shown. Both are fractions, so that pictures of different size share them.

/** A point of a picture: 0 is its left or top edge, 1 its right or bottom edge. */
export interface Place {
  readonly u: number;
  readonly v: number;
}
/** What part of a picture is shown: from (u, v), 1/zoom of it in both directions. */
export interface Part extends Place {
  readonly zoom: number;
}
export interface Size {
  readonly width: number;
  readonly height: number;
}
export const whole: Part = { u: 0, v: 0, zoom: 1 };

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** The pixel of a picture of that size that lies at a place. */
export const pixelAt = ({ u, v }: Place, { width, height }: Size) => ({
  x: clamp(Math.floor(u * width), 0, width - 1),
  y: clamp(Math.floor(v * height), 0, height - 1),
});

/** The middle of a pixel; pixels outside the picture count as the nearest one inside. */
export const placeOf = (x: number, y: number, { width, height }: Size): Place => ({
  u: (clamp(x, 0, width - 1) + 0.5) / width,
  v: (clamp(y, 0, height - 1) + 0.5) / height,
});

/** The place that lies at a fraction of the area in which `part` is shown. */
export const within = (part: Part, fx: number, fy: number): Place => ({
  u: clamp(part.u + fx / part.zoom, 0, 1),
  v: clamp(part.v + fy / part.zoom, 0, 1),
});

export const mostZoom = 32;

/** Shows more or less, with `at` staying where it is on the screen. */
export function zoomed(part: Part, factor: number, at: Place): Part {
  const zoom = clamp(part.zoom * factor, 1, mostZoom);
  return bounded({ u: at.u - ((at.u - part.u) * part.zoom) / zoom, v: at.v - ((at.v - part.v) * part.zoom) / zoom, zoom });
}

/** Moves what is shown by fractions of the shown area. */
export const panned = (part: Part, dx: number, dy: number): Part =>
  bounded({ ...part, u: part.u + dx / part.zoom, v: part.v + dy / part.zoom });

/** Moves what is shown just so far that `at` is in it. */
export function revealing(part: Part, at: Place): Part {
  const size = 1 / part.zoom;
  return bounded({ ...part, u: clamp(part.u, at.u - size, at.u), v: clamp(part.v, at.v - size, at.v) });
}

const bounded = ({ u, v, zoom }: Part): Part => ({ u: clamp(u, 0, 1 - 1 / zoom), v: clamp(v, 0, 1 - 1 / zoom), zoom });
