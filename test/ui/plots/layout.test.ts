import { expect, it } from 'vitest';
import { layOut } from '../../../src/ui/plots/layout';
import type { Panel } from '../../../src/ui/plots/plot';

const measure = (text: string, size: number): number => 6 * size * text.length;
const panel = (label: string): Panel => ({
  id: 'one',
  title: 'Channel 1',
  x: { from: 0, to: 1, label: '' },
  y: { from: 0, to: 1, label, bare: true },
  axes: 'framed',
  shape: 'low',
  layers: [],
  said: '',
});
const textsOf = (label: string, width: number) =>
  layOut(panel(label), { width, em: 12, measure }).before.flatMap((mark) => (mark.kind === 'text' ? [mark] : []));

it('what a panel says over its drawing is broken where the panel ends, and the drawing begins below', () => {
  const words = 'mean 1.57 → 0, variance 0.0107 → 0.999';
  const [wide, narrow] = [textsOf(words, 400), textsOf(words, 150)];
  expect(wide.map(({ text }) => text)).toContain(words);
  const lines = narrow.filter(({ ink }) => ink === 'faint');
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.every(({ text }) => measure(text, 0.92) <= 150)).toBe(true);
  const box = (width: number) => layOut(panel(words), { width, em: 12, measure }).places.box.y;
  expect(box(150) - box(400)).toBeCloseTo(1.4 * 12 * (lines.filter(({ anchor }) => anchor === 'start').length - 1));
});
