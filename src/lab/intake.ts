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
      if (!take(event.dataTransfer)) room.bench.complain(t('dropNoFile'));
    },
    on,
  );
  document.addEventListener(
    'paste',
    (event) => {
      if (take(event.clipboardData)) event.preventDefault();
    },
    on,
  );
  return () => stop.abort();
}

/** Opens the file picker; several files become a batch. */
export function pickFile(room: Room): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = 'image/*,.svg,.avif,.heic';
  input.multiple = true;
  input.onchange = () => {
    const files = [...(input.files ?? [])];
    if (files.length > 0) void room.openFiles(files);
  };
  input.click();
}
