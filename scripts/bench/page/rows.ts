// Every row of the bench, in the order of the table.
import { convolutions } from './convs';
import { maps } from './maps';
import { pools } from './pools';
import { resizes } from './resizes';
import { type Entry, pictures } from './work';

const bytes: Entry = { name: 'RGBA, max-pool 3x3, RGBA', sizes: pictures, bytes: true, make: () => ({ steps: [] }) };

export const entries: readonly Entry[] = [...maps, ...pools, ...convolutions, ...resizes, bytes];
