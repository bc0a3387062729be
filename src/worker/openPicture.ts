import type { Scene } from '../core/scene';
import type { Tensor } from '../core/tensor';
import type { Breath } from '../image/breath';
import { factorFor } from '../image/draw';
import type { Stats } from '../image/stats';
import { Kept } from './kept';
import type { Workshop } from './workshop';

/** Pictures over this many pixels show a preview first, of at most `PREVIEW_PIXELS`, where the full result takes long. */
const LARGE_PIXELS = 2e6;
const PREVIEW_PIXELS = 0.5e6;

type Pixels = Tensor<Float32Array>;
interface Preview {
  readonly tensor: Pixels;
  /** How much smaller it is. */
  readonly factor: number;
}

/** A decoded picture (values 0..1), and what is made of it once. */
export class OpenPicture {
  private readonly values: Kept;
  private signed: Kept | null = null;
  private statistics: Stats | null = null;
  private small: Preview | null = null;
  private closed = false;

  constructor(
    tensor: Pixels,
    private readonly workshop: Workshop,
  ) {
    this.values = new Kept(tensor, workshop.engines.release);
  }

  get tensor(): Pixels {
    return this.values.tensor;
  }
  get large(): boolean {
    const [, , height = 1, width = 1] = this.tensor.shape;
    return width * height > LARGE_PIXELS;
  }

  /** The picture stays at least as long as the work. */
  during<T>(work: (x: Pixels) => Promise<T>): Promise<T> {
    return this.values.during(work);
  }

  async stats(breath: Breath): Promise<Stats> {
    this.statistics ??= await this.workshop.stats(this.tensor, breath);
    return this.statistics;
  }

  async preview(breath: Breath): Promise<Preview> {
    const { tensor, workshop } = this;
    const factor = factorFor(tensor.shape[3] ?? 1, tensor.shape[2] ?? 1, PREVIEW_PIXELS);
    if (this.small !== null) return this.small;
    const made = { tensor: await workshop.reduced(tensor, factor, breath), factor };
    // Another run may have made one, or another picture been opened, meanwhile.
    if (this.small === null && !this.closed) this.small = made;
    else workshop.engines.release(made.tensor);
    breath.signal?.throwIfAborted();
    return this.small ?? made;
  }

  /** Works on what enters a scene of the picture, or of its preview. The signed copy of a picture that is not large is kept while scenes are signed. */
  async entering<T>(input: Pixels, range: Scene['input'], breath: Breath, work: (x: Pixels) => Promise<T>): Promise<T> {
    if (range !== 'signed') {
      this.signed?.letGo();
      this.signed = null;
      return work(input);
    }
    const whole = input === this.tensor;
    const known = whole ? this.signed : null;
    const signed = known ?? new Kept(await this.workshop.signed(input, breath), this.workshop.engines.release);
    // Another run may have made one, or another picture been opened, meanwhile.
    if (whole && this.signed === null && !this.closed && !this.large) this.signed = signed;
    const passing = signed !== this.signed;
    return signed.during(work).finally(() => passing && signed.letGo());
  }

  /** Another picture takes its place. */
  letGo(): void {
    this.closed = true;
    if (this.small) this.workshop.engines.release(this.small.tensor);
    this.signed?.letGo();
    this.signed = null;
    this.values.letGo();
  }
}
