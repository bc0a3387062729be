import { factorBeside } from '../../image/draw';
import { shrunk } from '../../image/limits';
import type { View } from '../../worker/api';
import type { Size } from './place';

/** Whether a view has beside its drawing what is seen of it where that is much coarser, as finely as it is seen now. */
export function asFineAsSeen({ shape, seen }: View, screen: Size): boolean {
  const [height = 1, width = 1] = shape.slice(-2);
  const factor = factorBeside(width, height, screen);
  return factor === null || seen?.width === shrunk(width, factor);
}
