import { batch, signal } from '@preact/signals';
import { isStarter } from '../../core/quick';
import type { Scene } from '../../core/scene';
import { parseScene } from '../../core/sequential';
import {
  type BrokenChain,
  isChain,
  nameFrom,
  type RecentChain,
  readChains,
  recentName,
  type SavedChain,
  sameOps,
  savedName,
  sceneId,
  tooMany,
} from '../../store/chains';
import type { Drawer } from '../../store/drawer';
import { chainEntry, firstSettings, hintName, isSetting, readSettings, type Settings, settingName } from '../../store/settings';
import { t } from '../strings';

const newId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** What this browser keeps for the person: settings, saved chains and recent ones, as signals that follow every change in any page. */
export class Keeper {
  readonly settings = signal<Settings>(firstSettings);
  readonly saved = signal<readonly SavedChain[]>([]);
  readonly recent = signal<readonly RecentChain[]>([]);
  /** Saved chains that cannot be read. */
  readonly broken = signal<readonly BrokenChain[]>([]);
  /** The chain removed last, so that it can be put back. */
  readonly removed = signal<SavedChain | null>(null);
  /** All of it was read once. */
  readonly loaded = signal(false);
  /** Resolves when all of it was read once. Without storage everything is as at first. */
  readonly ready: Promise<void>;
  /** The recent chain that this page wrote last and that is being changed further. */
  #mine: RecentChain | null = null;
  readonly #unwatch: () => void;

  constructor(readonly drawer: Drawer) {
    this.ready = this.#read();
    this.#unwatch = drawer.watch((names) => {
      if (names.length === 0 || names.some((name) => isSetting(name) || isChain(name))) void this.#read();
    });
  }

  close(): void {
    this.#unwatch();
  }

  async #read(): Promise<void> {
    const kept = await this.drawer.all().catch(() => ({}));
    const { saved, recent, broken } = readChains(kept);
    batch(() => {
      this.settings.value = readSettings(kept);
      this.saved.value = saved;
      this.recent.value = recent;
      this.broken.value = broken;
      this.loaded.value = true;
    });
  }

  async set<K extends Exclude<keyof Settings, 'hintsSeen'>>(setting: K, value: Settings[K]): Promise<void> {
    this.settings.value = { ...this.settings.peek(), [setting]: value };
    await this.drawer.put({ [settingName(setting)]: value });
  }

  /**
   * Keeps a chain under a name, in the place of the one that has this name, and puts a new one into the context menu.
   * @throws an Error whose message is a sentence.
   */
  async save(text: string, scene: Scene, thumb: string | null = null): Promise<SavedChain> {
    await this.ready;
    if (text.trim() === '') throw new Error(t('chainNoName'));
    const name = nameFrom(text);
    const old = this.named(name);
    const chain: SavedChain = {
      id: old?.id ?? newId(),
      name,
      scene: parseScene(scene),
      saved: old?.saved ?? Date.now(),
      ...(thumb !== null && { thumb }),
    };
    await this.#put(chain).catch(() => {
      throw new Error(t('chainNotSaved'));
    });
    if (!old) await this.setInMenu(chain.id, true);
    return chain;
  }

  /** The saved chain of this name. */
  named(text: string): SavedChain | null {
    const name = text.trim().replace(/\s+/g, ' ');
    return this.saved.peek().find((chain) => chain.name === name) ?? null;
  }

  /** @throws an Error whose message is a sentence when nothing is left of the name. */
  async rename({ id }: Pick<SavedChain, 'id'>, text: string): Promise<void> {
    if (text.trim() === '') throw new Error(t('chainNoName'));
    const chain = this.saved.peek().find((other) => other.id === id);
    if (chain) await this.#put({ ...chain, name: nameFrom(text) });
  }

  async remove({ id }: Pick<SavedChain, 'id'>): Promise<void> {
    this.removed.value = this.saved.peek().find((other) => other.id === id) ?? null;
    await this.drawer.remove([savedName(id)]);
  }

  async putBack(): Promise<void> {
    const chain = this.removed.peek();
    this.removed.value = null;
    if (chain) await this.#put(chain);
  }

  /** Takes what cannot be read out of the drawer. */
  dropBroken = (chain: BrokenChain): Promise<void> => this.drawer.remove([chain.key]);

  isInMenu = (id: string): boolean => this.settings.value.menu.includes(chainEntry(id));

  async setInMenu(id: string, wanted: boolean): Promise<void> {
    const rest = this.settings.peek().menu.filter((entry) => entry !== chainEntry(id));
    await this.set('menu', wanted ? [...rest, chainEntry(id)] : rest);
  }

  /**
   * Remembers that a chain was used. One that this page remembered before and that only has other settings now makes room for it;
   * what is one click away anyhow is not remembered.
   */
  async used(scene: Scene, thumb: () => string | null = () => null): Promise<void> {
    await this.ready;
    const parsed = parseScene(scene);
    if (isStarter(parsed)) return;
    const small = thumb();
    const chain: RecentChain = { id: sceneId(parsed), scene: parsed, used: Date.now(), ...(small !== null && { thumb: small }) };
    const known = this.recent.peek().some((other) => other.id === chain.id);
    const replaced = this.#mine && this.#mine.id !== chain.id && sameOps(this.#mine.scene, parsed) ? [this.#mine.id] : [];
    if (this.#mine?.id !== chain.id) this.#mine = known ? null : chain;
    const { id, ...kept } = chain;
    await this.drawer.put({ [recentName(id)]: kept });
    const rest = [chain, ...this.recent.peek().filter((other) => other.id !== id && !replaced.includes(other.id))];
    const gone = [...replaced, ...tooMany(rest)];
    if (gone.length) await this.drawer.remove(gone.map(recentName));
  }

  forget = (chain: RecentChain): Promise<void> => this.drawer.remove([recentName(chain.id)]);
  forgetRecent = (): Promise<void> => this.drawer.remove(this.recent.peek().map(({ id }) => recentName(id)));

  /** Puts a hint away for good. */
  async seeHint(id: string): Promise<void> {
    this.settings.value = { ...this.settings.peek(), hintsSeen: [...this.settings.peek().hintsSeen, id] };
    await this.drawer.put({ [hintName(id)]: true });
  }
  showHintsAgain = (): Promise<void> => this.drawer.remove(this.settings.peek().hintsSeen.map(hintName));

  #put = ({ id, ...kept }: SavedChain): Promise<void> => this.drawer.put({ [savedName(id)]: kept });
}
