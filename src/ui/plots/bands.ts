// Contours of a landscape as a layer. They do not change while one walks, so they are found once, level by level, without holding the page up.

import { contoursOf, type Ring } from '../../core/contours';
import { along, type Form, halfSide, heightAt, heightsOf, type Landscape, samplesASide } from '../../core/landscape';
import { nextTask } from '../../image/breath';
import type { Bands } from './plot';
import { ticksOf } from './scale';

const LEVELS = 12;

const found = new Map<string, readonly (readonly Ring[])[]>();
const keyOf = ({ a, b }: Landscape, form: Form): string => `${form} ${a} ${b}`;

export function levelsOf(landscape: Landscape, form: Form): number[] {
  const top = heightAt(landscape, form, [halfSide, halfSide]);
  return ticksOf({ label: '', from: 0, to: top }, LEVELS + 1).filter((level) => level > 0 && level < top);
}

/** With its rings where they are found already. */
export function bandsOf(landscape: Landscape, form: Form): Bands {
  const levels = levelsOf(landscape, form);
  const rings = found.get(keyOf(landscape, form)) ?? levels.map(() => []);
  return { kind: 'bands', name: form === 'root' ? 'z' : '½z²', levels, rings };
}

/** Finds the rings. False when they were found before. */
export async function findBands(landscape: Landscape, form: Form): Promise<boolean> {
  const key = keyOf(landscape, form);
  if (found.has(key)) return false;
  const field = { width: samplesASide, height: samplesASide, values: heightsOf(landscape, form) };
  const rings: Ring[][] = [];
  for (const level of levelsOf(landscape, form)) {
    await nextTask();
    const [ones = []] = contoursOf(field, [level]);
    rings.push(ones.map((ring) => ring.map((at) => along(at, samplesASide, halfSide))));
  }
  found.set(key, rings);
  return true;
}
