import { describe, expect, it } from 'vitest';
import { opened, picture, scene, step } from './chains';

describe('switches', () => {
  it('are the first largest value of each window in the area, counted over windows that overlap', async () => {
    const x = picture(3, 20, 24);
    const overlapping = step('maxPool2d', { kernelSize: 3, stride: 2, padding: 1 });
    const area = { left: 3, top: 2, width: 4, height: 5 };
    const told = await (await opened(x))('switches', { node: 0, channel: 1, area }, scene(overlapping));
    expect(told).not.toBeNull();
    const wins = new Map<number, number>();
    for (let i = area.top; i < area.top + area.height; i++)
      for (let j = area.left; j < area.left + area.width; j++) {
        let best = -1;
        for (let row = Math.max(0, 2 * i - 1); row <= Math.min(19, 2 * i + 1); row++)
          for (let column = Math.max(0, 2 * j - 1); column <= Math.min(23, 2 * j + 1); column++) {
            const at = row * 24 + column;
            if (best < 0 || x.data[480 + at]! > x.data[480 + best]!) best = at;
          }
        wins.set(best, (wins.get(best) ?? 0) + 1);
      }
    const { left, top, width } = told!.area;
    const found = [...told!.wins.entries()].flatMap(([k, n]) =>
      n > 0 ? [[(top + Math.floor(k / width)) * 24 + left + (k % width), n]] : [],
    );
    expect(new Map(found.map(([at, n]) => [at!, n!]))).toEqual(wins);
  });
});
