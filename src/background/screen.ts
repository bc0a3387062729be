import type { Capture } from '../messages/protocol';
import { type Box, cropBox } from './crop';

/** What of the screen is meant. */
export type Place = Pick<Extract<Capture, { kind: 'unreadable' }>, 'rect' | 'viewport'>;

/** The part of a screenshot that lies under `rect`, as PNG; null when nothing of it is on the screen. */
export async function crop(shot: Blob, { rect, viewport }: Place): Promise<Blob | null> {
  const bitmap = await createImageBitmap(shot);
  const box: Box | null = rect && cropBox(rect, viewport, bitmap);
  if (!box) return null;
  const canvas = new OffscreenCanvas(box.width, box.height);
  canvas.getContext('2d')?.drawImage(bitmap, -box.x, -box.y);
  bitmap.close();
  return canvas.convertToBlob({ type: 'image/png' });
}
