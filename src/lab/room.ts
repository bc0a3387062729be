import { effect, signal } from '@preact/signals';
import { quickScenes } from '../core/quick';
import type { Picture } from '../image/picture';
import { newPictureId, openShelf } from '../image/shelf';
import type { Bench } from '../ui/bench/state';
import { sentence } from '../ui/bench/words';
import { t } from '../ui/strings';
import { readAddress, writeAddress } from './address';
import { type Sample, samples, sampleUrl } from './samples';

/** The Lab around its bench: where pictures come from, and the address that remembers picture and scene. */
export class Room {
  /** Why the Lab was opened instead of something else. */
  readonly reason = signal<string | null>(null);
  readonly #shelf = openShelf();
  #written = '';
  #timer = 0;

  constructor(readonly bench: Bench) {
    const first = quickScenes[0]?.scene;
    if (first) bench.setScene(first);
    addEventListener('hashchange', () => location.hash !== this.#written && void this.follow());
    void this.follow().then(() => effect(() => this.#remember()));
  }

  /** Shows what the address says. */
  async follow(): Promise<void> {
    const { picture, scene, problem, refused } = readAddress(location.hash);
    this.reason.value = problem && t(problem);
    if (scene) this.bench.setScene(scene);
    if (refused) this.bench.complain(t('sceneRefused', sentence(refused)));
    if (!picture || picture === this.bench.picture.peek()?.id) return;
    const kept = await this.#shelf.get(picture).catch(() => null);
    const sample = samples.find(({ id }) => id === picture);
    if (kept) await this.bench.open(kept.blob, kept);
    else if (sample) await this.openSample(sample);
    else this.bench.complain(t('pictureNotKept'));
  }

  async openFile(file: File): Promise<void> {
    await this.#open({
      id: newPictureId(),
      name: file.name || t('pastedName'),
      blob: file,
      provenance: { how: 'original' },
      added: Date.now(),
    });
  }

  async openSample(sample: Sample): Promise<void> {
    try {
      const response = await fetch(sampleUrl(sample));
      if (!response.ok) throw new Error(String(response.status));
      const blob = await response.blob();
      await this.bench.open(blob, { id: sample.id, name: sample.file, provenance: { how: 'original' }, added: Date.now() });
      this.reason.value = null;
    } catch {
      this.bench.complain(t('sampleMissing', sample.file), () => void this.openSample(sample));
    }
  }

  async #open(picture: Picture): Promise<void> {
    const { blob, ...meta } = picture;
    const opened = await this.bench.open(blob, meta);
    if (opened) this.reason.value = null;
    // Kept also while the person is asked about the size: the answer opens the same picture.
    if (opened || this.bench.ask.peek()) await this.#shelf.put(picture).catch(() => undefined);
  }

  #remember(): void {
    const picture = this.bench.picture.value?.id ?? null;
    const scene = this.bench.scene.value;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      if (!picture) return;
      this.#written = writeAddress(picture, scene);
      history.replaceState(null, '', this.#written);
      this.#written = location.hash;
    }, 250);
  }
}
