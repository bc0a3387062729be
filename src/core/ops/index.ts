// One line per op. `npm run new:op NAME` adds the line; the registry puts them in order.
export { maxPool2d } from './maxPool2d';
