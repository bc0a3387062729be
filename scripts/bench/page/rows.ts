// Every row of the bench, in the order of the table.
import { convolutions } from './convs';
import { maps } from './maps';
import { pools } from './pools';
import { resizes } from './resizes';
import type { Entry } from './work';

export const entries: readonly Entry[] = [...maps, ...pools, ...convolutions, ...resizes];
