/** In screen px: a hand that presses is not quite still. */
const still = 6;

/**
 * A press on a button stays with the button until it is let go, even where a result or a message comes meanwhile and moves the button from
 * under the pointer: otherwise the click would be lost. A pointer that moves away itself takes the press back, as everywhere.
 */
export function holdPresses(page: Document): void {
  let held: { readonly button: Element; readonly x: number; readonly y: number } | null = null;
  page.addEventListener('pointerdown', ({ target, button: which, pointerType, pointerId, screenX, screenY }) => {
    held = null;
    const button = target instanceof Element ? target.closest('button') : null;
    // Fingers hold what they press anyway, and handles that are dragged hold themselves.
    if (!button || which !== 0 || pointerType === 'touch' || button.hasPointerCapture(pointerId)) return;
    button.setPointerCapture(pointerId);
    held = { button, x: screenX, y: screenY };
  });
  page.addEventListener('pointermove', ({ pointerId, screenX, screenY }) => {
    if (!held || Math.hypot(screenX - held.x, screenY - held.y) <= still) return;
    if (held.button.hasPointerCapture(pointerId)) held.button.releasePointerCapture(pointerId);
    held = null;
  });
}
