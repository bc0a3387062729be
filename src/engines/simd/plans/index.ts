// Every fast op: one line a family.
import type { Planned } from '../plan';
import { blurs } from './blur';
import { convolution } from './convolution';
import { maps } from './maps';
import { transposedConvolutions } from './transposed';
import { zeroInserts } from './zeroInsert';

export const planners: readonly Planned[] = [...maps, convolution, ...blurs, ...transposedConvolutions, ...zeroInserts];
