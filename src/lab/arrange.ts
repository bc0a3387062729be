/** Height in rem of what stands above a picture: caption and ruler, with the gap below it. */
const caption = 3.25;

/**
 * Whether two pictures of width/height `ratio` are larger one above the other than side by side, in a port of `width` × `height` CSS px.
 * `rem` is the size of the text. A gain of less than a tenth keeps them side by side.
 */
export function stacksBetter(width: number, height: number, ratio: number, rem: number): boolean {
  const beside = Math.min(width / 2, (height - caption * rem) * ratio);
  const above = Math.min(width, (height / 2 - caption * rem) * ratio);
  return above > 1.1 * beside;
}
