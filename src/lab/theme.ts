// The Lab's button for light and dark.

import type { Keeper } from '../ui/chains/keeper';
import { followTheme, toggleTheme as toggle } from '../ui/theme';

let keeper: Keeper | null = null;

/** Puts the kept choice into force; the button changes it. */
export function keepTheme(kept: Keeper): void {
  keeper = kept;
  followTheme(kept);
}

export function toggleTheme(): void {
  if (keeper) toggle(keeper);
}
