import type { Page } from 'playwright/test';
import type { Page as Popup } from 'puppeteer-core';
import { openPopup } from '../../../scripts/lib/popup.mjs';
import type { Extension } from './fixtures';

export type { Popup };

/** Presses the toolbar button on `page`, gives `use` the popup, and lets go of it afterwards. */
export async function withPopup(extension: Extension, page: Page, use: (popup: Popup) => Promise<void>): Promise<void> {
  const { popup, close } = await openPopup(extension, page);
  try {
    await use(popup);
  } finally {
    await close();
  }
}
