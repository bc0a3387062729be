// How a composed lesson travels: as a file, or packed into a link.

import { type ComposedLesson, mostFileBytes, mostLinkBytes, parseLesson } from './composed';

/** @throws RangeError with a reason for people. */
export async function readLessonFile(file: Blob): Promise<ComposedLesson> {
  if (file.size > mostFileBytes) {
    throw new RangeError(`the file: expected at most ${mostFileBytes} bytes, received ${file.size}`);
  }
  return parseText(await file.text());
}

export const lessonFile = (lesson: ComposedLesson): Blob =>
  new Blob([JSON.stringify(lesson, null, 1)], { type: 'application/json' });

/** What a link to it ends with. Pictures of the teacher's own are left out: a link would not hold them. */
export async function packLesson(lesson: ComposedLesson): Promise<string> {
  const pages = lesson.pages.map((page) => (page.picture.kind === 'own' ? { ...page, picture: { kind: 'reader' } } : page));
  const packed = new Blob([JSON.stringify({ ...lesson, pages })]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** @throws RangeError with a reason for people. */
export async function unpackLesson(data: string): Promise<ComposedLesson> {
  if (!/^[\w-]+$/.test(data) || data.length > mostLinkBytes)
    throw new RangeError('the link: expected a packed lesson, received other data');
  const bytes = Uint8Array.from(atob(data.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const decoder = new TextDecoder();
  let text = '';
  // Little data can unpack to a lot: it is read up to a limit.
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new RangeError('the link: expected a packed lesson, received other data');
    });
    if (done) return parseText(text + decoder.decode());
    text += decoder.decode(value, { stream: true });
    if (text.length > mostLinkBytes) {
      await reader.cancel();
      throw new RangeError(`the link: expected at most ${mostLinkBytes} characters when unpacked, received more`);
    }
  }
}

function parseText(text: string): ComposedLesson {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new RangeError('the file: expected JSON, received other text');
  }
  return parseLesson(json);
}
