// Pictures of the teacher's own go into the file, reduced.

import type { Room } from '../../room';
import { type ComposedLesson, limits } from '../composed';
import type { Composer } from './composer';
import { embeds } from './draft';

/** The longest side of an embedded picture, in pixels; less where that makes it too large. */
const sides = [1024, 768, 512, 256] as const;

/** The lesson with its pictures in it. One that is gone is left to the reader. */
export async function withPictures(composer: Composer, room: Room): Promise<ComposedLesson> {
  const lesson = composer.lesson();
  const pages = [];
  for (const [i, page] of lesson.pages.entries()) {
    const draft = composer.pages.peek()[i];
    const { pictureId, pictureName = '' } = draft && embeds(draft) ? draft : {};
    const kept = pictureId === undefined ? null : await room.find(pictureId);
    const data = kept && (await reduced(kept.blob).catch(() => null));
    pages.push(data ? { ...page, picture: { kind: 'own' as const, name: pictureName, data } } : page);
  }
  return { ...lesson, pages };
}

async function reduced(blob: Blob): Promise<string | null> {
  const bitmap = await createImageBitmap(blob);
  try {
    for (const side of sides) {
      const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
      const canvas = document.createElement('canvas');
      canvas.width = Math.max(1, Math.round(bitmap.width * scale));
      canvas.height = Math.max(1, Math.round(bitmap.height * scale));
      canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      const data = canvas.toDataURL('image/webp', 0.85);
      if (data.length <= limits.picture) return data;
    }
    return null;
  } finally {
    bitmap.close();
  }
}
