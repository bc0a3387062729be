import { beforeAll, expect, it } from 'vitest';
import arabic from '../../assets/_locales/ar/messages.json';
import { chainTitle } from '../../src/ui/chains/words';
import { dir, speak, t } from '../../src/ui/strings';

beforeAll(() => speak(['ar'], async () => arabic));

it('in text from right to left a number keeps its sign before it', () => {
  expect(dir()).toBe('rtl');
  expect(t('inspectNotRounded', '−0.5')).toContain('\u2066−0.5\u2069');
  expect(t('inspectNotRounded', '0.5')).not.toContain('\u2066');
});

it('arrows from one name to the next point to the left, also between names in other letters', () => {
  const steps = ['relu', 'elu'].map((op) => ({ op, params: {} }));
  expect(chainTitle({ version: 1, input: 'unit', steps })).toMatch(/^\S.* \u200f←\u200f .*\S$/);
});
