// Running statistics out of what was counted of a picture.

import type { AnyOp } from '../../core/registry';
import type { Step } from '../../core/scene';
import type { Counted } from '../../worker/inquiries/histogram';

/** More digits than single precision holds in sums, and few enough for an address. */
const DIGITS = 6;
const short = (value: number): number => Number(value.toPrecision(DIGITS));

/** The step after training on this picture alone: its variance is unbiased there, as in PyTorch. The same step where the op gathers nothing. */
export function withStatistics({ gathered }: Pick<AnyOp, 'gathered'>, step: Step, channels: readonly Counted[]): Step {
  if (!gathered) return step;
  const unbiased = ({ variance, count }: Counted): number => (count > 1 ? (variance * count) / (count - 1) : variance);
  return {
    ...step,
    weights: {
      ...step.weights,
      [gathered.mean]: channels.map(({ mean }) => short(mean)),
      [gathered.variance]: channels.map((channel) => short(unbiased(channel))),
    },
  };
}
