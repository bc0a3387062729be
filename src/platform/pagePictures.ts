import type { PageImage } from '../messages/protocol';
import { browser } from './browser';
import { background, contentOf } from './remotes';

// The pictures of a tab with their thumbnails, for a page that lets a person choose one.

/** A picture of a tab. */
export interface Found extends PageImage {
  readonly key: string;
  readonly frameId: number;
  /** `locked`: its site must be allowed before its own pixels can be read. */
  readonly state: 'waiting' | 'ready' | 'locked' | 'unreadable';
  /** An object URL, once it is there. */
  readonly thumbnail: string | null;
}

/** What to ask permission for: `https://cdn.example/*`; null where a permission helps nothing. Firefox knows no ports in it. */
export function siteOf(url: string): string | null {
  try {
    const { protocol, hostname } = new URL(url);
    return protocol === 'http:' || protocol === 'https:' ? `${protocol}//${hostname}/*` : null;
  } catch {
    return null;
  }
}

/**
 * Looks through every frame of a tab. `tell` hears of the pictures, largest first, and again of every one whose thumbnail came or did not;
 * resolves when all are known.
 * @throws a sentence when the page lets no extension in.
 */
export async function lookThrough(
  tabId: number,
  hear: { found(images: readonly Found[]): void; change(key: string, change: Partial<Found>): void },
): Promise<void> {
  const frames = await background.reach({ tabId });
  await Promise.all(
    frames.map(async (frameId) => {
      const page = contentOf(tabId, frameId);
      const images = await page.list().catch((): PageImage[] => []);
      const found = images.map(
        (image): Found => ({ ...image, key: `${frameId}-${image.ref}`, frameId, state: 'waiting', thumbnail: null }),
      );
      hear.found(found);
      await Promise.all(
        found.map(async ({ key, ref, url }) => {
          const blob = await page.thumbnail(ref).catch(() => null);
          if (blob) return hear.change(key, { state: 'ready', thumbnail: URL.createObjectURL(blob) });
          const site = siteOf(url);
          const allowed = site === null || (await browser.permissions.contains({ origins: [site] }));
          hear.change(key, { state: allowed ? 'unreadable' : 'locked' });
        }),
      );
    }),
  );
}

/** The largest first. */
export const bySize = (images: readonly Found[]): readonly Found[] =>
  [...images].sort((a, b) => b.width * b.height - a.width * a.height);
