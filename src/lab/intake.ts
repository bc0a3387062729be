import { signal } from '@preact/signals';
import { t } from '../ui/strings';
import type { Room } from './room';

/** Something is being dragged over the page. */
export const dragged = signal(false);

/** Pictures dropped or pasted anywhere on the page; answers with the way to stop. */
export function takeIn(room: Room): () => void {
  const stop = new AbortController();
  const on = { signal: stop.signal };
  const take = (data: DataTransfer | null): boolean => {
    const files = [...(data?.files ?? [])];
    if (files.length > 0) void room.openFiles(files);
    return files.length > 0;
  };
  document.addEventListener(
    'dragover',
    (event) => {
      event.preventDefault();
      dragged.value = true;
    },
    on,
  );
  document.addEventListener(
    'dragleave',
    (event) => {
      if (!event.relatedTarget) dragged.value = false;
    },
    on,
  );
  document.addEventListener(
    'drop',
    (event) => {
      event.preventDefault();
      dragged.value = false;
      if (take(event.dataTransfer)) return;
      const address = addressIn(event.dataTransfer?.getData('text/uri-list') || event.dataTransfer?.getData('text/plain'));
      if (address) offer(room, address);
      else room.bench.complain(t('dropNoFile'));
    },
    on,
  );
  document.addEventListener(
    'paste',
    (event) => {
      if (take(event.clipboardData)) return event.preventDefault();
      const typing = event.target instanceof Element && event.target.matches('input, textarea, [contenteditable]');
      const address = typing ? null : addressIn(event.clipboardData?.getData('text/plain'));
      if (address) offer(room, address);
    },
    on,
  );
  return () => stop.abort();
}

/** The address that some text is, and nothing else. */
export function addressIn(text: string | undefined): string | null {
  const [first = ''] = (text ?? '').trim().split(/\r?\n/);
  return /^(?:https?:\/\/|data:image\/)\S+$/i.test(first) ? first : null;
}

/** Shows an address that came; the person opens it, since a site may have to be asked for in that click. */
function offer(room: Room, address: string): void {
  room.typed.value = address;
  room.choosing.value = 'address';
}

/** Opens the file picker; several files become a batch. */
export function pickFile(room: Room): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = 'image/*,.svg,.avif,.heic,.npy';
  input.multiple = true;
  input.onchange = () => {
    const files = [...(input.files ?? [])];
    if (files.length > 0) void room.openFiles(files);
  };
  input.click();
}
