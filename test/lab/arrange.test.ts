import { expect, it } from 'vitest';
import { stacksBetter } from '../../src/lab/arrange';

it('landscape pictures in a squarish port lie one above the other', () => expect(stacksBetter(864, 780, 1.5, 16)).toBe(true));
it('tall pictures in the same port lie side by side', () => expect(stacksBetter(864, 780, 0.66, 16)).toBe(false));
it('a flat port keeps landscape pictures side by side', () => expect(stacksBetter(900, 400, 1.5, 16)).toBe(false));
it('a gain of less than a tenth moves nothing', () => expect(stacksBetter(800, 2 * (430 / 1.5 + 52), 1.5, 16)).toBe(false));
