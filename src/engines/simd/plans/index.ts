// Every fast op: one line a family.
import type { Planned } from '../plan';
import { adaptivePooling } from './adaptivePooling';
import { lpPooling } from './lpPooling';
import { maps } from './maps';
import { medianPooling } from './median';
import { pooling } from './pooling';
import { unpooling } from './unpooling';

export const planners: readonly Planned[] = [
  ...maps,
  ...pooling,
  ...adaptivePooling,
  ...lpPooling,
  ...medianPooling,
  ...unpooling,
];
