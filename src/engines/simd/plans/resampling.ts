// Interpolation: single pixels are picked, all else is two passes with the taps of the reference.

import { interpolate, interpolateTaps } from '../../../core/ops/interpolate';
import { imageAxes, type Shape } from '../../../core/tensor';
import { type Axes, type Plan, planned } from '../plan';
import { axisTaps, transposed } from './axisTaps';
import { type Picks, picked } from './picks';
import { remembered } from './remembered';
import { twoPasses } from './twoPasses';

const recall = remembered<Plan>(8);

export const resampling = [
  planned(
    interpolate,
    ({ params, inputs: { x }, outputs: { y = [] } }) =>
      recall(['forward', x.shape, params], () => {
        const [, , height, width] = imageAxes('interpolate', x.shape);
        const { down, across } = axesOf(x.shape, params);
        // The mean of an area that is one pixel is that pixel.
        if (down.count === 1 && across.count === 1)
          return picked({ rows: down.index, columns: across.index, height, width, how: nearest }, y);
        return twoPasses(down, across, { from: 'x', to: 'y' }, y);
      }),
    ({ params, inputs: { x } }) =>
      recall(['backward', x.shape, params], () => {
        const [, , height, width] = imageAxes('interpolate', x.shape);
        const { oh, ow, down, across } = interpolateTaps(x.shape, params);
        const [rows, columns] = [transposed(axisTaps(down, height, oh)), transposed(axisTaps(across, width, ow))];
        return twoPasses(rows, columns, { from: 'dy', to: 'dx' }, x.shape);
      }),
    { axes: ({ params, inputs: { x } }) => axesOf(x.shape, params) },
  ),
];

function axesOf(x: Shape, params: Parameters<typeof interpolateTaps>[1]): Axes {
  const [, , height, width] = imageAxes('interpolate', x);
  const { oh, ow, down, across, firstTap } = interpolateTaps(x, params);
  return { down: axisTaps(down, height, oh, firstTap), across: axisTaps(across, width, ow) };
}

function nearest(picks: Picks): string {
  const repeated = 'every row is made once, and copied where it is repeated';
  switch (picks.kind) {
    case 'copy':
      return 'rows copied, because columns stay as they are';
    case 'repeat':
      return `pixels repeated ${picks.times} times by shuffles, because ${picks.times} is a whole factor; ${repeated}`;
    case 'every':
      return `every pixel number ${picks.step} picked by shuffles, because ${picks.step} is a whole factor`;
    default:
      return `pixels picked by a table, because the factor is no whole one; ${repeated}`;
  }
}
