// Every fast op: one line a family.
import type { Planned } from '../plan';
import { adaptivePooling } from './adaptivePooling';
import { blurs } from './blur';
import { convolution } from './convolution';
import { draws } from './draws';
import { mixers } from './linear';
import { lpPooling } from './lpPooling';
import { maps } from './maps';
import { medianPooling } from './median';
import { moving } from './moving';
import { norms } from './norms';
import { pooling } from './pooling';
import { prelus } from './prelu';
import { resampling } from './resampling';
import { pixelNorms } from './responses';
import { softmaxes } from './softmax';
import { transposedConvolutions } from './transposed';
import { unpooling } from './unpooling';
import { zeroInserts } from './zeroInsert';

export const planners: readonly Planned[] = [
  adaptivePooling,
  blurs,
  convolution,
  draws,
  mixers,
  lpPooling,
  maps,
  medianPooling,
  moving,
  norms,
  pooling,
  prelus,
  resampling,
  pixelNorms,
  softmaxes,
  transposedConvolutions,
  unpooling,
  zeroInserts,
].flat();
