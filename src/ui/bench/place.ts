// One place in both pictures, and the part of the pictures that is shown. Both are fractions, so that pictures of different size share them.

/** A point of a picture: 0 is its left or top edge, 1 its right or bottom edge. */
export interface Place {
  readonly u: number;
  readonly v: number;
}
/** What part of a picture is shown: (u, v) lies in the middle, and it is `zoom` times as large as where all of it fits. */
export interface Part extends Place {
  readonly zoom: number;
}
export interface Size {
  readonly width: number;
  readonly height: number;
}
/** An area of the page in which a picture of a size is shown; CSS px. */
export interface Shown {
  readonly port: Size;
  readonly size: Size;
}
/** Where a picture lies, in CSS px from the corner of its port. */
export interface Laid extends Size {
  readonly left: number;
  readonly top: number;
}
export const whole: Part = { u: 0.5, v: 0.5, zoom: 1 };

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

/** CSS px per pixel of the picture where all of it fits. */
export const fitting = ({ port, size }: Shown): number => Math.min(port.width / size.width, port.height / size.height);

/** CSS px per pixel of the picture, at most. */
const mostScale = 64;

/** How far one can zoom: out to the whole picture or its true size, in to 6400 %. */
export function zooms(shown: Shown): { readonly least: number; readonly most: number } {
  const fit = fitting(shown);
  return { least: Math.min(1, 1 / fit), most: Math.max(1, mostScale / fit) };
}

/** The picture in its port: never further away from an edge than it must be. */
export function laid({ u, v, zoom }: Part, shown: Shown): Laid {
  const { port, size } = shown;
  const scale = fitting(shown) * zoom;
  const along = (at: number, length: number, room: number) =>
    length <= room ? (room - length) / 2 : clamp(room / 2 - at * length, room - length, 0);
  const [width, height] = [size.width * scale, size.height * scale];
  return { left: along(u, width, port.width), top: along(v, height, port.height), width, height };
}

/** The place that lies at a point of the port. */
export const within = ({ left, top, width, height }: Laid, x: number, y: number): Place => ({
  u: clamp((x - left) / width, 0, 1),
  v: clamp((y - top) / height, 0, 1),
});

/** Shows more or less, with `at` staying where it is on the screen. */
export function zoomed(part: Part, factor: number, at: Place, shown: Shown): Part {
  const { port, size } = shown;
  if (!isLaidOut(port)) return part;
  const { least, most } = zooms(shown);
  const before = laid(part, shown);
  const zoom = clamp(part.zoom * factor, least, most);
  const scale = fitting(shown) * zoom;
  const [width, height] = [size.width * scale, size.height * scale];
  const left = before.left + at.u * (before.width - width);
  const top = before.top + at.v * (before.height - height);
  return bounded({ u: (port.width / 2 - left) / width, v: (port.height / 2 - top) / height, zoom }, shown);
}

/** Moves what is shown by CSS px. */
export function panned(part: Part, dx: number, dy: number, shown: Shown): Part {
  if (!isLaidOut(shown.port)) return part;
  const { width, height } = laid(part, shown);
  return bounded({ ...part, u: part.u + dx / width, v: part.v + dy / height }, shown);
}

/** Moves what is shown just so far that `at` is in it. */
export function revealing(part: Part, at: Place, shown: Shown): Part {
  const { port } = shown;
  if (!isLaidOut(port)) return part;
  const { width, height } = laid(part, shown);
  const [halfU, halfV] = [port.width / width / 2, port.height / height / 2];
  return bounded({ ...part, u: clamp(part.u, at.u - halfU, at.u + halfU), v: clamp(part.v, at.v - halfV, at.v + halfV) }, shown);
}

const isLaidOut = (port: Size): boolean => port.width > 0 && port.height > 0;

/** Where the picture is smaller than the port it lies in the middle. */
function bounded({ u, v, zoom }: Part, shown: Shown): Part {
  const { port, size } = shown;
  const scale = fitting(shown) * zoom;
  const along = (at: number, half: number) => (half >= 0.5 ? 0.5 : clamp(at, half, 1 - half));
  return {
    u: along(u, port.width / (2 * size.width * scale)),
    v: along(v, port.height / (2 * size.height * scale)),
    zoom,
  };
}
