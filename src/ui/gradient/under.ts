import { effect, signal } from '@preact/signals';
import type { GradientAtAsked } from '../../worker/inquiries/gradientAt';
import { pixelAt } from '../bench/place';
import { Latest } from '../view/latest';
import type { GradientState } from './state';

/** A pixel that is pointed at, as the picture counts them, with dL/dx of every channel; null outside of the part that the number depends on. */
interface PixelUnder {
  readonly of: 'x';
  readonly column: number;
  readonly row: number;
  readonly slopes: readonly number[] | null;
}
/** A weight that is pointed at, with its gradient. */
export interface WeightUnder {
  readonly of: 'weight';
  readonly title: string;
  readonly at: number;
  readonly value: number;
  readonly slope: number;
}
interface Question {
  readonly asked: GradientAtAsked;
  readonly column: number;
  readonly row: number;
}

/** The gradient of what is under the pointer: a pixel in one of the two views or on the map of dL/dx, or a weight. */
export class Under {
  readonly told = signal<PixelUnder | WeightUnder | null>(null);
  readonly #questions = new Latest(
    ({ asked }: Question) => this.state.bench.inquire('gradientAt', asked),
    (slopes, { column, row }) => {
      if (slopes && this.#pointed) this.told.value = { of: 'x', column, row, slopes };
    },
  );
  /** A pixel is pointed at, still. */
  #pointed = false;

  constructor(private readonly state: GradientState) {}

  /** Follows the pointer over the two views; answers with the way to stop. */
  watch(): () => void {
    const { bench, found } = this.state;
    const stop = effect(() => {
      const [place, shape] = [bench.pointing.place.value, bench.xShape.value];
      found.value;
      if (place && shape) {
        const { x, y } = pixelAt(place, { width: shape[3] ?? 1, height: shape[2] ?? 1 });
        this.pixel(x, y);
      } else this.leave();
    });
    return () => {
      stop();
      this.leave();
    };
  }

  /** A pixel of the picture. */
  pixel(column: number, row: number): void {
    const { bench } = this.state;
    const found = this.state.found.peek();
    // While another result is on its way, nobody knows its gradient.
    const isCurrent = found?.steps === bench.scene.peek().steps && bench.finished.peek();
    if (!found || !isCurrent) {
      this.leave();
      return;
    }
    this.#pointed = true;
    const at = this.state.onGround(column, row);
    if (at) this.#questions.want({ asked: { from: found.from, ...at }, column, row });
    else {
      this.#questions.forget();
      this.told.value = { of: 'x', column, row, slopes: null };
    }
  }
  weight(weight: WeightUnder): void {
    this.leave();
    this.told.value = weight;
  }
  leave(): void {
    this.#pointed = false;
    this.#questions.forget();
    this.told.value = null;
  }
}
