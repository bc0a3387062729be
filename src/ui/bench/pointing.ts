import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { type Part, type Place, panned, pixelAt, placeOf, revealing, type Size, whole, zoomed } from './place';

/** Exact values under the place that is pointed at. */
export interface Reading {
  readonly input: readonly number[] | null;
  readonly output: readonly number[] | null;
}
interface Pixel {
  readonly x: number;
  readonly y: number;
}
/** What pointing needs to know of the bench. `output` is null while there is no full result. */
export interface Pointed {
  readonly input: ReadonlySignal<Size | null>;
  readonly output: ReadonlySignal<Size | null>;
  values: (at: { readonly input: Pixel; readonly output?: Pixel }) => Promise<Reading>;
}

/** Which place of both pictures is pointed at, which part of them is shown, and the values there. */
export class Pointing {
  readonly place = signal<Place | null>(null);
  readonly part = signal<Part>(whole);
  readonly reading = signal<Reading | null>(null);
  readonly stop: () => void;
  #asked = 0;
  #out = false;

  constructor(readonly pointed: Pointed) {
    this.stop = effect(() => {
      this.place.value;
      pointed.input.value;
      pointed.output.value;
      this.#asked++;
      void this.#read();
    });
  }

  /** Another picture: nothing is pointed at, all of it is shown. */
  reset(): void {
    this.place.value = null;
    this.part.value = whole;
    this.reading.value = null;
  }

  /** Moves by pixels of a picture of that size, and brings the place into view. */
  step(dx: number, dy: number, size: Size): void {
    const from = this.place.peek() ?? { u: 0.5, v: 0.5 };
    const { x, y } = pixelAt(from, size);
    const next = this.place.peek() ? placeOf(x + dx, y + dy, size) : placeOf(x, y, size);
    this.place.value = next;
    this.part.value = revealing(this.part.peek(), next);
  }
  zoom(factor: number, at: Place = this.place.peek() ?? this.middle()): void {
    this.part.value = zoomed(this.part.peek(), factor, at);
  }
  pan(dx: number, dy: number): void {
    this.part.value = panned(this.part.peek(), dx, dy);
  }
  fit(): void {
    this.part.value = whole;
  }
  middle(): Place {
    const { u, v, zoom } = this.part.peek();
    return { u: u + 0.5 / zoom, v: v + 0.5 / zoom };
  }

  /** While one question is out the next one waits, and the latest wins. */
  async #read(): Promise<void> {
    if (this.#out) return;
    const asked = this.#asked;
    const place = this.place.peek();
    const input = this.pointed.input.peek();
    const output = this.pointed.output.peek();
    if (!place || !input) {
      this.reading.value = null;
      return;
    }
    this.#out = true;
    let reading: Reading | null = null;
    try {
      const at = { input: pixelAt(place, input), ...(output && { output: pixelAt(place, output) }) };
      reading = await this.pointed.values(at);
    } catch {
      // A lost worker is reported by the run that meets it.
    }
    this.#out = false;
    if (asked !== this.#asked) return void this.#read();
    this.reading.value = reading;
  }
}
