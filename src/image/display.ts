import type { InputRange } from '../core/op';
import type { Tensor } from '../core/tensor';
import { ends, exceeds, type Stats, typicalLimit } from './stats';

/**
 * How values become pixels; never mixed into the numbers.
 * `clamp`: the range in which the scene's input lives, 0..1 or −1..1, so that a value has one colour on both sides of a scene.
 * `minmax`: smallest to largest value shown. `symmetric`: zero in the middle of a diverging map. `abs`: magnitude, from zero.
 * `auto`: `symmetric` where negative values carry more than a tenth of the magnitude; `minmax` from 0 to the typical end where a twentieth of
 * the values lie beyond 1.5 times the end of the range, as those of a deep layer do; else `clamp`. So the under- and overshoot of a bicubic
 * upsample or a sharpening, which reaches far along edges only, keeps the picture a picture.
 */
export type Mapping = 'auto' | 'clamp' | 'minmax' | 'symmetric' | 'abs';
export interface Display {
  readonly mapping: Mapping;
  /** `all`: three channels as RGB (their mean under the diverging map), else the first; or the index of one channel. */
  readonly channel: 'all' | number;
}

/** A `Display` decided for one tensor: what is drawn, and the values at the two ends. */
export interface Paint {
  readonly mapping: Exclude<Mapping, 'auto'>;
  /** Indices: one (grey or diverging), or three (RGB, or their mean under the diverging map). */
  readonly channels: readonly number[];
  readonly low: number;
  readonly high: number;
}

const NEGATIVE_SHARE = 0.1;
/** Where the range of the input ends, of both kinds. */
const END = 1;
const FAR = { share: 0.95, beyond: 1.5 };

/** Decides mapping, channels and ends. A channel index that the tensor lacks falls back to the first. */
export function paintFor(tensor: Tensor, stats: Stats, display: Display, range: InputRange): Paint {
  const channels = channelsShown(stats.channels.length, display.channel);
  const mapping = display.mapping === 'auto' ? automatic(tensor, stats, channels) : display.mapping;
  switch (mapping) {
    case 'clamp':
      return { mapping, channels, low: range === 'signed' ? -1 : 0, high: END };
    case 'stretched':
      return {
        mapping: 'minmax',
        channels,
        low: Math.max(0, ends(stats, channels).low),
        high: typicalLimit(tensor, stats, channels),
      };
    case 'minmax':
      return { mapping, channels, ...ends(stats, channels) };
    case 'symmetric': {
      const limit = typicalLimit(tensor, stats, channels);
      return { mapping, channels, low: 0 - limit, high: limit };
    }
    case 'abs':
      return { mapping, channels, low: 0, high: typicalLimit(tensor, stats, channels) };
  }
}

function automatic(tensor: Tensor, stats: Stats, channels: readonly number[]): 'symmetric' | 'stretched' | 'clamp' {
  const total = stats.channels.reduce((sum, c) => sum + c.magnitude, 0);
  const negative = stats.channels.reduce((sum, c) => sum + c.negative, 0);
  if (negative > NEGATIVE_SHARE * total) return 'symmetric';
  const far = FAR.beyond * END;
  return ends(stats, channels).high > far && exceeds(tensor, channels, FAR.share, far) ? 'stretched' : 'clamp';
}

function channelsShown(count: number, channel: Display['channel']): number[] {
  if (channel === 'all') return count === 3 ? [0, 1, 2] : [0];
  return [Number.isInteger(channel) && channel >= 0 && channel < count ? channel : 0];
}
