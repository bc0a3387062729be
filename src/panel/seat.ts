import { computed, signal } from '@preact/signals';
import { parseScene } from '../core/sequential';
import type { Session } from '../messages/protocol';
import { placeOf } from '../platform/place';
import { background, contentOf } from '../platform/remotes';
import { openDrawer } from '../store/drawer';
import { OnPage } from '../ui/bench/onPage';
import { Bench } from '../ui/bench/state';
import { Keeper } from '../ui/chains/keeper';
import { rememberChains } from '../ui/chains/remember';
import { startAs } from '../ui/chains/start';
import type { LessonPlace } from '../ui/lessonLinks';
import { t } from '../ui/strings';
import * as asked from './asked';

/** The panel's place on a page: the session it shows, and what it asks of the page and of the background. */
export class Seat {
  readonly bench = new Bench();
  readonly keeper = new Keeper(openDrawer());
  readonly session = signal<Session | null>(null);
  /** Why there is no picture, as a sentence. */
  readonly problem = signal<string | null>(null);
  /** What was just done, said in the foot. */
  readonly said = signal('');
  readonly onPage = new OnPage(this.bench, (words) => {
    this.said.value = words;
  });
  /** The picture is there, or a word of why it is not: controls come up, and stay where they come up. */
  readonly settled = computed(() => {
    const { opened, failure, ask } = this.bench;
    return opened.value !== null || failure.value !== null || ask.value !== null || this.problem.value !== null;
  });

  /** Resolves when the bench has the session's scene, or there is a word of why not. */
  readonly begun: Promise<void>;

  constructor() {
    this.begun = this.#begin();
    void this.#load();
    // The picture takes longer to decode than these to be read.
    void this.keeper.ready.then(() => startAs(this.bench, this.keeper.settings.peek()));
    rememberChains(this.bench, this.keeper);
  }

  async #begin(): Promise<void> {
    try {
      const session = await asked.session;
      this.session.value = session;
      this.bench.setScene(parseScene(session.scene));
      void this.onPage.goTo(placeOf(session));
    } catch (error) {
      this.#refuse(error);
    }
  }

  async #load(): Promise<void> {
    await this.begun;
    const session = this.session.peek();
    if (!session || this.problem.peek()) return;
    try {
      const bytes = await asked.bytes;
      if (session.picture && bytes) await this.bench.open(bytes, session.picture);
      else this.problem.value = session.problem ?? t('noPicture');
    } catch (error) {
      this.#refuse(error);
    }
  }

  #refuse(error: unknown): void {
    this.problem.value = this.session.peek() && error instanceof Error ? error.message : t('sessionGone');
  }

  move = (dx: number, dy: number) => this.#page((page) => page.movePanel({ dx, dy }));
  resize = (dx: number, dy: number) => this.#page((page) => page.resizePanel({ dx, dy }));
  fit = (height: number) => this.#page((page) => page.fitPanel({ height }));
  close = () => this.#page((page) => page.closePanel());

  /** With `lesson`, what explains something in the place of the workbench. */
  async openLab(lesson?: LessonPlace): Promise<void> {
    const picture = this.session.peek()?.picture ?? null;
    await background.openLab({ pictureId: picture?.id ?? null, scene: this.bench.scene.peek(), ...(lesson && { lesson }) });
  }

  /** The panel stands in the top frame of its tab. A page that went away needs nothing any more. */
  #page(call: (page: ReturnType<typeof contentOf>) => Promise<void>): void {
    const session = this.session.peek();
    if (session) call(contentOf(session.tabId, 0)).catch(() => undefined);
  }
}
