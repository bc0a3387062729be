import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Scene } from '../../core/scene';
import type { Display } from '../../image/display';
import { npyBytes } from '../../image/npy/write';
import type { FileKind, Node, Wanted } from '../../worker/api';
import { lookOf } from '../bench/look';
import { download, fileStem } from '../bench/save';
import type { Bench } from '../bench/state';
import { reasonOf } from '../bench/words';
import { t } from '../strings';
import { choice, endingOf } from './choice';
import { onnxCode, torchCode } from './code';
import { copyPicture, copyText } from './copy';
import { type Drawn, drawNodes, pngOf, svgOf } from './figureFile';

/** A size in bytes: exactly where the file is there or its size follows from its shape, about, or at most. */
export interface Size {
  readonly bytes: number;
  readonly how: 'exactly' | 'about' | 'most';
}
/** A figure as it will be saved, to look at. */
export interface Preview {
  readonly url: string;
  readonly about: string;
}

/** What the export sheet is about: which node, as what, how large it will be, and the work on it. */
export class ExportJob {
  readonly node: Signal<Node>;
  /** How the node is drawn. */
  readonly display: Signal<Display>;
  /** Above a figure. */
  readonly title = signal('');
  /** What the person called the file; null: as it is called by itself. */
  readonly called = signal<string | null>(null);
  /** How far the work is, 0 to 1; null: nothing is worked on. */
  readonly busy = signal<number | null>(null);
  /** What was done, and what went wrong, as sentences. */
  readonly said = signal('');
  readonly problem = signal<string | null>(null);
  readonly size = signal<Size | null>(null);
  readonly preview = signal<Preview | null>(null);

  /** Nodes that have values of their own: the input, and every step that is on and fits. */
  readonly nodes: ReadonlySignal<readonly Node[]> = computed(() => {
    const { steps } = this.bench.scene.value;
    const on = [...steps.keys()].filter((i) => !steps[i]?.off && this.bench.fit.value?.shapes[i]);
    return [-1, ...on];
  });
  readonly fileName = computed(() => `${tidy(this.called.value ?? '') || this.ownName.value}.${endingOf(choice.value)}`);
  readonly ownName = computed(() => {
    const { scene, picture, nodes } = this.bench;
    const { what, panels } = choice.value;
    const compared = what === 'figure' && panels === 'compared' ? nodes.value.output : undefined;
    const node = what === 'picture' || what === 'values' ? this.node.value : compared;
    return fileStem(picture.value?.name ?? '', scene.value, node);
  });
  /** The chain as text; null where it is not what is exported. */
  readonly text: ReadonlySignal<string | null> = computed(() => {
    if (choice.value.what !== 'code') return null;
    const [scene, x] = [this.bench.scene.value, this.bench.xShape.value];
    const fitting = { ...scene, steps: scene.steps.slice(0, this.bench.fit.value?.shapes.length ?? 0) };
    switch (choice.value.code) {
      case 'torch':
        return x && torchCode(fitting, x);
      case 'onnx':
        return x && onnxCode(fitting, x);
      case 'json':
        return `${JSON.stringify(scene, null, 2)}\n`;
      case 'link':
        return this.linkOf(scene);
    }
  });

  #work = new AbortController();
  #drawn: { readonly key: string; readonly pictures: readonly Drawn[] } | null = null;

  constructor(
    readonly bench: Bench,
    private readonly linkOf: (scene: Scene) => string,
  ) {
    const { output } = bench.nodes.peek();
    this.node = signal(this.nodes.peek().includes(output) ? output : (this.nodes.peek().at(-1) ?? -1));
    this.display = signal(bench.display.peek());
  }

  setNode(node: Node): void {
    this.node.value = node;
    this.display.value = this.displayOf(node);
  }

