// Every fast op: one line a family.
import type { Planned } from '../plan';
import { convolution } from './convolution';
import { mixers } from './linear';
import { maps } from './maps';

export const planners: readonly Planned[] = [...maps, convolution, ...mixers];
