// Every fast op: one line a family.
import type { Planned } from '../plan';
import { draws } from './draws';
import { maps } from './maps';
import { norms } from './norms';
import { prelus } from './prelu';
import { pixelNorms } from './responses';
import { softmaxes } from './softmax';

export const planners: readonly Planned[] = [...maps, ...prelus, ...norms, ...pixelNorms, ...softmaxes, ...draws];
