import type { IconName } from '../../ui/icons';
import type { MessageKey } from '../../ui/strings';

/** Where a picture can come from. */
export type SourceName = 'gallery' | 'recent' | 'file' | 'paste' | 'address' | 'camera' | 'tabs';

export interface SourceEntry {
  readonly name: SourceName;
  readonly icon: IconName;
  readonly title: MessageKey;
}

/** An extension sees tabs and may be given sites; the Lab as a plain web page is a page like any other. */
export const inExtension = /-extension:$/.test(location.protocol);

const all: readonly SourceEntry[] = [
  { name: 'gallery', icon: 'grid', title: 'sourceGallery' },
  { name: 'recent', icon: 'reset', title: 'recent' },
  { name: 'file', icon: 'open', title: 'sourceFile' },
  { name: 'paste', icon: 'copy', title: 'sourcePaste' },
  { name: 'address', icon: 'link', title: 'sourceAddress' },
  { name: 'camera', icon: 'camera', title: 'sourceCamera' },
  { name: 'tabs', icon: 'screen', title: 'sourceTabs' },
];

/** What there is here, in the order shown. */
export const sources: readonly SourceEntry[] = all.filter(({ name }) => inExtension || name !== 'tabs');
