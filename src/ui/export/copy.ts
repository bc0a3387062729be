// The clipboard, with sentences for what it refuses.

import { t } from '../strings';

export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    throw new Error(t('exportNotCopied'));
  }
}

/**
 * Puts a PNG on the clipboard. The picture is promised at once and made later: browsers allow copying for a short time after a click only.
 * False when it was cancelled.
 */
export async function copyPicture(make: () => Promise<Blob | null>): Promise<boolean> {
  if (typeof ClipboardItem === 'undefined' || !navigator.clipboard?.write) throw new Error(t('exportNoClipboard'));
  const made = make();
  const picture = made.then((blob) => blob ?? Promise.reject(new Error('cancelled')));
  picture.catch(() => undefined);
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
    return true;
  } catch {
    // A failure of the work itself says more than that of the clipboard.
    if ((await made) === null) return false;
    throw new Error(t('exportNotCopied'));
  }
}
