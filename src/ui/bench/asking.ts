import { proxy, type Remote } from 'comlink';
import type { Scene } from '../../core/scene';
import type { Display } from '../../image/display';
import type { Encoded, FileKind, Look, Studio, View, Wanted } from '../../worker/api';
import type { AnswerOf, AskedOf, InquiryName } from '../../worker/inquiries';
import { lookOf } from './look';
import type { Size } from './place';
import type { Runner } from './runner';
import { Shown } from './shown';

/** Questions to the worker about the open picture and the present scene. */
export abstract class Asking extends Shown {
  protected abstract readonly runner: Runner;

  /** The present scene as far as it fits. */
  protected fitting(): Scene {
    const scene = this.scene.peek();
    return { ...scene, steps: scene.steps.slice(0, this.fit.peek()?.problem?.step) };
  }
  /** In how many pixels of the screen the whole of a picture is seen; null before the page is laid out. */
  protected abstract seen(): Size | null;
  #look(display: Display): Look {
    const seen = this.seen();
    return { ...lookOf(display), ...(seen && { seen }) };
  }
  wantedInput = (): Wanted => ({ node: this.nodes.peek().input, look: this.#look(this.inputDisplay.peek()) });
  wantedOutput = (): Wanted => ({ node: this.nodes.peek().output, look: this.#look(this.display.peek()) });

  /** The open picture as it enters the scene. */
  protected drawnInput = (): Promise<View> =>
    this.query((studio) => studio.input(this.scene.peek().input, this.#look(this.inputDisplay.peek())));

  /** Any question to the worker about the open picture and what the last scene made of it. */
  query<T>(call: (studio: Remote<Studio>) => Promise<T>): Promise<T> {
    return this.runner.query(call);
  }
  /**
   * A further question about the present scene, as far as it fits (`src/worker/inquiries`); null when a newer one of its name and asker, or another
   * picture, ended it.
   */
  inquire<K extends InquiryName>(
    name: K,
    asked: AskedOf<K>,
    report?: (done: number) => void,
    asker = '',
  ): Promise<AnswerOf<K> | null> {
    const of = { scene: this.fitting(), exact: this.exact.peek(), asker };
    // What comes through the proxy is the answer to this name.
    return this.query(async (studio) => (await studio.inquire(name, asked, of, report && proxy(report))) as AnswerOf<K> | null);
  }
  stopInquiry(name: InquiryName, asker?: string): void {
    void this.query((studio) => studio.stopInquiry(name, asker)).catch(() => undefined);
  }
  /** A node of the present scene as a file; null when it was cancelled, by the signal or by a newer one. */
  encode(wanted: Wanted, kind: FileKind, report: (done: number) => void, signal: AbortSignal): Promise<Encoded | null> {
    return this.runner.encode(this.#encoding(wanted, kind), report, signal);
  }
  /** About how many bytes that takes; null while nobody knows. */
  foretell = (wanted: Wanted, kind: FileKind): Promise<number | null> =>
    this.query((studio) => studio.foretell(this.#encoding(wanted, kind)));
  #encoding = (wanted: Wanted, kind: FileKind) => ({ ...wanted, kind, scene: this.scene.peek(), exact: this.exact.peek() });
  /** The result under its present display, at its true size, as PNG. */
  png = (): Promise<Blob> => this.query((studio) => studio.png(this.wantedOutput()));
}
