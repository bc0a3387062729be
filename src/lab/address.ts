import type { Scene } from '../core/scene';
import { parseScene } from '../core/sequential';
import type { MessageKey } from '../ui/strings';

/** What the address after `#` says. Everything in it may come from outside and is parsed. */
export interface Address {
  readonly picture: string | null;
  /** Ids of the pictures of a batch; empty where there is none. */
  readonly batch: readonly string[];
  /** How many pictures could not be taken into it. */
  readonly left: number;
  readonly scene: Scene | null;
  /** What is shown in the place of the workbench: a lesson by its id, or one that the address itself holds. */
  readonly lesson: LessonAddress | null;
  /** A reason known to us; free text from an address is never shown. */
  readonly problem: MessageKey | null;
  /** Why the scene in the address is not used. */
  readonly refused: string | null;
}

export interface LessonAddress {
  /** `all` stands for the list of lessons; null where `data` is the lesson. */
  readonly id: string | null;
  readonly data: string | null;
  /** The passage, and the state of the figure; null: from the start. */
  readonly passage: string | null;
  readonly state: string | null;
}

const problems: readonly MessageKey[] = ['pageForbids', 'firefoxForbids', 'pictureGone', 'noPicture', 'cannotBeReadHere'];

const isId = (text: string): boolean => /^[\w-]{1,64}$/.test(text);

export function readAddress(hash: string): Address {
  const query = new URLSearchParams(hash.replace(/^#/, ''));
  const picture = query.get('picture');
  const problem = problems.find((key) => key === query.get('problem')) ?? null;
  const batch = (query.get('batch') ?? '').split('.').filter(isId);
  const left = Math.min(9999, Math.max(0, Math.floor(Number(query.get('left')) || 0)));
  const kept = { picture: picture && isId(picture) ? picture : null, batch, left, problem, lesson: readLesson(query) };
  const json = query.get('scene');
  if (!json) return { ...kept, scene: null, refused: null };
  try {
    return { ...kept, scene: parseScene(JSON.parse(json)), refused: null };
  } catch (error) {
    return { ...kept, scene: null, refused: error instanceof Error ? error.message : String(error) };
  }
}

function readLesson(query: URLSearchParams): LessonAddress | null {
  const [id, data] = [query.get('lesson'), query.get('lesson-data')];
  if (id === null && data === null) return null;
  const known = (name: string): string | null => {
    const text = query.get(name);
    return text !== null && isId(text) ? text : null;
  };
  return { id: data === null ? (known('lesson') ?? allLessons) : null, data, passage: known('passage'), state: known('state') };
}
/** A lesson that lies in memory: from a file, or under work. */
export const ownLesson = 'own';
/** The list of lessons. */
export const allLessons = 'all';

/** The address of a lesson, and of a state of its figure. */
export function lessonAddress(
  lesson: string,
  about: { readonly passage?: string; readonly state?: string; readonly scene?: Scene; readonly picture?: string | null } = {},
): string {
  const { passage, state, scene, picture } = about;
  const query = new URLSearchParams({
    lesson,
    ...(passage && { passage }),
    ...(state && { state }),
    ...(picture && { picture }),
    ...(scene && { scene: JSON.stringify(scene) }),
  });
  return `#${query}`;
}

export function writeAddress(picture: string | null, scene: Scene, batch: readonly string[] = []): string {
  const ids = batch.length > 0 && { batch: batch.join('.') };
  return `#${new URLSearchParams({ ...(picture && { picture }), ...ids, scene: JSON.stringify(scene) })}`;
}
