// Where small values are kept between runs of the browser, each under a name of its own: two contexts that write at once lose nothing.

export interface Drawer {
  /** Everything that is kept. */
  all(): Promise<Readonly<Record<string, unknown>>>;
  put(entries: Readonly<Record<string, unknown>>): Promise<void>;
  remove(names: readonly string[]): Promise<void>;
  /** Calls back after every change, wherever it was made, with the names that changed (none: all of them); answers with the way to stop. */
  watch(then: Watcher): () => void;
}
export type Watcher = (names: readonly string[]) => void;

type Listener = (changes: Readonly<Record<string, unknown>>) => void;
interface Listeners {
  addListener(listener: Listener): void;
  removeListener(listener: Listener): void;
}
interface Area {
  get(names: null): Promise<Record<string, unknown>>;
  set(entries: Readonly<Record<string, unknown>>): Promise<void>;
  remove(names: string[]): Promise<void>;
  readonly onChanged: Listeners;
}
interface Extension {
  readonly storage?: { readonly local?: Area };
  readonly extension?: { readonly inIncognitoContext?: boolean };
}
/** `localStorage`, as far as it is used. */
interface Web {
  readonly length: number;
  key(index: number): string | null;
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}
type Globals = typeof globalThis & { readonly browser?: Extension; readonly chrome?: Extension; readonly localStorage?: Web };
const globals: Globals = globalThis;

/**
 * The drawer of this context: the extension's `storage.local`, which every context of it shares, or `localStorage` on a plain web page.
 * In a private window what is put there is gone with the page, and in memory where the browser keeps nothing at all.
 */
export function openDrawer(): Drawer {
  const extension = globals.browser?.storage ? globals.browser : globals.chrome;
  const area = extension?.storage?.local;
  if (area) return extension.extension?.inIncognitoContext ? before(areaDrawer(area)) : areaDrawer(area);
  const web = storageOf();
  return web ? webDrawer(web) : memoryDrawer();
}

function areaDrawer(area: Area): Drawer {
  return {
    all: () => area.get(null),
    put: (entries) => area.set(entries),
    remove: (names) => area.remove([...names]),
    watch(then) {
      const listener: Listener = (changes) => then(Object.keys(changes));
      area.onChanged.addListener(listener);
      return () => area.onChanged.removeListener(listener);
    },
  };
}

/** Where storage is blocked, naming it already throws. */
function storageOf(): Web | null {
  try {
    return globals.localStorage ?? null;
  } catch {
    return null;
  }
}

const prefix = 'convscope.';

function told() {
  const listeners = new Set<Watcher>();
  return {
    listeners,
    tell: (names: readonly string[]) => {
      for (const listener of listeners) listener(names);
    },
  };
}

/** Values as JSON. What is no JSON was not written by us and is passed over. */
export function webDrawer(web: Web): Drawer {
  const { tell, listeners } = told();
  const read = (name: string): [string, unknown][] => {
    try {
      return [[name.slice(prefix.length), JSON.parse(web.getItem(name) ?? '')]];
    } catch {
      return [];
    }
  };
  return {
    async all() {
      const names = Array.from({ length: web.length }, (_, i) => web.key(i) ?? '');
      return Object.fromEntries(names.filter((name) => name.startsWith(prefix)).flatMap(read));
    },
    async put(entries) {
      for (const [name, value] of Object.entries(entries)) web.setItem(prefix + name, JSON.stringify(value));
      tell(Object.keys(entries));
    },
    async remove(names) {
      for (const name of names) web.removeItem(prefix + name);
      tell(names);
    },
    watch(then) {
      // Another tab's change; without a key everything was emptied.
      const elsewhere = (event: Event) => {
        const key = 'key' in event && typeof event.key === 'string' ? event.key : null;
        if (key?.startsWith(prefix) !== false) then(key === null ? [] : [key.slice(prefix.length)]);
      };
      listeners.add(then);
      globals.addEventListener?.('storage', elsewhere);
      return () => {
        listeners.delete(then);
        globals.removeEventListener?.('storage', elsewhere);
      };
    },
  };
}

/** A drawer that goes with its context. */
export function memoryDrawer(): Drawer {
  const kept = new Map<string, unknown>();
  const { tell, listeners } = told();
  return {
    all: async () => Object.fromEntries(kept),
    async put(entries) {
      for (const [name, value] of Object.entries(entries)) kept.set(name, structuredClone(value));
      tell(Object.keys(entries));
    },
    async remove(names) {
      for (const name of names) kept.delete(name);
      tell(names);
    },
    watch(then) {
      listeners.add(then);
      return () => listeners.delete(then);
    },
  };
}

/** A drawer in memory before another one, which is read and never written: for private windows. */
export function before(behind: Drawer): Drawer {
  const own = memoryDrawer();
  const gone = new Set<string>();
  return {
    async all() {
      const there = Object.entries(await behind.all()).filter(([name]) => !gone.has(name));
      return { ...Object.fromEntries(there), ...(await own.all()) };
    },
    put(entries) {
      for (const name of Object.keys(entries)) gone.delete(name);
      return own.put(entries);
    },
    remove(names) {
      for (const name of names) gone.add(name);
      return own.remove(names);
    },
    watch(then) {
      const stops = [own.watch(then), behind.watch(then)];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
