/** Lets the arrows, Home and End go from one thing to the next among those that `selector` finds in `parent`. */
export function arrowKeys(parent: HTMLElement, selector: string): void {
  parent.addEventListener("keydown", (event) => {
    const all = [...parent.querySelectorAll<HTMLElement>(selector)];
    const now = all.findIndex((one) => one === event.target || one === document.activeElement);
    const isWithin = now >= 0 || event.target === parent;
    const last = all.length - 1;
    const steps: Record<string, number> = {
      ArrowDown: Math.min(now + 1, last),
      ArrowUp: now < 0 ? last : Math.max(now - 1, 0),
      Home: 0,
      End: last,
    };
    const next = all[steps[event.key] ?? -1];
    if (!isWithin || !next) return;
    event.preventDefault();
    next.focus();
  });
}

/** What is drawn anew carries the same key, so that the focus finds it again. */
export const focusOn = (key: string): void =>
  document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });

/** Draws, and gives the focus to what took the place of the element that had it. */
export function keepFocus(draw: () => void): void {
  const before = document.activeElement;
  draw();
  if (before instanceof HTMLElement && before.dataset.key && !before.isConnected) focusOn(before.dataset.key);
}
