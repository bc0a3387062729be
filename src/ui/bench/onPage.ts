import { computed, effect, signal } from '@preact/signals';
import { t } from '../strings';
import type { Bench } from './state';

/** The picture on its page, in whose place a result can stand. */
export interface PicturePlace {
  replaced(): Promise<boolean>;
  replace(png: Blob): Promise<void>;
  restore(): Promise<void>;
}

/** Puts results in the place of a picture, and the picture back. */
export class OnPage {
  /** Null where no result can be put. */
  readonly place = signal<PicturePlace | null>(null);
  /** A result stands in the place of the picture: this one, an earlier one, or that of an earlier panel. */
  readonly replaced = signal(false);
  /** What made the result that stands there; null when it is not known. */
  readonly #made = signal<readonly unknown[] | null>(null);
  /** The result that stands there is the one that is shown. */
  readonly upToDate = computed(() => {
    const [now, made] = [this.#makes.value, this.#made.value];
    return this.replaced.value && made !== null && now.every((part, i) => part === made[i]);
  });
  readonly #makes = computed(() => [
    this.bench.picture.value?.id,
    this.bench.scene.value,
    this.bench.nodes.value.output,
    this.bench.display.value,
    this.bench.exact.value,
  ]);

  constructor(
    readonly bench: Bench,
    readonly say: (words: string) => void,
  ) {
    effect(() => {
      if (this.replaced.value && !this.upToDate.value) this.say('');
    });
  }

  /** Another picture, or the same one looked at anew. */
  async goTo(place: PicturePlace | null): Promise<void> {
    this.place.value = place;
    this.replaced.value = false;
    const replaced = (await place?.replaced().catch(() => false)) ?? false;
    if (place !== this.place.peek() || this.replaced.peek()) return;
    this.#made.value = null;
    this.replaced.value = replaced;
  }

  async replace(): Promise<void> {
    const made = this.#makes.peek();
    await this.#act(async (place) => {
      await place.replace(await this.bench.png());
      this.#made.value = made;
      this.replaced.value = true;
      this.say(t('replaced'));
    });
  }

  async restore(): Promise<void> {
    await this.#act(async (place) => {
      await place.restore();
      this.replaced.value = false;
      this.say(t('restored'));
    });
  }

  async #act(act: (place: PicturePlace) => Promise<void>): Promise<void> {
    const place = this.place.peek();
    if (!place) return;
    try {
      await act(place);
    } catch (error) {
      this.bench.complain(error instanceof Error ? error.message : t('pictureGone'));
    }
  }
}
