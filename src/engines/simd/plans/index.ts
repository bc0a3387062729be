// Every fast op: one line a family.
import type { Planned } from '../plan';
import { adaptivePooling } from './adaptivePooling';
import { blurs } from './blur';
import { convolution } from './convolution';
import { mixers } from './linear';
import { maps } from './maps';
import { medianPooling } from './median';
import { moving } from './moving';
import { pooling } from './pooling';
import { resampling } from './resampling';
import { transposedConvolutions } from './transposed';
import { unpooling } from './unpooling';
import { zeroInserts } from './zeroInsert';

export const planners: readonly Planned[] = [
  adaptivePooling,
  blurs,
  convolution,
  mixers,
  maps,
  medianPooling,
  moving,
  pooling,
  resampling,
  transposedConvolutions,
  unpooling,
  zeroInserts,
].flat();
