const wanted = 580;
const least = 320;
/** A popup grows to its contents step by step; only a window that stayed small is small. */
const settled = 400;

/** On a screen that has no room for the whole popup it becomes lower, so that the actions stay in sight. */
export function keepInWindow(): void {
  const shrink = (): void => {
    const height = Math.max(least, Math.min(wanted, window.innerHeight));
    document.documentElement.style.setProperty('--popup-height', `${height}px`);
  };
  setTimeout(() => {
    if (window.innerHeight < wanted) shrink();
  }, settled);
}
