import type { Scene } from '../../core/scene';
import type { Shape } from '../../core/tensor';

export interface SizeLineProps {
  readonly scene: Scene;
  /** What the first step reads, [N, C, H, W]. */
  readonly xShape: Shape | null;
  readonly stepIndex: number;
  /** Also the arithmetic of the height, where there is room. */
  readonly both?: boolean;
}

/** How the output got its size, with the numbers in it. */
export function SizeLine(_props: SizeLineProps) {
  return <p class="size" />;
}
