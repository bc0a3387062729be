import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import { profile, type ReceptiveField } from '../../core/receptive';
import type { Node } from '../../worker/api';
import type { Field, FieldAsked, TooMuch } from '../../worker/inquiries/field';
import { pixelAt } from '../bench/place';
import type { Bench } from '../bench/state';
import { Latest } from '../view/latest';

/** A pixel of the second view, whose field is shown. */
export interface Target {
  readonly column: number;
  readonly row: number;
}

/** What the second view's values see of the first view: the box that they can, and the pixels that move them. */
export class FieldState {
  readonly shownBox = signal(false);
  readonly shownHeat = signal(false);
  /** Null: the pixel that is pointed at. */
  readonly pinned = signal<Target | null>(null);
  /** Of the last answer. */
  readonly answer = signal<{ readonly asked: FieldAsked; readonly field: Field | TooMuch } | null>(null);
  readonly asking = signal(false);
  readonly #pointed = signal<Target | null>(null);

  /** Null where the first view does not lie before the second one in the chain, or steps leave the picture's axes. */
  readonly field: ReadonlySignal<ReceptiveField | null> = computed(() => {
    const { input, output } = this.bench.nodes.value;
    const x = this.bench.shapeAt(input);
    if (input >= output || !x || !this.bench.shapeAt(output)) return null;
    return profile(this.#between(input, output), x).at(-1)?.field ?? null;
  });
  /** The pixel that is kept, that was pointed at last, or the one in the middle. */
  readonly target: ReadonlySignal<Target | null> = computed(() => {
    const size = this.bench.outputSize.value;
    if (!size) return null;
    const middle = { column: Math.floor(size.width / 2), row: Math.floor(size.height / 2) };
    const wanted = this.pinned.value ?? this.#pointed.value ?? middle;
    return { column: Math.min(size.width - 1, wanted.column), row: Math.min(size.height - 1, wanted.row) };
  });
  readonly #questions = new Latest(
    (asked: FieldAsked) => {
      this.asking.value = true;
      return this.bench.inquire('field', asked);
    },
    (field, asked) => {
      this.asking.value = false;
      if (field) this.answer.value = { asked, field };
    },
  );

  constructor(readonly bench: Bench) {}

  #between(input: Node, output: Node) {
    const scene = this.bench.scene.value;
    return { ...scene, steps: scene.steps.slice(input + 1, output + 1) };
  }

  /** The answer, where it is about what is asked now. */
  readonly found = computed(() => {
    const answer = this.answer.value;
    const asked = this.#asked.value;
    return answer && asked && JSON.stringify(answer.asked) === JSON.stringify(asked) ? answer.field : null;
  });
  readonly #asked: ReadonlySignal<FieldAsked | null> = computed(() => {
    const [target, { input, output }] = [this.target.value, this.bench.nodes.value];
    if (!target || !this.field.value || !this.shownHeat.value) return null;
    const { channel } = this.bench.display.value;
    return { from: input, node: output, ...target, channel: channel === 'all' ? null : channel };
  });

  /** Follows pointer and bench; answers with the way to stop. */
  watch(): () => void {
    const stops = [
      effect(() => {
        const [place, size] = [this.bench.pointing.place.value, this.bench.outputSize.value];
        if (!place || !size || !this.shownBox.value) return;
        const { x, y } = pixelAt(place, size);
        this.#pointed.value = { column: x, row: y };
      }),
      effect(() => {
        const asked = this.#asked.value;
        // Another result of the same size has another gradient.
        this.bench.output.value;
        this.answer.value = null;
        if (asked && this.bench.finished.value) this.#questions.want(asked);
        else this.#questions.forget();
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      this.#questions.forget();
      this.bench.stopInquiry('field');
    };
  }

  pin(target: Target | null): void {
    this.pinned.value = target;
  }
}
