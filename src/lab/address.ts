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
  /** A reason known to us; free text from an address is never shown. */
  readonly problem: MessageKey | null;
  /** Why the scene in the address is not used. */
  readonly refused: string | null;
}

const problems: readonly MessageKey[] = ['pageForbids', 'firefoxForbids', 'pictureGone', 'noPicture', 'cannotBeReadHere'];

const isId = (text: string): boolean => /^[\w-]{1,64}$/.test(text);

export function readAddress(hash: string): Address {
  const query = new URLSearchParams(hash.replace(/^#/, ''));
  const picture = query.get('picture');
  const problem = problems.find((key) => key === query.get('problem')) ?? null;
  const batch = (query.get('batch') ?? '').split('.').filter(isId);
  const left = Math.min(9999, Math.max(0, Math.floor(Number(query.get('left')) || 0)));
  const kept = { picture: picture && isId(picture) ? picture : null, batch, left, problem };
  const json = query.get('scene');
  if (!json) return { ...kept, scene: null, refused: null };
  try {
    return { ...kept, scene: parseScene(JSON.parse(json)), refused: null };
  } catch (error) {
    return { ...kept, scene: null, refused: error instanceof Error ? error.message : String(error) };
  }
}

export function writeAddress(picture: string | null, scene: Scene, batch: readonly string[] = []): string {
  const ids = batch.length > 0 && { batch: batch.join('.') };
  return `#${new URLSearchParams({ ...(picture && { picture }), ...ids, scene: JSON.stringify(scene) })}`;
}
