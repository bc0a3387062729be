import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { contentAnswers } from '../../src/messages/schemas';
import { asGiven, type Call, type Handlers, remote, type Sender, serve } from '../../src/messages/wire';

interface Api {
  double(n: number): Promise<number>;
  size(blob: Blob): Promise<number>;
  secret(): Promise<string>;
  fail(how: 'error' | 'string'): Promise<void>;
}
const self = { id: 'us', origins: ['chrome-extension://us'] };
const page: Sender = { id: 'us', url: 'chrome-extension://us/panel.html', tab: { id: 1 }, frameId: 3 };
const content: Sender = { id: 'us', url: 'https://example.org/', tab: { id: 1 }, frameId: 0 };

const handlers: Handlers<Api> = {
  double: { from: ['page', 'content'], arg: v.parser(v.number()), run: async (n) => 2 * n },
  size: { from: ['page'], arg: asGiven<Blob>, run: async (blob) => blob.size },
  secret: { from: ['page'], arg: asGiven<void>, run: async () => 'secret' },
  fail: {
    from: ['page'],
    arg: asGiven<'error' | 'string'>,
    run: async (how) => {
      throw how === 'error' ? new RangeError('maxPool2d: expected 2, received 3.') : 'out of order';
    },
  },
};
const answers = { double: v.parser(v.number()), size: v.parser(v.number()), secret: v.parser(v.string()), fail: () => undefined };

/** Two ends joined by a bus that clones all that passes, as the browsers' does. */
function joined(sender: Sender): Api {
  const listener = serve<Api>('background', handlers, self);
  const send = (call: Call): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const heard = listener(structuredClone(call), sender, (reply) => resolve(structuredClone(reply)));
      if (!heard) reject(new Error('Nobody listens.'));
    });
  return remote<Api>('background', send, answers);
}

describe('a call to another context', () => {
  it('answers with what the handler answers', async () => expect(joined(page).double(21)).resolves.toBe(42));

  it('carries a Blob', async () => expect(joined(page).size(new Blob(['12345']))).resolves.toBe(5));

  it('rejects with the sentence and the name of the error that was thrown there', async () => {
    await expect(joined(page).fail('error')).rejects.toMatchObject({
      name: 'RangeError',
      message: 'maxPool2d: expected 2, received 3.',
    });
  });

  it('rejects with the text of what was thrown there, when that is no error', async () =>
    expect(joined(page).fail('string')).rejects.toThrow('out of order'));

  it('is refused when its argument does not parse', async () => {
    const wrong: unknown = 'two';
    await expect(joined(content).double(wrong as number)).rejects.toThrow(/Expected number/);
  });

  it('is refused to a content script where only pages may call', async () =>
    expect(joined(content).secret()).rejects.toThrow('"secret" answers to page, but was called by content.'));

  it.each<[string, Sender]>([
    ['another extension', { ...page, id: 'them' }],
    ['a message without an id', { url: page.url ?? '', tab: { id: 1 } }],
    ['an address that only begins like ours', { ...page, url: 'chrome-extension://us.evil/panel.html' }],
  ])('is refused to %s', async (_, sender) => expect(joined(sender).secret()).rejects.toThrow(/but was called by/));

  it('is refused when there is no such method, inherited ones included', async () => {
    const listener = serve<Api>('background', handlers, self);
    const reply = await new Promise((resolve) => listener({ convscope: 1, to: 'background', method: 'toString' }, page, resolve));
    expect(reply).toEqual({ ok: false, name: 'Error', message: 'The background has no "toString".' });
  });

  it('rejects when the answer is not what it should be', async () => {
    const lying = remote<Api>('background', async () => ({ ok: true, value: 'many' }), answers);
    await expect(lying.double(1)).rejects.toThrow(/Expected number/);
  });

  it.each([undefined, null, 5, { ok: 'yes' }, { ok: false }])(
    'rejects when %j comes back instead of an answer',
    async (answer) => {
      const broken = remote<Api>('background', async () => answer, answers);
      await expect(broken.double(1)).rejects.toThrow('No answer from the background to "double".');
    },
  );
});

describe('a listener', () => {
  const listener = serve<Api>('background', handlers, self);
  it.each([
    undefined,
    null,
    'text',
    {},
    { convscope: 1, to: 'content', method: 'double' },
    { convscope: 2, to: 'background', method: 'double' },
  ])('leaves %j to others', (message) => expect(listener(message, page, () => undefined)).toBeUndefined());
});

describe('what a content script says', () => {
  it('a picture of the page is refused when its size is not a number', () =>
    expect(() => contentAnswers.list([{ ref: 0, url: '', name: '', width: Number.NaN, height: 1, kind: 'img' }])).toThrow());
  it('captured pixels are refused when they are no Blob', () =>
    expect(() =>
      contentAnswers.capture({
        kind: 'pixels',
        ref: 0,
        captured: { name: 'a', blob: { size: 1 }, provenance: { how: 'original' } },
      }),
    ).toThrow('Expected a Blob'));
  it('captured pixels keep their Blob', () => {
    const blob = new Blob(['a']);
    const answer = contentAnswers.capture({
      kind: 'pixels',
      ref: 0,
      captured: { name: 'a', blob, provenance: { how: 'original' } },
    });
    expect(answer).toMatchObject({ kind: 'pixels', captured: { blob } });
  });
});
