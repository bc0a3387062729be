// Light or dark by choice, kept by this browser; without a choice the system decides.

const key = 'theme';

/** Puts the kept choice into force. */
export function applyTheme(): void {
  const kept = read();
  if (kept) document.documentElement.dataset.theme = kept;
}

/** Changes to the other theme and keeps that. */
export function toggleTheme(): void {
  const now = document.documentElement.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  const next = now === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset.theme = next;
  try {
    localStorage.setItem(key, next);
  } catch {
    // Storage may be blocked; the choice then lasts as long as the page.
  }
}

function read(): 'light' | 'dark' | null {
  try {
    const kept = localStorage.getItem(key);
    return kept === 'light' || kept === 'dark' ? kept : null;
  } catch {
    return null;
  }
}
