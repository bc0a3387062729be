// Every fast op: one line a family.
import type { Planned } from '../plan';
import { maps } from './maps';
import { moving } from './moving';
import { resampling } from './resampling';

export const planners: readonly Planned[] = [...maps, ...moving, ...resampling];
