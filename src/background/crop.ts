export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
type Size = Pick<Box, 'width' | 'height'>;

/** A rectangle of the viewport (CSS px) in whole pixels of its screenshot, whatever the zoom and the pixel ratio; null when empty. */
export function cropBox(rect: Box, viewport: Size, shot: Size): Box | null {
  const [sx, sy] = [shot.width / viewport.width, shot.height / viewport.height];
  const [left, top] = [Math.max(0, Math.round(rect.x * sx)), Math.max(0, Math.round(rect.y * sy))];
  const right = Math.min(shot.width, Math.round((rect.x + rect.width) * sx));
  const bottom = Math.min(shot.height, Math.round((rect.y + rect.height) * sy));
  return right > left && bottom > top ? { x: left, y: top, width: right - left, height: bottom - top } : null;
}
