import { computed, effect, signal } from '@preact/signals';
import { quickScenes } from '../core/quick';
import { browser } from '../platform/browser';
import { bySize, type Found, lookThrough, siteOf } from '../platform/pagePictures';
import { placeOf } from '../platform/place';
import { background } from '../platform/remotes';
import { openDrawer } from '../store/drawer';
import { OnPage } from '../ui/bench/onPage';
import { Bench } from '../ui/bench/state';
import { Keeper } from '../ui/chains/keeper';
import { rememberChains } from '../ui/chains/remember';
import { startAs } from '../ui/chains/start';
import type { LessonPlace } from '../ui/lessonLinks';
import { t } from '../ui/strings';

/** The page under the popup: its pictures, and the one that is picked. */
export class Tray {
  readonly bench = new Bench();
  readonly keeper = new Keeper(openDrawer());
  readonly found = signal<readonly Found[]>([]);
  readonly looking = signal(true);
  readonly picked = signal<string | null>(null);
  /** Why there are no pictures, as a sentence. */
  readonly problem = signal<string | null>(null);
  readonly said = signal('');
  readonly onPage = new OnPage(this.bench, (words) => {
    this.said.value = words;
  });
  readonly current = computed(() => this.found.value.find(({ key }) => key === this.picked.value) ?? null);
  /** How far *All pictures* is; null while it is not at work. */
  readonly taking = signal<{ readonly done: number; readonly of: number } | null>(null);
  #tabId: number | null = null;
  #takes = 0;
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
    // Pictures take longer to be found and decoded than these to be read.
    void this.keeper.ready.then(() => startAs(this.bench, this.keeper.settings.peek()));
    void this.look();
  }

  /** Looks through every frame of the page; the largest readable picture is picked. */
  async look(): Promise<void> {
    this.problem.value = null;
    this.looking.value = true;
    try {
      const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
      if (tab?.id === undefined) throw new Error(t('pageForbids'));
      this.#tabId = tab.id;
      await lookThrough(tab.id, {
        found: (images) => {
          this.found.value = bySize([...this.found.peek(), ...images]);
        },
        change: (key, change) => this.#change(key, change),
      });
      if (this.found.peek().length === 0) this.problem.value = t('noPictures');
    } catch (error) {
      this.problem.value = error instanceof Error ? error.message : t('pageForbids');
    }
    this.looking.value = false;
    const best =
      this.found.peek().find(({ state }) => state === 'ready') ?? this.found.peek().find(({ state }) => state !== 'locked');
    if (best && this.picked.peek() === null) await this.pick(best);
  }

  #change(key: string, change: Partial<Found>): void {
    this.found.value = this.found.peek().map((image) => (image.key === key ? { ...image, ...change } : image));
  }

  /** Reads a picture of the page and shows it. */
  async pick(image: Found): Promise<void> {
    if (this.#tabId === null) return;
    const pick = ++this.#picks;
    this.picked.value = image.key;
    this.said.value = '';
    void this.onPage.goTo(placeOf({ tabId: this.#tabId, frameId: image.frameId, ref: image.ref }));
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

  /** Reads every picture of the page that can be read without the screen, and opens them in the Lab side by side. */
  async takeAll(): Promise<void> {
    const tabId = this.#tabId;
    if (tabId === null || this.taking.peek()) return;
    const open = this.found.peek().filter(({ state }) => state !== 'locked');
    const ids: string[] = [];
    const turn = ++this.#takes;
    for (const [done, { frameId, ref }] of open.entries()) {
      this.taking.value = { done, of: open.length };
      const target = { kind: 'element', ref } as const;
      const meta = await background.captureInTab({ tabId, frameId, target, screen: false }).catch(() => null);
      if (turn !== this.#takes) return;
      if (meta) ids.push(meta.id);
    }
    this.taking.value = null;
    if (ids.length === 0) return this.bench.complain(t('batchNoneRead'));
    const batch = { ids, left: this.found.peek().length - ids.length };
    await background.openLab({ pictureId: ids[0] ?? null, scene: this.bench.scene.peek(), batch });
    window.close();
  }

  /** Gives that up. */
  stopTaking(): void {
    this.#takes++;
    this.taking.value = null;
  }

  /** With `lesson`, what explains something in the place of the workbench. */
  async openLab(lesson?: LessonPlace): Promise<void> {
    const pictureId = this.bench.picture.peek()?.id ?? null;
    await background.openLab({ pictureId, scene: this.bench.scene.peek(), ...(lesson && { lesson }) });
    window.close();
  }
}
