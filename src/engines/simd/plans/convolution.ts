// Convolution: which planner reads which.

import { conv2d } from '../../../core/ops/conv2d';
import { planned } from '../plan';
import { depthwise } from './depthwise';

export const convolutions = [planned(conv2d, (asked) => depthwise(asked))];
