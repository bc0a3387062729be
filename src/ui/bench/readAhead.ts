// Bytes of a picture that are read while the worker that will decode it is still on its way.

const ahead = new WeakMap<Blob, Promise<ArrayBuffer | null>>();

/** Of larger files the worker reads a part first, and may refuse them. */
const most = 2 ** 24;

/** Starts to read; whoever opens the picture takes what was read. */
export function readAhead(blob: Blob): void {
  if (blob.size > most) return;
  ahead.set(
    blob,
    blob.arrayBuffer().catch(() => null),
  );
}

/** The bytes, once; null where nobody read ahead, or in vain. */
export function takeAhead(blob: Blob): Promise<ArrayBuffer | null> | null {
  const bytes = ahead.get(blob) ?? null;
  ahead.delete(blob);
  return bytes;
}
