import { contentOf } from './remotes';

/** The element of a tab that shows a picture; null where there is none. */
export function placeOf({ tabId, frameId, ref }: { tabId: number; frameId: number; ref: number | null }) {
  if (ref === null) return null;
  const page = contentOf(tabId, frameId);
  return {
    replaced: () => page.replaced({ ref }),
    replace: (png: Blob) => page.replace({ ref, png }),
    restore: () => page.restore({ ref }),
  };
}
