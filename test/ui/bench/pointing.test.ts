import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { Pointing } from '../../../src/ui/bench/pointing';

type At = { input?: { x: number; y: number }; output?: { x: number; y: number } };
const settle = () => new Promise((resolve) => setTimeout(resolve));

function bench(output: { width: number; height: number } | null) {
  const asked: At[] = [];
  const answers: ((value: { input: number[]; output: null }) => void)[] = [];
  const pointing = new Pointing({
    input: signal({ width: 10, height: 10 }),
    output: signal(output),
    values: (at) => {
      asked.push(at);
      return new Promise((resolve) => answers.push(resolve));
    },
  });
  return { pointing, asked, answers };
}

test('while one question is out only the latest place waits', async () => {
  const { pointing, asked, answers } = bench(null);
  for (const u of [0.05, 0.15, 0.25, 0.35]) pointing.place.value = { u, v: 0 };
  await settle();
  expect(asked).toEqual([{ input: { x: 0, y: 0 } }]);
  answers[0]?.({ input: [1], output: null });
  await settle();
  expect(asked[1]).toEqual({ input: { x: 3, y: 0 } });
  expect(pointing.reading.value).toBeNull();
  answers[1]?.({ input: [2], output: null });
  await settle();
  expect(pointing.reading.value).toEqual({ input: [2], output: null });
});

test('the same place is asked of both pictures, each in its own pixels', async () => {
  const { pointing, asked } = bench({ width: 5, height: 5 });
  pointing.place.value = { u: 0.99, v: 0.5 };
  await settle();
  expect(asked[0]).toEqual({ input: { x: 9, y: 5 }, output: { x: 4, y: 2 } });
});

test('the first arrow key goes to the middle, the next one a pixel further', () => {
  const { pointing } = bench(null);
  const size = { width: 10, height: 10 };
  pointing.step(1, 0, size);
  expect(pointing.place.value).toEqual({ u: 0.55, v: 0.55 });
  pointing.step(1, 0, size);
  expect(pointing.place.value?.u).toBeCloseTo(0.65, 12);
});

test('zoom steps from one doubling of 100 % to the next, and a typed percentage is taken as it is', () => {
  const { pointing } = bench(null);
  pointing.port.value = { width: 30, height: 30 };
  const percents = [pointing.scale.value * 100];
  for (const step of [1, 1, -1, -1, -1] as const) {
    pointing.zoomStep(step);
    percents.push(Math.round(pointing.scale.value * 100));
  }
  expect(percents).toEqual([300, 400, 800, 400, 200, 100]);
  pointing.zoomTo(12.5);
  expect(pointing.scale.value).toBeCloseTo(12.5, 9);
  pointing.zoomTo(1000);
  expect(pointing.scale.value).toBeCloseTo(64, 9);
});

test('a leap goes at least three times as close, the next one back to the whole picture', () => {
  const { pointing } = bench(null);
  pointing.port.value = { width: 30, height: 30 };
  pointing.leap({ u: 0.2, v: 0.2 });
  expect(pointing.scale.value).toBeCloseTo(16, 9);
  pointing.leap({ u: 0.2, v: 0.2 });
  expect(pointing.part.value.zoom).toBe(1);
});
