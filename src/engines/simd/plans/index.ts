// Every fast op: one line a family.
import type { Planned } from '../plan';
import { adaptivePooling } from './adaptivePooling';
import { blurs } from './blur';
import { convolution } from './convolution';
import { mixers } from './linear';
import { maps } from './maps';
import { moving } from './moving';
import { pooling } from './pooling';
import { resampling } from './resampling';
import { transposedConvolutions } from './transposed';
import { zeroInserts } from './zeroInsert';

export const planners: readonly Planned[] = [...maps, convolution, ...blurs, ...transposedConvolutions, ...zeroInserts, ...pooling, ...adaptivePooling, ...moving, ...resampling, ...mixers, import { lpPooling } from './lpPooling';
import { medianPooling } from './median';
import { unpooling } from './unpooling';
  ...lpPooling, ...medianPooling, ...unpooling];
