import { factorBeside } from '../../image/draw';
import { shrunk } from '../../image/limits';
import type { Sheet, View } from '../../worker/api';
import type { Size } from './place';

/** Whether what lies beside a view's drawing is as fine as the view is seen now, where the drawing is much finer. */
export function asFineAsSeen({ shape }: View, beside: Sheet | null, screen: Size): boolean {
  const [height = 1, width = 1] = shape.slice(-2);
  const factor = factorBeside(width, height, screen);
  return factor === null || beside?.width === shrunk(width, factor);
}
