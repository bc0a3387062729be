import { signal } from '@preact/signals';
import { opOf } from '../../core/registry';
import type { Scene } from '../../core/scene';
import { mostSteps } from '../../core/sequential';
import { duplicated, moved, removed, toggled } from '../bench/chain';
import type { Bench } from '../bench/state';
import { opTitle, t } from '../strings';

/** What a person does with the steps of a chain; each deed is said aloud. */
export class ChainActions {
  /** The latest deed, for screen readers. */
  readonly said = signal('');

  constructor(readonly bench: Bench) {}

  titleOf(at: number): string {
    const op = this.bench.scene.peek().steps[at]?.op;
    return op === undefined ? '' : opTitle(opOf(op));
  }
  get #count(): number {
    return this.bench.scene.peek().steps.length;
  }

  /** There is room for one more; where not, that is said. */
  get #hasRoom(): boolean {
    if (this.#count < mostSteps) return true;
    this.bench.complain(t('chainFull', mostSteps));
    return false;
  }

  add(op: string): void {
    if (!this.#hasRoom) return;
    this.bench.add(op);
    const at = this.bench.current.peek();
    this.said.value = t('stepAdded', this.titleOf(at), at + 1, this.#count);
  }
  /** Moves a step to another place; nothing where it is there already or the chain ends. */
  move(from: number, to: number): void {
    const at = Math.min(Math.max(0, to), this.#count - 1);
    if (at === from) return;
    this.bench.edit(moved(this.bench.scene.peek(), from, at));
    this.said.value = t('stepMoved', this.titleOf(at), at + 1, this.#count);
  }
  remove(at: number): void {
    if (at >= this.#count) return;
    this.said.value = t('stepRemoved', this.titleOf(at));
    this.bench.edit(removed(this.bench.scene.peek(), at));
  }
  duplicate(at: number): void {
    if (at >= this.#count || !this.#hasRoom) return;
    this.bench.edit(duplicated(this.bench.scene.peek(), at));
    this.said.value = t('stepAdded', this.titleOf(at + 1), at + 2, this.#count);
  }
  toggle(at: number): void {
    if (at >= this.#count) return;
    this.bench.edit(toggled(this.bench.scene.peek(), at));
    const off = this.bench.scene.peek().steps[at]?.off;
    this.said.value = t(off ? 'stepIsOff' : 'stepIsOn', this.titleOf(at));
  }
  /** Puts another chain in the place of this one. */
  take(scene: Scene, name: string): void {
    this.bench.setScene(scene, Math.max(0, scene.steps.length - 1));
    this.said.value = t('chainTaken', name, this.#count);
  }
}
