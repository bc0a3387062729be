// What is seen of a result that is much larger than the picture it is made of, while a slider moves: the means that its drawing would take, made
// without it.

import { sizeOf } from '../core/tensor';
import { paintFor } from '../image/display';
import { type Drawing, factorSeen } from '../image/draw';
import type { Look, View, Wanted } from './api';
import type { Asked } from './chain';
import type { Desk } from './desk';

/**
 * A view that is drawn as the full result would be, as coarsely as `look.seen` allows. Null where there is a better way: the result is there, is not larger than
 * what it is made of, is seen pixel by pixel, is coloured by what its values turn out to be, or its step has no such way.
 */
export async function glimpse(desk: Desk, { node, look }: Wanted, asked: Asked): Promise<View<Drawing> | null> {
  const { chain, picture, drawings, workshop } = desk;
  const { shapes, breath, scene } = asked;
  const [step, from, to] = [scene.steps[node], shapes[node], shapes[node + 1]];
  if (!look.coarse || !look.seen || !step || !from || !to || chain.isInput(node) || chain.at(node) || step.off) return null;
  if (!workshop.engines.mayMean(step.op)) return null;
  if (sizeOf(to) <= sizeOf(from)) return null;
  const factor = factorSeen(to[3] ?? 1, to[2] ?? 1, look.seen);
  if (factor === 1) return null;
  const before = chain.isInput(node - 1) ? null : await chain.result(node - 1, asked, false, () => undefined);
  // A signed copy of the picture has no statistics of its own.
  if (before === null && scene.input === 'signed') return null;
  const { mapping } = before
    ? await before.paint(look, breath)
    : paintFor(picture.tensor, await picture.stats(breath), look.display, scene.input);
  // The ends of other scales are those of the values.
  if (mapping !== 'clamp') return null;
  const values = before ? before.values : picture;
  return values.during(async (x) => {
    const means = await chain.means(node, asked, x, before, factor);
    if (!means) return null;
    try {
      return await drawings.view(node, means, clamped(look), breath);
    } finally {
      means.values.letGo();
    }
  });
}

const clamped = (look: Look): Look => ({ ...look, display: { ...look.display, mapping: 'clamp' } });
