// A page of a lesson under work, and how it is kept between visits.

import { type LessonPage, type LessonPicture, limits, parseLesson, secureAddress } from '../composed';

export const uses = ['shown', 'reader', 'web'] as const;
/** Which picture the reader gets: the one that was open when the page was taken, the reader's own, or one on the web. */
export type Use = (typeof uses)[number];

/** A picture on the web as it is typed. */
export interface TypedPicture {
  readonly url: string;
  readonly alt: string;
  readonly source: string;
}
const nothing: TypedPicture = { url: '', alt: '', source: '' };

export interface DraftPage extends LessonPage {
  /** Of the picture that was open, where it is no sample: known by its id until the lesson is saved. */
  readonly pictureId?: string;
  readonly pictureName?: string;
  readonly use: Use;
  readonly typed: TypedPicture;
}

/** A page of a finished lesson, to be worked on. */
export function draftOf(page: LessonPage): DraftPage {
  const { picture } = page;
  if (picture.kind !== 'web') return { ...page, use: picture.kind === 'reader' ? 'reader' : 'shown', typed: nothing };
  const { url, alt, source } = picture;
  return { ...page, picture: { kind: 'reader' }, use: 'web', typed: { url, alt, source } };
}

/** A page as it is handed on, number `at + 1`; a picture of one's own is put in later. @throws RangeError where an address is none. */
export function finished({ pictureId: _, pictureName: __, use, typed, ...page }: DraftPage, at: number): LessonPage {
  return { ...page, picture: use === 'web' ? onTheWeb(typed, at) : use === 'reader' ? { kind: 'reader' } : page.picture };
}

function onTheWeb(typed: TypedPicture, at: number): LessonPicture {
  const url = secureAddress(typed.url.trim());
  if (url) return { ...typed, kind: 'web', url };
  throw new RangeError(
    `page ${at + 1}, picture.url: expected an https address of at most ${limits.address} characters, received ${JSON.stringify(typed.url)}`,
  );
}

/** Whether a picture of the teacher's own goes into the file. */
export const embeds = ({ use, pictureId }: DraftPage): boolean => use === 'shown' && pictureId !== undefined;

/** What was kept of a lesson; null where nothing of it can be shown. */
export function readDraft(kept: unknown): { readonly title: string; readonly pages: readonly DraftPage[] } | null {
  if (typeof kept !== 'object' || kept === null) return null;
  const { title, pages }: Readonly<Record<string, unknown>> = { ...kept };
  if (!Array.isArray(pages) || pages.length === 0) return null;
  try {
    const bare = pages.map(({ pictureId: _, pictureName: __, use: ___, typed: ____, ...page }: DraftPage) => page);
    const lesson = parseLesson({ version: 1, title, pages: bare });
    return { title: lesson.title, pages: lesson.pages.map((page, i) => withKept(page, pages[i])) };
  } catch {
    return null;
  }
}

function withKept(page: LessonPage, kept: object): DraftPage {
  const { pictureId, pictureName, use, typed }: Readonly<Record<string, unknown>> = { ...kept };
  const plain = draftOf(page);
  const known = typeof pictureId === 'string' && typeof pictureName === 'string';
  const fields: Readonly<Record<string, unknown>> = { ...(typeof typed === 'object' && typed) };
  const text = (name: string): string => String(fields[name] ?? '').slice(0, limits.address);
  return {
    ...plain,
    ...(known && { pictureId, pictureName }),
    use: uses.find((one) => one === use) ?? (known ? 'shown' : plain.use),
    typed: { url: text('url'), alt: text('alt'), source: text('source') },
  };
}
