/** Megapixels above which the person is asked first. */
export const ASK_MEGAPIXELS = 24;
/** Megapixels and pixels of a side that are never opened without `shrink`. */
export const MAX_MEGAPIXELS = 100;
export const MAX_SIDE = 32767;
/** No browser decodes width x height x 4 bytes or more than this, whatever the size wanted afterwards. */
export const MAX_DECODED_BYTES = 2 ** 31;

/** Why a size is not opened as it is. */
export interface OverLimit {
  readonly reason: 'ask' | 'tooLarge';
  /** A sentence for people with both numbers. */
  readonly message: string;
  readonly megapixels: number;
  /** The smallest whole factor that fits; absent where none does. */
  readonly shrink?: number;
  /** `Use half size` */
  readonly action?: string;
}

/** A whole-factor reduction keeps a last, narrower cell, so sizes round up. */
export const shrunk = (side: number, factor: number): number => Math.ceil(side / factor);

/** Judges a picture's size as shown. Null: it may be opened. With `shrink` the person has chosen a size and is not asked again. */
export function overLimit(width: number, height: number, options: { shrink?: number; large?: boolean } = {}): OverLimit | null {
  const { shrink = 1, large = false } = options;
  const megapixels = (width * height) / 1e6;
  if (width * height * 4 >= MAX_DECODED_BYTES) {
    const limit = Math.floor(MAX_DECODED_BYTES / 4e6);
    return {
      reason: 'tooLarge',
      megapixels,
      message: `This picture has ${amount(megapixels, limit)} megapixels; browsers decode at most ${limit}.`,
    };
  }
  const fits = (k: number, most: number): boolean =>
    (shrunk(width, k) * shrunk(height, k)) / 1e6 <= most && Math.max(shrunk(width, k), shrunk(height, k)) <= MAX_SIDE;
  const factor = (most: number): number => {
    let k = shrink;
    while (!fits(k, most)) k += 1;
    return k;
  };
  if (!fits(shrink, MAX_MEGAPIXELS)) return refusal(width, height, factor(MAX_MEGAPIXELS));
  if (shrink === 1 && !large && megapixels > ASK_MEGAPIXELS) return question(width, height, factor(ASK_MEGAPIXELS));
  return null;
}

function refusal(width: number, height: number, shrink: number): OverLimit {
  const megapixels = (width * height) / 1e6;
  const [w, h] = [shrunk(width, shrink), shrunk(height, shrink)];
  const message =
    megapixels > MAX_MEGAPIXELS
      ? `This picture has ${amount(megapixels, MAX_MEGAPIXELS)} megapixels; the limit is ${MAX_MEGAPIXELS}. At ${part(shrink)} it has ${amount((w * h) / 1e6)}.`
      : `This picture is ${whole(width)} × ${whole(height)}; no side may be longer than ${whole(MAX_SIDE)}. At ${part(shrink)} it is ${whole(w)} × ${whole(h)}.`;
  return { reason: 'tooLarge', message, megapixels, shrink, action: `Use ${part(shrink)}` };
}

function question(width: number, height: number, shrink: number): OverLimit {
  const megapixels = (width * height) / 1e6;
  const less = amount((shrunk(width, shrink) * shrunk(height, shrink)) / 1e6);
  const memory = whole(Math.round((width * height * 12) / 1e6));
  return {
    reason: 'ask',
    megapixels,
    shrink,
    action: `Use ${part(shrink)}`,
    message: `This picture has ${amount(megapixels, ASK_MEGAPIXELS)} megapixels. Above ${ASK_MEGAPIXELS} every result takes long, here with ${memory} MB each. At ${part(shrink)} it has ${less}.`,
  };
}

const part = (shrink: number): string =>
  ['full size', 'half size', 'a third of the size', 'a quarter of the size'][shrink - 1] ?? `1/${shrink} of the size`;

/** Thousands take a narrow space. */
const whole = (n: number): string => String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, '\u202f');

/** Megapixels without needless decimals, but never rounded down to the limit that they exceed. */
function amount(megapixels: number, limit = 0): string {
  const rounded = Math.round(megapixels);
  return rounded >= 10 && rounded > limit ? whole(rounded) : String(Math.ceil(megapixels * 10 - 1e-9) / 10);
}
