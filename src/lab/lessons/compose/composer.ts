import { batch, effect, signal } from '@preact/signals';
import type { Drawer } from '../../../store/drawer';
import type { Bench } from '../../../ui/bench/state';
import { t } from '../../../ui/strings';
import { samples } from '../../samples';
import { type ComposedLesson, type LessonQuestion, limits } from '../composed';
import { type DraftPage, draftOf, finished, readDraft } from './draft';

/** Where the lesson under work lies in the drawer. */
const name = 'lesson-draft';
/** A change is kept when it stands for so long, in ms. */
const settled = 400;

/** What was taken away last, and the pages that were left: while those stand it can come back. */
interface Away {
  readonly text: string;
  readonly title: string;
  readonly pages: readonly DraftPage[];
  readonly left: readonly DraftPage[];
}

/** A lesson under work: states of the workbench in an order, with text and questions. */
export class Composer {
  readonly title = signal('');
  readonly pages = signal<readonly DraftPage[]>([]);
  readonly current = signal(0);
  readonly said = signal('');
  readonly away = signal<Away | null>(null);
  #timer = 0;

  constructor(
    readonly bench: Bench,
    private readonly drawer: Drawer,
  ) {
    void this.#read().then(() =>
      effect(() => {
        const kept = { title: this.title.value, pages: this.pages.value };
        clearTimeout(this.#timer);
        this.#timer = window.setTimeout(() => void drawer.put({ [name]: kept }).catch(() => undefined), settled);
      }),
    );
  }

  /** The workbench as it is now. */
  #state(): Omit<DraftPage, 'title' | 'text' | 'handles' | 'question' | 'typed'> {
    const { bench } = this;
    const picture = bench.picture.peek();
    const sample = samples.find(({ id }) => id === picture?.id);
    const { input, output } = bench.nodes.peek();
    return {
      scene: bench.scene.peek(),
      mode: bench.mode.peek(),
      display: bench.display.peek(),
      inputDisplay: bench.inputDisplay.peek(),
      from: input,
      to: output === bench.scene.peek().steps.length - 1 ? null : output,
      picture: sample ? { kind: 'sample', id: sample.id } : { kind: 'reader' },
      use: 'shown',
      ...(picture && !sample && { pictureId: picture.id, pictureName: picture.name.slice(0, limits.title) }),
    };
  }

  /** Puts the state of the workbench behind the page that is selected, as a page of its own. */
  take(): void {
    if (this.pages.peek().length >= limits.pages) {
      this.said.value = t('lessonTooMany', limits.pages);
      return;
    }
    const page: DraftPage = {
      ...this.#state(),
      title: '',
      text: '',
      handles: [],
      question: null,
      typed: { url: '', alt: '', source: '' },
    };
    const at = this.pages.peek().length === 0 ? 0 : this.current.peek() + 1;
    batch(() => {
      this.pages.value = [...this.pages.peek().slice(0, at), page, ...this.pages.peek().slice(at)];
      this.current.value = at;
      this.said.value = t('lessonTaken', at + 1);
    });
  }
  /** Gives the selected page the state of the workbench; words and questions stay. */
  retake(): void {
    const { steps } = this.bench.scene.peek();
    const at = this.current.peek();
    const old = this.pages.peek()[at];
    if (!old) return;
    const { title, text, question, typed } = old;
    // A picture on the web was chosen by its address, not by what the workbench shows.
    const use = old.use === 'web' ? 'web' : 'shown';
    const handles = old.handles.filter(({ step }) => steps[step]?.op === old.scene.steps[step]?.op && steps[step]);
    const next: DraftPage = { ...this.#state(), title, text, question, handles, typed, use };
    this.pages.value = this.pages.peek().map((page, i) => (i === at ? next : page));
    this.said.value = t('lessonRetaken', at + 1);
  }
  edit(change: Partial<DraftPage>): void {
    const at = this.current.peek();
    this.pages.value = this.pages.peek().map((page, i) => (i === at ? { ...page, ...change } : page));
  }
  editQuestion(change: Partial<LessonQuestion>): void {
    const question = this.pages.peek()[this.current.peek()]?.question;
    if (question) this.edit({ question: { ...question, ...change } });
  }
  move(from: number, to: number): void {
    const page = this.pages.peek()[from];
    const rest = this.pages.peek().filter((_, i) => i !== from);
    const at = Math.min(Math.max(0, to), rest.length);
    if (!page || at === from) return;
    batch(() => {
      this.pages.value = [...rest.slice(0, at), page, ...rest.slice(at)];
      this.current.value = at;
      this.said.value = t('lessonMoved', at + 1, rest.length + 1);
    });
  }
  remove(at: number): void {
    const [title, pages] = [this.title.peek(), this.pages.peek()];
    batch(() => {
      this.pages.value = pages.filter((_, i) => i !== at);
      this.current.value = Math.max(0, Math.min(this.current.peek(), this.pages.peek().length - 1));
      this.away.value = { text: t('lessonRemoved', at + 1), title, pages, left: this.pages.peek() };
    });
  }
  /** Shows a page's state on the workbench. */
  show(at: number): void {
    const page = this.pages.peek()[at];
    this.current.value = at;
    if (!page) return;
    const { bench } = this;
    bench.setScene(page.scene, Math.max(0, page.scene.steps.length - 1));
    bench.mode.value = page.mode;
    bench.compare({ from: page.from, to: page.to });
    bench.setDisplay(page.display);
  }
  /** Takes a lesson in the place of this one. */
  open(lesson: ComposedLesson): void {
    batch(() => {
      this.title.value = lesson.title;
      this.pages.value = lesson.pages.map(draftOf);
      this.current.value = 0;
    });
  }
  /** Begins anew. */
  clear(): void {
    const [title, pages] = [this.title.peek(), this.pages.peek()];
    this.open({ version: 1, title: '', pages: [] });
    this.away.value = { text: t('lessonCleared'), title, pages, left: this.pages.peek() };
  }
  /** Brings back what was taken away. */
  undo(): void {
    const away = this.away.peek();
    if (away?.left !== this.pages.peek()) return;
    batch(() => {
      this.title.value = away.title;
      this.pages.value = away.pages;
      this.away.value = null;
    });
  }

  /** Without what is only known here. @throws RangeError where the address of a picture is none. */
  lesson(): ComposedLesson {
    return { version: 1, title: this.title.peek(), pages: this.pages.peek().map(finished) };
  }

  async #read(): Promise<void> {
    const kept = (await this.drawer.all().catch((): Readonly<Record<string, unknown>> => ({})))[name];
    const draft = readDraft(kept);
    // What was taken meanwhile is newer.
    if (!draft || this.pages.peek().length > 0) return;
    this.title.value = draft.title;
    this.pages.value = draft.pages;
  }
}
