// Every fast op: one line a family.
import type { Planned } from '../plan';
import { adaptivePooling } from './adaptivePooling';
import { maps } from './maps';
import { pooling } from './pooling';

export const planners: readonly Planned[] = [...maps, ...pooling, ...adaptivePooling];
