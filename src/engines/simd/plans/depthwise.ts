// One channel for each output.

import type { conv2d } from '../../../core/ops/conv2d';
import type { Asked, Plan } from '../plan';

export function depthwise(_: Asked<'x' | 'weight' | 'bias', (typeof conv2d)['params']>): Plan | string {
  return 'there is no routine for one channel alone yet';
}
