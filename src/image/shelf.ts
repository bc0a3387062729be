import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Picture, PictureMeta } from './picture';

/** Bytes kept; the pictures used longest ago go first. The last one stays, whatever its size. */
export const SHELF_BYTES = 200e6;

/** A picture of the shelf as a list shows it. */
export interface Shelved extends PictureMeta {
  readonly bytes: number;
  /** A small copy, once one was put beside it. */
  readonly small: Blob | null;
}

/** Captured pictures by id. */
export interface Shelf {
  /** `passing`: from a private window, to be let go with it; no list shows it. */
  put(picture: Picture, passing?: boolean): Promise<void>;
  /** Null when it is gone. Counts as a use. */
  get(id: string): Promise<Picture | null>;
  /** The same without counting as a use. */
  peek(id: string): Promise<Picture | null>;
  /** Newest first. */
  list(): Promise<PictureMeta[]>;
  /** The one used last first; of those that look the same from outside (name, size, origin of the pixels) only that one. */
  recent(): Promise<Shelved[]>;
  /** Puts a small copy beside a picture that is still there. */
  putSmall(id: string, small: Blob): Promise<void>;
  usage(): Promise<{ readonly count: number; readonly bytes: number }>;
  /** Lets go of what came from private windows. */
  removePassing(): Promise<void>;
  remove(id: string): Promise<void>;
  clear(): Promise<void>;
}

interface Kept {
  readonly id: string;
  readonly picture: Picture;
  readonly bytes: number;
  /** Rises with every use; a clock alone gives ties. */
  readonly used: number;
  readonly passing?: boolean;
  readonly small?: Blob;
}
interface Schema extends DBSchema {
  pictures: { key: string; value: Kept };
}

/** An id for a new picture; works on plain http too, where `crypto.randomUUID` is missing. */
export const newPictureId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(12))].map((b) => b.toString(16).padStart(2, '0')).join('');

/** The shelf of this origin, in IndexedDB; in memory where the browser gives none (Firefox in permanent private browsing). */
export function openShelf(name = 'convscope', capacity = SHELF_BYTES): Shelf {
  const memory = memoryShelf(capacity);
  let opened: Promise<Shelf> | null = null;
  const open = (): Promise<Shelf> => {
    opened ??= openDatabase(name, () => {
      opened = null;
    }).then(
      (db) => databaseShelf(db, capacity),
      () => memory,
    );
    return opened;
  };
  return {
    put: async (picture, passing) => (await open()).put(picture, passing),
    get: async (id) => (await open()).get(id),
    peek: async (id) => (await open()).peek(id),
    list: async () => (await open()).list(),
    recent: async () => (await open()).recent(),
    putSmall: async (id, small) => (await open()).putSmall(id, small),
    usage: async () => (await open()).usage(),
    removePassing: async () => (await open()).removePassing(),
    remove: async (id) => (await open()).remove(id),
    clear: async () => (await open()).clear(),
  };
}

/** Where there is no IndexedDB at all, naming it already throws; so this is async. */
async function openDatabase(name: string, terminated: () => void): Promise<IDBPDatabase<Schema>> {
  return openDB<Schema>(name, 1, { upgrade: (db) => void db.createObjectStore('pictures', { keyPath: 'id' }), terminated });
}

/** The same shelf, gone with its context. */
export function memoryShelf(capacity = SHELF_BYTES): Shelf {
  const kept = new Map<string, Kept>();
  return {
    put: async (picture, passing = false) => {
      kept.set(picture.id, keep(picture, nextUse([...kept.values()]), passing, kept.get(picture.id)));
      for (const id of overflow([...kept.values()], capacity)) kept.delete(id);
    },
    get: async (id) => {
      const found = kept.get(id);
      if (found === undefined) return null;
      kept.set(id, { ...found, used: nextUse([...kept.values()]) });
      return found.picture;
    },
    peek: async (id) => kept.get(id)?.picture ?? null,
    list: async () => metas([...kept.values()]),
    recent: async () => shelved([...kept.values()]),
    putSmall: async (id, small) => {
      const found = kept.get(id);
      if (found) kept.set(id, { ...found, small });
    },
    usage: async () => usageOf([...kept.values()]),
    removePassing: async () => {
      for (const { id, passing } of [...kept.values()]) if (passing) kept.delete(id);
    },
    remove: async (id) => void kept.delete(id),
    clear: async () => kept.clear(),
  };
}

