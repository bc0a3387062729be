import type { Picture } from '../../image/picture';
import { newPictureId } from '../../image/shelf';
import { t } from '../../ui/strings';
import { inExtension } from './names';
import type { Extension } from './useExtension';

/**
 * Fetches a picture: through the background where its site is allowed, else as any page may, without cookies.
 * @throws an Error whose message is a sentence.
 */
export async function pictureAt(url: string, extension: Extension | null, allowed: boolean): Promise<Picture> {
  if (extension && allowed && !url.startsWith('data:')) return extension.fetchAddress(url);
  const site = url.startsWith('data:') ? '' : new URL(url).hostname;
  const response = await fetch(url, { credentials: 'omit' }).catch(() => null);
  if (!response) throw new Error(inExtension ? t('addressNotAllowed', site) : t('addressKept', site));
  if (!response.ok) throw new Error(t('addressRefused', site, response.status));
  const blob = await response.blob();
  const type = blob.type.split(';')[0] ?? '';
  if (/^text\/html|^application\/(?:json|pdf)/.test(type)) throw new Error(t('addressNoPicture', type));
  const name = site ? nameIn(url) : '';
  return { id: newPictureId(), name: name || t('kindPicture'), blob, provenance: { how: 'original' }, added: Date.now() };
}

function nameIn(url: string): string {
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last).slice(0, 120);
  } catch {
    return last.slice(0, 120);
  }
}
