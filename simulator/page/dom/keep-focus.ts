/** What is drawn anew carries the same key, so that the focus finds it again. */
export const focusOn = (key: string): void =>
  document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });

/** Draws, and gives the focus to what took the place of the element that had it. */
export function keepFocus(draw: () => void): void {
  const before = document.activeElement;
  draw();
  if (before instanceof HTMLElement && before.dataset.key && !before.isConnected) focusOn(before.dataset.key);
}
