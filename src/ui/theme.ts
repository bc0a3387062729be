// Light or dark: by choice, or as the system has it. The choice lies in the drawer; a copy beside the page is there for the first paint.

import { effect } from '@preact/signals';
import type { Theme } from '../store/settings';
import type { Keeper } from './chains/keeper';

const copy = 'theme';

function force(theme: Theme): void {
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset.theme;
  else if (dataset.theme !== theme) dataset.theme = theme;
}

/** Puts the copy into force; called before anything is drawn. */
export function firstTheme(): void {
  try {
    const kept = localStorage.getItem(copy);
    if (kept === 'light' || kept === 'dark') force(kept);
  } catch {
    // Storage may be blocked: the system's theme is shown until the choice is read.
  }
}

/** Puts the choice into force, now and whenever it changes. */
export function followTheme(keeper: Keeper): void {
  effect(() => {
    if (!keeper.loaded.value) return;
    const { theme } = keeper.settings.value;
    force(theme);
    try {
      if (theme === 'system') localStorage.removeItem(copy);
      else localStorage.setItem(copy, theme);
    } catch {
      // The choice itself lies in the drawer.
    }
  });
}

/** Changes to the other theme than the one that is shown, and keeps that. */
export function toggleTheme(keeper: Keeper): void {
  const shown = document.documentElement.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  void keeper.set('theme', shown === 'dark' ? 'light' : 'dark').catch(() => undefined);
}
