// One line per op. `npm run new:op NAME` adds the line; the registry puts them in order.
export { avgPool2d } from './avgPool2d';
export { batchNorm } from './batchNorm';
export { conv2d } from './conv2d';
export { interpolate } from './interpolate';
export { leakyRelu } from './leakyRelu';
export { maxPool2d } from './maxPool2d';
export { relu } from './relu';
export { sigmoid } from './sigmoid';
