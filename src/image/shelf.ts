import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Picture, PictureMeta } from './picture';

/** Bytes kept; the pictures used longest ago go first. The last one stays, whatever its size. */
export const SHELF_BYTES = 200e6;

/** Captured pictures by id. */
export interface Shelf {
  put(picture: Picture): Promise<void>;
  /** Null when it is gone. Counts as a use. */
  get(id: string): Promise<Picture | null>;
  /** Newest first. */
  list(): Promise<PictureMeta[]>;
  remove(id: string): Promise<void>;
  clear(): Promise<void>;
}

interface Kept {
  readonly id: string;
  readonly picture: Picture;
  readonly bytes: number;
  /** Rises with every use; a clock alone gives ties. */
  readonly used: number;
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
    put: async (picture) => (await open()).put(picture),
    get: async (id) => (await open()).get(id),
    list: async () => (await open()).list(),
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
    put: async (picture) => {
      kept.set(picture.id, keep(picture, nextUse([...kept.values()])));
      for (const id of overflow([...kept.values()], capacity)) kept.delete(id);
    },
    get: async (id) => {
      const found = kept.get(id);
      if (found === undefined) return null;
      kept.set(id, { ...found, used: nextUse([...kept.values()]) });
      return found.picture;
    },
    list: async () => metas([...kept.values()]),
    remove: async (id) => void kept.delete(id),
    clear: async () => kept.clear(),
  };
}

function databaseShelf(db: IDBPDatabase<Schema>, capacity: number): Shelf {
  const put = async (picture: Picture, room: number): Promise<void> => {
    const tx = db.transaction('pictures', 'readwrite');
    const others = (await tx.store.getAll()).filter((k) => k.id !== picture.id);
    const entry = keep(picture, nextUse(others));
    const gone = overflow([...others, entry], room).map((id) => tx.store.delete(id));
    await Promise.all([...gone, tx.store.put(entry), tx.done]);
  };
  return {
    put: async (picture) => {
      try {
        await put(picture, capacity);
      } catch (error) {
        if (!(error instanceof DOMException) || error.name !== 'QuotaExceededError') throw error;
        await put(picture, 0);
      }
    },
    get: async (id) => {
      const tx = db.transaction('pictures', 'readwrite');
      const found = await tx.store.get(id);
      if (found !== undefined) await tx.store.put({ ...found, used: nextUse(await tx.store.getAll()) });
      await tx.done;
      return found?.picture ?? null;
    },
    list: async () => metas(await db.getAll('pictures')),
    remove: (id) => db.delete('pictures', id),
    clear: () => db.clear('pictures'),
  };
}

const keep = (picture: Picture, used: number): Kept => ({ id: picture.id, picture, bytes: picture.blob.size, used });
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
