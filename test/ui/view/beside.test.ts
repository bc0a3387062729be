import { expect, test } from 'vitest';
import { asFineAsSeen } from '../../../src/ui/view/beside';
import type { Sheet, View } from '../../../src/worker/api';

const sheet = (width: number): Sheet => ({ width, height: 1, bitmap: null as unknown as ImageBitmap });
const view = { shape: [1, 3, 600, 1000], drawing: sheet(1000) } as unknown as View;

test('a view has what is seen of it, as finely as it is seen', () => {
  expect(asFineAsSeen(view, null, { width: 240, height: 240 })).toBe(false);
  expect(asFineAsSeen(view, sheet(250), { width: 240, height: 240 })).toBe(true);
  expect(asFineAsSeen(view, sheet(250), { width: 320, height: 320 })).toBe(false);
  expect(asFineAsSeen(view, sheet(334), { width: 320, height: 320 })).toBe(true);
});
test('its drawing is enough where that is not twice as fine, whatever lies beside it', () => {
  expect(asFineAsSeen(view, null, { width: 501, height: 501 })).toBe(true);
  expect(asFineAsSeen(view, sheet(250), { width: 2000, height: 2000 })).toBe(true);
});
test('a drawing that is coarse itself needs nothing beside it', () =>
  expect(asFineAsSeen({ ...view, drawing: sheet(250) }, null, { width: 240, height: 144 })).toBe(true));
