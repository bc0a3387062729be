import { expect, it } from 'vitest';
import { piecesOf } from '../../../src/lab/lessons/Prose';

it('stars make emphasis, back ticks make symbols, and nothing else is markup', () => {
  expect(piecesOf('a *b c* and `x + 1` <i>d</i>')).toEqual([
    { kind: 'plain', text: 'a ' },
    { kind: 'emphasis', text: 'b c' },
    { kind: 'plain', text: ' and ' },
    { kind: 'symbols', text: 'x + 1' },
    { kind: 'plain', text: ' <i>d</i>' },
  ]);
});
it('a mark without its partner is itself, also across lines', () => {
  expect(piecesOf('2 * 3\nis *six')).toEqual([{ kind: 'plain', text: '2 * 3\nis *six' }]);
});