function databaseShelf(db: IDBPDatabase<Schema>, capacity: number): Shelf {
  const put = async (picture: Picture, room: number, passing: boolean): Promise<void> => {
    const tx = db.transaction('pictures', 'readwrite');
    const all = await tx.store.getAll();
    const others = all.filter((k) => k.id !== picture.id);
    const before = all.find((k) => k.id === picture.id);
    const entry = keep(picture, nextUse(others), passing, before);
    const gone = overflow([...others, entry], room).map((id) => tx.store.delete(id));
    await Promise.all([...gone, tx.store.put(entry), tx.done]);
  };
  return {
    put: async (picture, passing = false) => {
      try {
        await put(picture, capacity, passing);
      } catch (error) {
        if (!(error instanceof DOMException) || error.name !== 'QuotaExceededError') throw error;
        await put(picture, 0, passing);
      }
    },
    get: async (id) => {
      const tx = db.transaction('pictures', 'readwrite');
      const found = await tx.store.get(id);
      if (found !== undefined) await tx.store.put({ ...found, used: nextUse(await tx.store.getAll()) });
      await tx.done;
      return found?.picture ?? null;
    },
    peek: async (id) => (await db.get('pictures', id))?.picture ?? null,
    list: async () => metas(await db.getAll('pictures')),
    recent: async () => shelved(await db.getAll('pictures')),
    putSmall: async (id, small) => {
      const tx = db.transaction('pictures', 'readwrite');
      const found = await tx.store.get(id);
      if (found !== undefined) await tx.store.put({ ...found, small });
      await tx.done;
    },
    usage: async () => usageOf(await db.getAll('pictures')),
    removePassing: async () => {
      const tx = db.transaction('pictures', 'readwrite');
      const gone = (await tx.store.getAll()).filter(({ passing }) => passing).map(({ id }) => tx.store.delete(id));
      await Promise.all([...gone, tx.done]);
    },
    remove: (id) => db.delete('pictures', id),
    clear: () => db.clear('pictures'),
  };
}

/** A picture put again is as passing as before, and has its small copy while its bytes seem the same. */
const keep = (picture: Picture, used: number, passing: boolean, before?: Kept): Kept => ({
  id: picture.id,
  picture,
  bytes: picture.blob.size,
  used,
  ...((passing || before?.passing) && { passing: true }),
  ...(before?.small && before.bytes === picture.blob.size && { small: before.small }),
});
const nextUse = (kept: readonly Kept[]): number => Math.max(0, ...kept.map((k) => k.used)) + 1;

/** Ids to let go, least recently used first, until the rest fits; never the one used last. */
function overflow(kept: readonly Kept[], capacity: number): string[] {
  const byUse = [...kept].sort((a, b) => a.used - b.used);
  let bytes = byUse.reduce((sum, k) => sum + k.bytes, 0);
  const gone: string[] = [];
  for (const entry of byUse.slice(0, -1)) {
    if (bytes <= capacity) break;
    bytes -= entry.bytes;
    gone.push(entry.id);
  }
  return gone;
}

function metas(kept: readonly Kept[]): PictureMeta[] {
  return kept
    .map(({ picture: { id, name, provenance, added }, used }) => ({ meta: { id, name, provenance, added }, used }))
    .sort((a, b) => b.meta.added - a.meta.added || b.used - a.used)
    .map(({ meta }) => meta);
}

function shelved(kept: readonly Kept[]): Shelved[] {
  const seen = new Set<string>();
  return [...kept]
    .sort((a, b) => b.used - a.used)
    .filter(({ passing, bytes, picture: { name, provenance } }) => {
      const look = JSON.stringify([name, bytes, provenance.how]);
      return !passing && !seen.has(look) && seen.add(look);
    })
    .map(({ picture: { id, name, provenance, added }, bytes, small }) => ({
      id,
      name,
      provenance,
      added,
      bytes,
      small: small ?? null,
    }));
}

const usageOf = (kept: readonly Kept[]) => ({ count: kept.length, bytes: kept.reduce((sum, { bytes }) => sum + bytes, 0) });
