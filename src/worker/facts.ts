import type { Fact } from '../core/op';
import { parse } from '../core/parse';
import { opOf } from '../core/registry';
import { inputsOf } from '../core/sequential';
import { Breath } from '../image/breath';
import type { Node } from './api';
import type { Asked, Chain } from './chain';
import type { OpenPicture } from './openPicture';
import type { Workshop } from './workshop';

const SLICE_MS = 4;

/** What the step of a node tells of its work on the picture; nothing for most. In short slices, since a newer run may come. */
export async function factsOf(
  node: Node,
  chain: Chain,
  picture: OpenPicture,
  { engines }: Workshop,
  asked: Asked,
): Promise<readonly Fact[]> {
  const step = asked.scene.steps[node];
  const op = step && !step.off ? opOf(step.op) : null;
  if (!step || !op?.facts) return [];
  const breath = new Breath(asked.signal, SLICE_MS);
  const told = async (x: Parameters<typeof engines.steady>[0]) => {
    const work = op.facts?.(inputsOf(op, step, engines.steady(x)), parse(op.params, step.params, op.name));
    for (;;) {
      const part = work?.next();
      if (!part || part.done) return part?.value ?? [];
      if (breath.due()) await breath.rest();
    }
  };
  if (chain.isInput(node - 1)) return picture.entering(picture.tensor, asked.scene.input, breath, told);
  return (await chain.result(node - 1, asked, false, () => undefined)).values.during(told);
}
