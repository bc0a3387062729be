import { background } from '../platform/remotes';
import { readAhead } from '../ui/bench/readAhead';

// The session of this panel and the bytes of its picture, asked for as soon as this is loaded.

export const id = new URLSearchParams(location.hash.slice(1)).get('session') ?? '';

export const session = background.session(id);

/** Null where the session has no picture. */
export const bytes = session.then(({ picture }) => picture && background.pictureBlob(picture.id));

// Whoever waits for them hears of failures.
session.catch(() => undefined);
bytes.then(
  (blob) => blob && readAhead(blob),
  () => undefined,
);
