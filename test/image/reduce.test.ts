import { expect, it } from 'vitest';
import { Breath } from '../../src/image/breath';
import { reduceRgba, reduceTensor } from '../../src/image/reduce';
import { random } from './make';

it('every cell is the mean of the pixels it holds, for factors 1 to 7 of 2 x 3 x 13 x 17 (seed 5)', async () => {
  const next = random(5);
  const [n, c, h, w] = [2, 3, 13, 17];
  const data = Float32Array.from({ length: n * c * h * w }, () => next() * 4 - 2);
  for (let k = 1; k <= 7; k++) {
    const { shape, data: reduced } = await reduceTensor({ shape: [n, c, h, w], data }, k, new Breath());
    const [rows, columns] = [Math.ceil(h / k), Math.ceil(w / k)];
    expect(shape).toEqual([n, c, rows, columns]);
    for (let i = 0; i < reduced.length; i++) {
      const [plane, y, x] = [Math.floor(i / (rows * columns)), Math.floor(i / columns) % rows, i % columns];
      const cell = [...data.keys()].filter((j) => {
        const [jp, jy, jx] = [Math.floor(j / (h * w)), Math.floor(j / w) % h, j % w];
        return jp === plane && Math.floor(jy / k) === y && Math.floor(jx / k) === x;
      });
      expect(reduced[i]).toBeCloseTo(cell.reduce((sum, j) => sum + data[j]!, 0) / cell.length, 6);
    }
  }
});

it('RGBA is averaged by channel', () => {
  const rgba = Uint8ClampedArray.of(0, 10, 20, 255, 10, 20, 41, 255, 90, 80, 70, 255);
  expect(reduceRgba(rgba, 3, 1, 2)).toEqual({ width: 2, height: 1, rgba: Uint8ClampedArray.of(5, 15, 31, 255, 90, 80, 70, 255) });
});
