import { type Depth, type DepthNorms, depthNorms } from '../../core/depth';
import { zeros } from '../../core/tensor';
import { inputNode } from '../api';
import type { Inquiry } from '.';

export interface DepthAsked {
  readonly chains: readonly Depth[];
  /** The picture is reduced until neither side is longer. */
  readonly side: number;
}
export interface DepthAnswer {
  /** Of the picture that the gradients are about. */
  readonly width: number;
  readonly height: number;
  readonly norms: readonly DepthNorms[];
}

/** Gradients through chains of many layers, on the picture reduced. */
export const depth: Inquiry<'depth'> = async ({ chains, side }, { during, workshop, breath, report }) => {
  const x = await during(inputNode, async (picture) => {
    const [, , height = 1, width = 1] = picture.shape;
    const factor = Math.ceil(Math.max(width, height) / side);
    const small = await workshop.reduced(picture, factor, breath);
    const copy = zeros(small.shape);
    copy.data.set(small.data);
    if (small !== picture) workshop.engines.release(small);
    return copy;
  });
  const norms: DepthNorms[] = [];
  for (const [i, chain] of chains.entries()) {
    const work = depthNorms(x, chain);
    let step = work.next();
    for (; !step.done; step = work.next()) {
      report((i + step.value) / chains.length);
      if (breath.due()) await breath.rest();
    }
    norms.push(step.value);
  }
  return { width: x.shape[3] ?? 1, height: x.shape[2] ?? 1, norms };
};
