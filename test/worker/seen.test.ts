import { describe, expect, it } from 'vitest';
import type { Tensor } from '../../src/core/tensor';
import type { Drawing } from '../../src/image/draw';
import type { Look, View } from '../../src/worker/api';
import { studioWith } from './opened';

const look: Look = { display: { mapping: 'auto', channel: 'all' }, diverging: ['#0000ff', '#ffffff', '#ff0000'] };
/** Of 60 x 40 pixels every fourth is seen. */
const far: Look = { ...look, seen: { width: 15, height: 10 } };

/** Columns of black and white in turn. */
const stripes: Tensor<Float32Array> = {
  shape: [1, 3, 40, 60],
  data: Float32Array.from({ length: 3 * 40 * 60 }, (_, i) => i % 2),
};
const pool = { version: 1, input: 'unit', steps: [{ op: 'maxPool2d', params: { kernelSize: 1, stride: 1 } }] } as const;

async function shown(how: Look): Promise<View<Drawing>[]> {
  const studio = await studioWith(stripes);
  const views: View<Drawing>[] = [];
  await studio.run(pool, [{ node: 0, look: how }], (event) => event.kind === 'view' && views.push(event.view));
  return [await studio.input('unit', how), ...views, await studio.redraw({ node: 0, look: how })];
}
const greys = ({ rgba }: Drawing): Set<number> => new Set(rgba.filter((_, i) => i % 4 < 3));

describe('what is seen of a picture that is drawn much finer', () => {
  it('comes with its full drawing, by means: of the picture, of a result, of one that is drawn again', async () => {
    const views = await shown(far);
    expect(views).toHaveLength(3);
    for (const { drawing, seen } of views) {
      expect(drawing).toMatchObject({ width: 60, height: 40 });
      expect(greys(drawing)).toEqual(new Set([0, 255]));
      expect(seen).toMatchObject({ width: 15, height: 10 });
      const [grey, ...more] = greys(seen!);
      expect([Math.abs(grey! - 127.5) < 1, more]).toEqual([true, []]);
    }
  });

  it('is not drawn twice where the drawing is no twice as fine, nobody says how it is seen, or the drawing is as coarse', async () => {
    for (const how of [look, { ...look, seen: { width: 31, height: 21 } }])
      for (const view of await shown(how)) expect([view.seen, view.drawing.width]).toEqual([undefined, 60]);
    for (const view of await shown({ ...far, coarse: true })) expect([view.seen, view.drawing.width]).toEqual([undefined, 15]);
  });

  it('is drawn anew for another size on the screen, alone', async () => {
    const studio = await studioWith(stripes);
    await studio.run(pool, [{ node: 0, look }], () => undefined);
    for (const node of [-1, 0]) {
      const wider = { ...look, seen: { width: 20, height: 14 } };
      expect(await studio.seen({ node, look: wider })).toMatchObject({ width: 20, height: 14 });
      expect(await studio.seen({ node, look })).toBeNull();
      expect(await studio.seen({ node, look: { ...look, seen: { width: 40, height: 40 } } })).toBeNull();
    }
  });

  it('comes with a difference, too', async () => {
    const studio = await studioWith(stripes);
    await studio.run(pool, [{ node: 0, look }], () => undefined);
    const { display: _, ...apart } = far;
    const difference = await studio.difference({ nodes: [-1, 0], channels: [[0], [0]] }, false, apart);
    expect(difference?.view.seen).toMatchObject({ width: 15, height: 10 });
  });
});
