// One number made of a result, whose gradient is asked for: a value, the mean of a channel, or the distance from a target.

import type { Origin } from './backward';
import { type Loss, lossGradients, lossOf } from './losses';
import { type Shape, sizeOf, type Tensor } from './tensor';

export interface Objective {
  readonly origin: Origin;
  /** The number itself, summed in float64. */
  amount(y: Tensor): number;
  /** What one value adds to it, by its flat index in a result of that shape: a change of some values changes the number by that of their shares. */
  share(value: number, at: number, shape: Shape): number;
}

export const oneValue = (at: number): Objective => ({
  origin: { of: 'value', at },
  amount: (y) => y.data[at] ?? Number.NaN,
  share: (value, other) => (other === at ? value : 0),
});

/** The mean of a channel of [N, C, …], over all that is not a channel. */
export const meanOfChannel = (channel: number): Objective => ({
  origin: { of: 'mean', channel },
  amount({ shape, data }) {
    const [, channels = 1] = shape;
    const plane = sizeOf(shape.slice(2));
    let [sum, count] = [0, 0];
    for (let from = channel * plane; from < data.length; from += channels * plane)
      for (let i = from; i < from + plane; i++, count++) sum += data[i]!;
    return sum / count;
  },
  share(value, at, shape) {
    const [, channels = 1] = shape;
    return Math.floor(at / sizeOf(shape.slice(2))) % channels === channel ? (value * channels) / sizeOf(shape) : 0;
  },
});

/** The mean of the losses of all values. The target is held fixed: nothing goes back through it. */
export const distance = (loss: Loss, target: Tensor): Objective => ({
  origin: { of: 'loss', gradient: (y) => lossGradients(loss, y, target).x },
  amount: (y) => lossOf(loss, y, target).data[0]!,
  share: (value, at, shape) => loss.value(value, target.data[at]!) / sizeOf(shape),
});
