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
    const file = data?.files[0];
    if (file) void room.openFile(file);
    return Boolean(file);
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

/** Opens the file picker. */
export function pickFile(room: Room): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = 'image/*,.svg,.avif,.heic';
  input.onchange = () => {
    const file = input.files?.[0];
    if (file) void room.openFile(file);
  };
  input.click();
}
