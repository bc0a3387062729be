import { expose } from 'comlink';
import { afterEach, expect, test, vi } from 'vitest';
import { readAhead } from '../../../src/ui/bench/readAhead';
import { type Reports, Runner } from '../../../src/ui/bench/runner';

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

const reports: Reports = {
  view: vi.fn(),
  progress: vi.fn(),
  facts: vi.fn(),
  step: vi.fn(),
  done: vi.fn(),
  failed: vi.fn(),
  lost: vi.fn(),
};

/** A runner whose worker only notes which picture it is to open, and with which bytes. */
function running() {
  const asked: { readonly picture: string; readonly bytes: string | null }[] = [];
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  expose(
    {
      async open(blob: Blob, _: object, bytes?: ArrayBuffer) {
        asked.push({ picture: await blob.text(), bytes: bytes ? new TextDecoder().decode(bytes) : null });
        return { kind: 'opened' };
      },
      cancel: () => undefined,
    },
    port2,
  );
  Reflect.set(globalThis, 'earlyWorker', port1);
  return { runner: new Runner(reports), asked };
}

/** A picture that is read ahead, and whose bytes come when they are given. */
function slowPicture(text: string) {
  const blob = new Blob([text]);
  let give: () => void = () => undefined;
  const bytes = new Promise<ArrayBuffer>((resolve) => {
    give = () => resolve(new TextEncoder().encode(text).buffer);
  });
  Object.assign(blob, { arrayBuffer: () => bytes });
  readAhead(blob);
  return { blob, give };
}

test('what was read ahead of a picture goes to the worker with it', async () => {
  const { runner, asked } = running();
  const { blob, give } = slowPicture('A');
  const opened = runner.open(blob, {});
  give();
  expect(await opened).toEqual({ kind: 'opened' });
  expect(asked).toEqual([{ picture: 'A', bytes: 'A' }]);
});

test('a picture whose bytes come only after a newer one was opened never reaches the worker', async () => {
  const { runner, asked } = running();
  const { blob, give } = slowPicture('A');
  const first = runner.open(blob, {});
  expect(await runner.open(new Blob(['B']), {})).toEqual({ kind: 'opened' });
  give();
  expect(await first).toMatchObject({ kind: 'refused', reason: 'superseded' });
  // A question that the worker answers after all that came before it.
  await runner.query((studio) => studio.cancel());
  expect(asked).toEqual([{ picture: 'B', bytes: null }]);
});