  /** Makes the file and hands it over. */
  save(): Promise<void> {
    return this.#during(async (signal) => {
      const name = this.fileName.peek();
      const blob = await this.#file(signal);
      if (blob) download(blob, name);
      return blob && t('saved', name);
    });
  }

  /** Puts the picture, or the text, on the clipboard. */
  copy(): Promise<void> {
    return this.#during(async (signal) => {
      const text = this.text.peek();
      if (text !== null) await copyText(text);
      else if (!(await copyPicture(() => this.#picture(signal)))) return null;
      return t(text === null ? 'exportCopiedPicture' : 'exportCopiedText');
    });
  }

  /** Stops the work; the sheet stays. */
  cancel(): void {
    if (this.busy.peek() === null) return;
    this.#work.abort();
    this.busy.value = null;
    this.said.value = t('exportCancelled');
  }
  close(): void {
    this.#work.abort();
    this.#show(null);
  }

  /** Foretells the size of what is chosen; a figure is made at once, to be looked at. */
  async foresee(signal: AbortSignal): Promise<void> {
    const { what } = choice.peek();
    this.problem.value = null;
    try {
      const text = this.text.peek();
      if (text !== null) this.size.value = { bytes: new Blob([text]).size, how: 'exactly' };
      else if (what === 'figure') await this.#figure(signal, () => undefined);
      else if (what === 'values')
        this.size.value = { bytes: npyBytes(this.bench.shapeAt(this.node.peek()) ?? []), how: 'exactly' };
      else {
        const bytes = await this.bench.foretell(this.#wanted(), this.#kind());
        if (signal.aborted) return;
        this.size.value = bytes === null ? { bytes: this.#mostBytes(), how: 'most' } : { bytes, how: 'about' };
      }
    } catch (error) {
      if (!signal.aborted) this.problem.value = reasonOf(error);
    }
  }

  /** What is not computed yet takes no more than its samples. */
  #mostBytes(): number {
    const [, , height = 1, width = 1] = this.bench.shapeAt(this.node.peek()) ?? [];
    return height * width * (choice.peek().picture === 'png16' ? 6 : 3);
  }
  #show(preview: Preview | null): void {
    const before = this.preview.peek();
    this.preview.value = preview;
    if (before) URL.revokeObjectURL(before.url);
  }

  /** One work at a time, with its progress, its end in words, and a way to stop it. */
  async #during(work: (signal: AbortSignal) => Promise<string | null>): Promise<void> {
    this.#work.abort();
    this.#work = new AbortController();
    const { signal } = this.#work;
    this.said.value = '';
    this.problem.value = null;
    this.busy.value = 0;
    try {
      const said = await work(signal);
      if (!signal.aborted) this.said.value = said ?? t('exportCancelled');
    } catch (error) {
      if (!signal.aborted) this.problem.value = reasonOf(error);
    } finally {
      if (this.#work.signal === signal) this.busy.value = null;
    }
  }

  async #file(signal: AbortSignal): Promise<Blob | null> {
    const text = this.text.peek();
    if (text !== null) return new Blob([text], { type: 'text/plain;charset=utf-8' });
    if (choice.peek().what === 'figure') return this.#figure(signal, this.#report);
    return (await this.bench.encode(this.#wanted(), this.#kind(), this.#report, signal))?.blob ?? null;
  }
  /** For the clipboard, which takes PNG only. */
  async #picture(signal: AbortSignal): Promise<Blob | null> {
    if (choice.peek().what !== 'figure')
      return (await this.bench.encode(this.#wanted(), { format: 'png' }, this.#report, signal))?.blob ?? null;
    const drawn = await this.#pictures(signal, this.#report);
    return drawn && pngOf(this.#figureOf(drawn), drawn, choice.peek().scale);
  }

  async #figure(signal: AbortSignal, report: (done: number) => void): Promise<Blob | null> {
    const drawn = await this.#pictures(signal, report);
    if (!drawn) return null;
    const figure = this.#figureOf(drawn);
    const { figure: format, scale } = choice.peek();
    const blob = await (format === 'svg' ? svgOf(figure, drawn) : pngOf(figure, drawn, scale));
    if (signal.aborted) return null;
    this.size.value = { bytes: blob.size, how: 'exactly' };
    this.#show({ url: URL.createObjectURL(blob), about: figure.title || t('exportFigure') });
    return blob;
  }
  /** Pictures of a figure are drawn once for all its formats. */
  async #pictures(signal: AbortSignal, report: (done: number) => void): Promise<readonly Drawn[] | null> {
    const nodes = this.figureNodes();
    const { scene, picture, exact } = this.bench;
    const key = JSON.stringify([
      nodes,
      nodes.map((node) => this.displayOf(node)),
      scene.peek(),
      exact.peek(),
      picture.peek()?.id,
    ]);
    if (this.#drawn?.key === key) return this.#drawn.pictures;
    const pictures = await drawNodes(this.bench, nodes, (node) => this.displayOf(node), report, signal);
    if (pictures) this.#drawn = { key, pictures };
    return pictures;
  }
  #figureOf(drawn: readonly Drawn[]) {
    const note = t('exportNote', this.bench.picture.peek()?.name ?? '');
    return { title: this.title.peek().trim(), panels: drawn.map(({ panel }) => panel), note };
  }

  /** What stands side by side in a figure. */
  figureNodes(): readonly Node[] {
    const all = this.nodes.peek();
    if (choice.peek().panels === 'steps') return all;
    const { input, output } = this.bench.nodes.peek();
    return [...new Set([input, output])].filter((node) => node < 0 || this.bench.shapeAt(node) !== null);
  }
  /** A node is exported as it is shown, and automatically where it is not. */
  displayOf(node: Node): Display {
    const { input, output } = this.bench.nodes.peek();
    if (node === output) return this.bench.display.peek();
    return node === input ? this.bench.inputDisplay.peek() : { mapping: 'auto', channel: 'all' };
  }

  #wanted = (): Wanted => ({ node: this.node.peek(), look: lookOf(this.display.peek()) });
  #kind(): FileKind {
    const { what, picture, quality } = choice.peek();
    if (what === 'values') return { format: 'npy' };
    return picture === 'webp' ? { format: 'webp', quality: quality / 100 } : { format: picture };
  }
  #report = (done: number): void => {
    if (this.busy.peek() !== null) this.busy.value = done;
  };
}

/** A name that every system takes: no separators, no letters that mean something else there. */
const tidy = (name: string): string =>
  name
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, '-')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .slice(0, 120);
