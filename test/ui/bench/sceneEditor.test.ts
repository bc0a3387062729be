import { effect } from '@preact/signals';
import { expect, test } from 'vitest';
import { Shown } from '../../../src/ui/bench/shown';

/** A bench that only notes when it is to run what, and when the page hears of it. */
class Noted extends Shown {
  readonly heard: string[] = [];
  #told(who: string): void {
    this.heard.push(`${who} ${this.scene.peek().steps.length} ${this.current.peek()}`);
  }
  protected override entered(): void {
    this.#told('runs');
  }
  protected override enterLooks(): void {}
  readonly stop = effect(() => {
    this.scene.value;
    this.current.value;
    this.#told('page');
  });
}

test('another scene is run before the page makes itself anew, and the page hears of it once', () => {
  const bench = new Noted();
  const relu = { op: 'relu', params: {} };
  bench.setScene({ version: 1, input: 'unit', steps: [relu, relu] });
  bench.stop();
  expect(bench.heard).toEqual(['page 0 0', 'runs 2 1', 'page 2 1']);
});
