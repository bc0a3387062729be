import type { Scene } from '../core/scene';
import type { Session, Target } from '../messages/protocol';
import { browser } from '../platform/browser';
import { say } from '../platform/say';
import { acquire, type Frame, posing } from './acquire';
import { contentIn, pageUrlOf } from './content';
import { fetchPicture } from './fetchPicture';
import { inject } from './inject';
import { keep } from './pictures';
import { type Kept, type Outcome, prune, readSession, settle, writeSession } from './sessions';

/** A quick capture ends before this, and the panel comes up with its picture; a slow one is waited for in the open. */
const behindTheCurtain = 150;

const pending = new Map<string, Promise<Session>>();

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const newId = (): string => crypto.randomUUID();
const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Captures what a session is about, and writes the outcome down. */
async function complete(id: string, kept: Kept): Promise<Session> {
  const { tabId, frameId } = kept.session;
  const outcome: Outcome = await acquire({ tabId, frameId }, kept.target).catch((error) => ({ problem: sentence(error) }));
  const done = settle(kept, outcome);
  await writeSession(id, done);
  return done.session;
}

function completing(id: string, kept: Kept): Promise<Session> {
  const running = pending.get(id) ?? complete(id, kept).finally(() => pending.delete(id));
  pending.set(id, running);
  return running;
}

/** What a panel shows, once it is known; taken up again when the background was ended meanwhile. @throws when the id is unknown. */
export async function sessionOf(id: string): Promise<Session> {
  const kept = await readSession(id);
  if (!kept) throw new Error(say('sessionGone'));
  return kept.settled ? kept.session : completing(id, kept);
}

/** Opens the Lab in a tab of its own, next to `besides`, unless that was closed. `problem` is the key of a text: why there is no picture. */
export async function openLab(
  about: {
    pictureId?: string | null;
    scene?: Scene;
    problem?: string;
    batch?: { readonly ids: readonly string[]; readonly left: number };
    lesson?: { readonly lesson: string; readonly passage: string | null };
  },
  besides?: number,
): Promise<void> {
  const { pictureId, scene, problem, batch, lesson } = about;
  const query = new URLSearchParams({
    ...(pictureId && { picture: pictureId }),
    ...(scene && !lesson && { scene: JSON.stringify(scene) }),
    ...(problem && { problem }),
    ...(batch && { batch: batch.ids.join('.'), left: String(batch.left) }),
    ...(lesson && { lesson: lesson.lesson, ...(lesson.passage && { passage: lesson.passage }) }),
  });
  const here = besides === undefined ? null : await browser.tabs.get(besides).catch(() => null);
  if (besides !== undefined && !here) return;
  await browser.tabs.create({
    url: `${browser.runtime.getURL('lab.html')}#${query}`,
    ...(here && { index: here.index + 1, windowId: here.windowId }),
  });
}

/** A page that lets no extension in: the picture, when its address can be read without the page, goes to the Lab. */
async function openWithoutPage(tabId: number, target: Target, scene: Scene): Promise<void> {
  const url = target.kind === 'clicked' ? target.srcUrl : undefined;
  const blob = url === undefined ? null : await fetchPicture(url, await pageUrlOf(tabId).catch(() => undefined));
  if (url !== undefined && blob) {
    const name = new URL(url).pathname.split('/').at(-1) || say('kindPicture');
    const { id } = await keep({ name, blob, provenance: { how: 'original' } }, tabId);
    return openLab({ pictureId: id, scene }, tabId);
  }
  const firefox = browser.runtime.getURL('').startsWith('moz-');
  return openLab({ scene, problem: firefox ? 'firefoxForbids' : 'pageForbids' }, tabId);
}

/** The frame that can be asked about the click: the clicked one, else the page around it. Null when the page lets nobody in. */
async function reachable({ tabId, frameId }: Frame): Promise<Frame | null> {
  try {
    await inject(tabId, 0);
  } catch {
    return null;
  }
  if (frameId === 0) return { tabId, frameId };
  return inject(tabId, frameId).then(
    () => ({ tabId, frameId }),
    () => ({ tabId, frameId: 0 }),
  );
}

/** Opens the panel for what was clicked or picked, on its page. */
export async function openPanel(clicked: Frame, target: Target, scene: Scene): Promise<void> {
  const frame = await reachable(clicked);
  if (!frame) return openWithoutPage(clicked.tabId, target, scene);
  const { tabId, frameId } = frame;
  const content = contentIn(tabId, frameId);
  const ref = await content.locate(target).catch(() => null);
  const id = newId();
  const session: Session = { picture: null, problem: null, scene, tabId, frameId, ref };
  const kept: Kept = { session, target: ref === null ? target : { kind: 'element', ref }, settled: false, at: Date.now() };
  // Without an address there is nothing to read in a frame that lets nobody in.
  const closed = frameId !== clicked.frameId && target.kind === 'clicked' && target.srcUrl === undefined;
  const known = closed ? settle(kept, { problem: say('pictureFrame') }) : kept;
  await writeSession(id, known);
  const captured = closed ? Promise.resolve(known.session) : completing(id, kept);
  const top = contentIn(tabId, 0);
  try {
    await top.showPanel({ url: `panel.html#session=${id}`, ref: frameId === 0 ? ref : null, hidden: true });
    if (frameId !== 0) await content.mark({ ref });
  } catch {
    const { picture } = await captured;
    return openLab(picture ? { pictureId: picture.id, scene } : { scene, problem: 'cannotBeReadHere' }, tabId);
  }
  await Promise.race([captured, later(behindTheCurtain)]);
  if (!posing.has(tabId)) await top.curtain({ hidden: false });
  await captured;
  await prune();
}

/** Takes what was clicked to the Lab. */
export async function openInLab(clicked: Frame, target: Target, scene: Scene): Promise<void> {
  const frame = await reachable(clicked);
  if (!frame) return openWithoutPage(clicked.tabId, target, scene);
  const taken = await acquire(frame, target).catch(() => null);
  await openLab(taken ? { pictureId: taken.picture.id, scene } : { scene, problem: 'cannotBeReadHere' }, clicked.tabId);
}
