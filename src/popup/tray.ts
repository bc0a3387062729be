import { computed, effect, signal } from '@preact/signals';
import { quickScenes } from '../core/quick';
import type { PageImage } from '../messages/protocol';
import { browser } from '../platform/browser';
import { background, contentOf } from '../platform/remotes';
import { openDrawer } from '../store/drawer';
import { Bench } from '../ui/bench/state';
import { Keeper } from '../ui/chains/keeper';
import { rememberChains } from '../ui/chains/remember';
import { startAs } from '../ui/chains/start';
import { t } from '../ui/strings';

/** A picture of the page, in the strip. */
export interface Found extends PageImage {
  readonly key: string;
  readonly frameId: number;
  /** `locked`: its site must be allowed before its own pixels can be read. */
  readonly state: 'waiting' | 'ready' | 'locked' | 'unreadable';
  /** An object URL, once it is there. */
  readonly thumbnail: string | null;
}

/** The page under the popup: its pictures, and the one that is picked. */
export class Tray {
  readonly bench = new Bench();
  readonly keeper = new Keeper(openDrawer());
  readonly found = signal<readonly Found[]>([]);
  readonly looking = signal(true);
  readonly picked = signal<string | null>(null);
  /** Why there are no pictures, as a sentence. */
  readonly problem = signal<string | null>(null);
  readonly replaced = signal(false);
  readonly said = signal('');
  readonly current = computed(() => this.found.value.find(({ key }) => key === this.picked.value) ?? null);
  #tabId: number | null = null;
  #picks = 0;

  constructor() {
    const first = quickScenes[0]?.scene;
    if (first) this.bench.setScene(first);
    effect(() => {
      const opened = this.bench.opened.value;
      if (opened && this.keeper.settings.peek().compare === 'auto')
        this.bench.mode.value = opened.width >= opened.height ? 'split' : 'side';
    });
    rememberChains(this.bench, this.keeper);
    void this.keeper.ready.then(() => startAs(this.bench, this.keeper.settings.peek())).then(() => this.look());
  }

  /** Looks through every frame of the page; the largest readable picture is picked. */
  async look(): Promise<void> {
    this.problem.value = null;
    this.looking.value = true;
    try {
      const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
      if (tab?.id === undefined) throw new Error(t('pageForbids'));
      this.#tabId = tab.id;
      const frames = await background.reach({ tabId: tab.id });
      await Promise.all(frames.map((frameId) => this.#lookInto(frameId)));
      if (this.found.peek().length === 0) this.problem.value = t('noPictures');
    } catch (error) {
      this.problem.value = error instanceof Error ? error.message : t('pageForbids');
    }
    this.looking.value = false;
    const best =
      this.found.peek().find(({ state }) => state === 'ready') ?? this.found.peek().find(({ state }) => state !== 'locked');
    if (best && this.picked.peek() === null) await this.pick(best);
  }

  async #lookInto(frameId: number): Promise<void> {
    const page = this.#page(frameId);
    const images = await page.list().catch((): PageImage[] => []);
    const found = images.map(
      (image): Found => ({ ...image, key: `${frameId}-${image.ref}`, frameId, state: 'waiting', thumbnail: null }),
    );
    this.found.value = [...this.found.peek(), ...found].sort((a, b) => b.width * b.height - a.width * a.height);
    await Promise.all(found.map((image) => this.#thumbnail(image)));
  }

  async #thumbnail(image: Found): Promise<void> {
    const blob = await this.#page(image.frameId)
      .thumbnail(image.ref)
      .catch(() => null);
    if (blob) return this.#change(image.key, { state: 'ready', thumbnail: URL.createObjectURL(blob) });
    const site = siteOf(image.url);
    const allowed = site === null || (await browser.permissions.contains({ origins: [site] }));
    this.#change(image.key, { state: allowed ? 'unreadable' : 'locked' });
  }

  #change(key: string, change: Partial<Found>): void {
    this.found.value = this.found.peek().map((image) => (image.key === key ? { ...image, ...change } : image));
  }

  /** Reads a picture of the page and shows it. */
  async pick(image: Found): Promise<void> {
    if (this.#tabId === null) return;
    const pick = ++this.#picks;
    this.picked.value = image.key;
    this.replaced.value = false;
    this.said.value = '';
    this.bench.opening.value = image.name;
    try {
      const meta = await background.captureInTab({
        tabId: this.#tabId,
        frameId: image.frameId,
        target: { kind: 'element', ref: image.ref },
      });
      const blob = await background.pictureBlob(meta.id);
      if (pick === this.#picks) await this.bench.open(blob, meta);
    } catch (error) {
      if (pick !== this.#picks) return;
      this.bench.opening.value = null;
      this.bench.complain(error instanceof Error ? error.message : t('noPicture'), () => void this.pick(image));
    }
  }

  /**
   * Asks for the site of a picture, then reads it; refused, screen pixels are shown.
   * The question must be the first call after the click, or the browser does not ask.
   */
  async allow(image: Found): Promise<void> {
    const site = siteOf(image.url);
    const asked = site === null ? Promise.resolve(false) : browser.permissions.request({ origins: [site] });
    const granted = await asked.catch(() => false);
    if (granted) {
      for (const other of this.found.peek()) {
        if (other.state === 'locked' && siteOf(other.url) === site) this.#change(other.key, { state: 'unreadable' });
      }
    }
    await this.pick(image);
  }

  async toggleReplaced(): Promise<void> {
    const image = this.current.peek();
    if (!image) return;
    const page = this.#page(image.frameId);
    const { ref } = image;
    try {
      if (this.replaced.peek()) await page.restore({ ref });
      else await page.replace({ ref, png: await this.bench.png() });
      this.replaced.value = !this.replaced.peek();
      this.said.value = this.replaced.peek() ? t('replaced') : t('restored');
    } catch (error) {
      this.bench.complain(error instanceof Error ? error.message : t('pictureGone'));
    }
  }

  async pickOnPage(): Promise<void> {
    if (this.#tabId === null) return;
    try {
      await background.preparePick({ tabId: this.#tabId, scene: this.bench.scene.peek() });
      window.close();
    } catch (error) {
      this.problem.value = error instanceof Error ? error.message : t('pageForbids');
    }
  }

  async openOptions(): Promise<void> {
    await browser.runtime.openOptionsPage();
    window.close();
  }

  async openLab(): Promise<void> {
    await background.openLab({ pictureId: this.bench.picture.peek()?.id ?? null, scene: this.bench.scene.peek() });
    window.close();
  }

  #page(frameId: number) {
    return contentOf(this.#tabId ?? -1, frameId);
  }
}

/** What to ask permission for: `https://cdn.example/*`; null where a permission helps nothing. */
export function siteOf(url: string): string | null {
  try {
    const { protocol, host } = new URL(url);
    return protocol === 'http:' || protocol === 'https:' ? `${protocol}//${host}/*` : null;
  } catch {
    return null;
  }
}
