import { batch } from '@preact/signals';
import type { Scene } from '../../core/scene';
import type { Display } from '../../image/display';
import type { PictureMeta } from '../../image/picture';
import { rasteriseSvg } from '../../image/svg';
import type { Node, Opened, Refused } from '../../worker/api';
import { t } from '../strings';
import { told } from '../told/told';
import { letGo } from '../view/sheet';
import { followed } from './chain';
import { Running } from './running';
import type { Looks } from './sceneEditor';
import { type Ask, entering } from './shown';

/** How the worker opens a picture: reduced, or large with the person's consent. */
export interface OpenOptions {
  readonly shrink?: number;
  readonly large?: boolean;
}

/** One picture, one scene, and the result: what panel, popup and Lab share. Pages read the signals and call the actions. */
export class Bench extends Running {
  #opens = 0;

  /** Shows another picture; true when it is shown. What was shown stays until it is decoded, and stays when it cannot be. */
  async open(blob: Blob, picture: PictureMeta, options: OpenOptions = {}): Promise<boolean> {
    const id = ++this.#opens;
    const interrupted = this.busy.peek() !== null;
    batch(() => {
      this.opening.value = picture.name;
      this.ask.value = null;
      this.failure.value = null;
      this.busy.value = null;
    });
    try {
      let opened = await this.runner.open(blob, options);
      if (opened.kind === 'refused' && opened.reason === 'svg' && id === this.#opens) {
        opened = await this.runner.open(await rasteriseSvg(blob), options);
      }
      if (id !== this.#opens) return false;
      if (opened.kind === 'opened') {
        await this.#enter(opened, picture);
        return true;
      }
      if (interrupted) this.run();
      this.#refused(opened, blob, picture);
    } catch (error) {
      if (id !== this.#opens) return false;
      if (interrupted) this.run();
      this.fail('other', error, () => void this.open(blob, picture, options));
    }
    return false;
  }

  /** Of the first picture the result is asked for at once, before its own drawing: it takes longest. A later one replaces all in one go. */
  async #enter(opened: Opened, picture: PictureMeta): Promise<void> {
    const first = this.opened.peek() === null;
    const enter = () =>
      batch(() => {
        this.replace(this.output, null);
        this.outputSize.value = null;
        this.picture.value = picture;
        this.opened.value = opened;
        this.opening.value = null;
        this.failure.value = null;
        this.reports.value = new Map();
        this.from.value = entering;
        this.pointing.reset();
        this.run();
      });
    if (first) enter();
    const input = await this.drawnInput();
    batch(() => {
      // By now another node may be asked for.
      if (first && this.nodes.peek().input >= 0) letGo(input);
      else this.replace(this.input, input);
      if (!first) enter();
    });
  }

  #refused({ reason, message, shrink, action }: Refused, blob: Blob, picture: PictureMeta): void {
    if (reason === 'superseded') return;
    const choices: Ask['choices'][number][] = [];
    if (reason === 'ask') choices.push({ label: t('useFullSize'), take: () => void this.open(blob, picture, { large: true }) });
    if (shrink && action) choices.push({ label: told(action), take: () => void this.open(blob, picture, { shrink }) });
    batch(() => {
      this.opening.value = null;
      if (choices.length) this.ask.value = { text: told(message), choices };
      else this.failure.value = { of: 'other', text: told(message), retry: null };
    });
  }

  protected override entered(before: Scene): void {
    const scene = this.scene.peek();
    const [from, to] = [this.from.peek(), this.to.peek()];
    batch(() => {
      if (from >= 0) this.from.value = followed(before, scene, from);
      if (to !== null && to >= 0) this.to.value = followed(before, scene, to);
    });
    if (this.scene.peek().input !== before.input && this.opened.peek()) void this.reenter();
    this.run();
  }

  protected override enterLooks({ display, inputDisplay }: Looks): void {
    this.display.value = display;
    if (inputDisplay !== this.inputDisplay.peek()) this.#enterInputDisplay(inputDisplay);
  }

  /** Selects a step; where the second view follows the selection it shows what that step makes. */
  select(step: number): void {
    if (step === this.current.peek()) return;
    this.current.value = step;
    if (this.to.peek() === null) this.run();
  }

  /** Chooses what the two views show. */
  compare({ from = this.from.peek(), to = this.to.peek() }: { from?: Node; to?: Node | null }): void {
    const before = this.nodes.peek();
    batch(() => {
      this.from.value = from;
      this.to.value = to;
      const { input, output } = this.nodes.peek();
      const { mapping } = this.display.peek();
      if (input !== before.input) this.inputDisplay.value = { mapping, channel: 'all' };
      if (output !== before.output) this.display.value = { mapping, channel: 'all' };
    });
    if (!this.opened.peek()) return;
    if (this.nodes.peek().input < 0 && before.input >= 0) void this.reenter();
    this.run();
  }

  setDisplay(display: Display): void {
    this.remember('display');
    const { mapping } = this.display.peek();
    this.display.value = display;
    void this.redraw();
    // A step in the first view is drawn as the second one is, so that one colour means one thing.
    if (display.mapping !== mapping && this.nodes.peek().input >= 0)
      this.#enterInputDisplay({ ...this.inputDisplay.peek(), mapping: display.mapping });
  }

  setInputDisplay(display: Display): void {
    this.remember('inputDisplay');
    this.#enterInputDisplay(display);
  }

  #enterInputDisplay(display: Display): void {
    this.inputDisplay.value = display;
    void this.reenter();
  }

  setExact(exact: boolean): void {
    this.exact.value = exact;
    this.run();
  }
}
