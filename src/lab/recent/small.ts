import type { Shelf, Shelved } from '../../image/shelf';

/** Height of a small copy in pixels: twice that of its place, for dense screens. */
const height = 224;
/** Larger files are not decoded for a list. */
const mostBytes = 60e6;

/** The small copy of a kept picture; it is made once, beside the page's own work, and kept. Null where the browser cannot draw it. */
export async function smallOf(shelf: Shelf, { id, small, bytes }: Shelved): Promise<Blob | null> {
  if (small) return small;
  const picture = bytes <= mostBytes ? await shelf.peek(id) : null;
  if (!picture) return null;
  try {
    const bitmap = await createImageBitmap(picture.blob, { resizeHeight: height, resizeQuality: 'medium' });
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    bitmap.close();
    const made = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/webp', 0.8));
    if (made) await shelf.putSmall(id, made);
    return made;
  } catch {
    return null;
  }
}
