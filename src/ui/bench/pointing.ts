import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import {
  fitting,
  laid,
  type Part,
  type Place,
  panned,
  pixelAt,
  placeOf,
  revealing,
  type Size,
  whole,
  zoomed,
  zooms,
} from './place';

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

const unit: Size = { width: 1, height: 1 };
/** A double click on a whole picture shows at least this much less of it. */
const leap = 3;

/** Which place of both pictures is pointed at, which part of them is shown, and the values there. */
export class Pointing {
  readonly place = signal<Place | null>(null);
  readonly part = signal<Part>(whole);
  readonly reading = signal<Reading | null>(null);
  /** The area in which the first picture is shown, in CSS px. */
  readonly port = signal<Size>({ width: 0, height: 0 });
  /** Values of the cells around the place are shown, in both pictures. */
  readonly loupe = signal(false);
  /** CSS px per pixel of the first picture; 0 before it is laid out. */
  readonly scale = computed(() => fitting(this.#shown()) * this.part.value.zoom);
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

  /** Pixels of the screen in which the whole of a picture is seen; null before it is laid out. */
  seen(): Size | null {
    const { width, height } = this.port.peek();
    const by = this.part.peek().zoom * devicePixelRatio;
    return width > 0 && height > 0 ? { width: width * by, height: height * by } : null;
  }

  /** Another picture: nothing is pointed at, all of it is shown. */
  reset(): void {
    this.place.value = null;
    this.part.value = whole;
    this.reading.value = null;
  }

  /** Moves by pixels of a picture of that size, and brings the place into view. */
  step(dx: number, dy: number, size: Size): void {
    const from = this.place.peek() ?? this.middle();
    const { x, y } = pixelAt(from, size);
    const next = this.place.peek() ? placeOf(x + dx, y + dy, size) : placeOf(x, y, size);
    this.place.value = next;
    this.part.value = revealing(this.part.peek(), next, this.#shown());
  }
  zoom(factor: number, at: Place = this.place.peek() ?? this.middle()): void {
    this.part.value = zoomed(this.part.peek(), factor, at, this.#shown());
  }
  /** So that a pixel of the first picture measures that many CSS px. */
  zoomTo(scale: number, at?: Place): void {
    const now = this.scale.peek();
    if (now > 0) this.zoom(scale / now, at);
  }
  /** To the next doubling of 100 %, in or out. */
  zoomStep(direction: 1 | -1): void {
    const doublings = Math.log2(this.scale.peek());
    const next = direction > 0 ? Math.floor(doublings + 1.01) : Math.ceil(doublings - 1.01);
    this.zoomTo(2 ** next);
  }
  /** From the whole picture into it, and back. */
  leap(at: Place): void {
    if (this.part.peek().zoom !== 1) this.fit();
    else this.zoomTo(2 ** Math.max(0, Math.ceil(Math.log2(this.scale.peek() * leap))), at);
  }
  /** By CSS px. */
  pan(dx: number, dy: number): void {
    this.part.value = panned(this.part.peek(), dx, dy, this.#shown());
  }
  fit(): void {
    this.part.value = whole;
  }
  /** Some of the picture lies outside its port. */
  overflows(): boolean {
    const shown = this.#shown();
    const { width, height } = laid(this.part.peek(), shown);
    return width > shown.port.width + 0.5 || height > shown.port.height + 0.5;
  }
  /** CSS px per pixel of the first picture, at least and at most. */
  scales(): { readonly least: number; readonly most: number } {
    const shown = this.#shown();
    const { least, most } = zooms(shown);
    return { least: least * fitting(shown), most: most * fitting(shown) };
  }
  /** What lies in the middle of the port. */
  middle(): Place {
    const { u, v } = this.part.peek();
    return { u, v };
  }

  readonly #shown = () => ({ port: this.port.value, size: this.pointed.input.value ?? unit });

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
