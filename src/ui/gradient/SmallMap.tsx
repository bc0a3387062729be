import type { ComponentProps } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Picture } from '../../worker/inquiries/gradients';
import { paint } from '../view/Film';

export interface SmallMapProps extends Omit<ComponentProps<'canvas'>, 'ref' | 'class'> {
  readonly picture: Picture;
  /** Not yet, or no longer, what is looked at. */
  readonly pale?: boolean;
}

/** A tensor as the worker drew it; its pixels stay squares where they are few. */
export function SmallMap({ picture: { drawing }, pale = false, ...rest }: SmallMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current) paint(canvas.current, drawing);
  }, [drawing]);
  return (
    <canvas
      {...rest}
      ref={canvas}
      class={['gradient-map', drawing.width < 128 && 'px', pale && 'pale'].filter(Boolean).join(' ')}
    />
  );
}
