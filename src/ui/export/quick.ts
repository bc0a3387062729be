// The result in one click, where there is no room for a sheet.

import type { FileKind } from '../../worker/api';
import { download, fileStem } from '../bench/save';
import type { Bench } from '../bench/state';
import { t } from '../strings';
import { copyPicture } from './copy';

export type QuickFile = 'png' | 'webp' | 'npy';
const kinds: Readonly<Record<QuickFile, FileKind>> = {
  png: { format: 'png' },
  webp: { format: 'webp', quality: 0.9 },
  npy: { format: 'npy' },
};

/** How far the work is, and what stops it. */
export interface Work {
  report(done: number): void;
  readonly signal: AbortSignal;
}

/** Saves what is shown as the output; null when it was stopped. @throws an Error whose message is a sentence. */
export async function saveAs(bench: Bench, file: QuickFile, { report, signal }: Work): Promise<string | null> {
  const { output } = bench.nodes.peek();
  const name = `${fileStem(bench.picture.peek()?.name ?? '', bench.scene.peek(), output)}.${file}`;
  const made = await bench.encode(bench.wantedOutput(), kinds[file], report, signal);
  if (!made) return null;
  download(made.blob, name);
  return t('saved', name);
}

/** Puts it on the clipboard, as it is shown. */
export async function copyShown(bench: Bench, { report, signal }: Work): Promise<string | null> {
  const make = async (): Promise<Blob | null> =>
    (await bench.encode(bench.wantedOutput(), kinds.png, report, signal))?.blob ?? null;
  return (await copyPicture(make)) ? t('exportCopiedPicture') : null;
}
