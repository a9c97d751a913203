/** Lets the arrow keys, Home and End move the focus among the elements that match `selector`. */
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

/** Focuses the element with this key. A redrawn element keeps its key. */
export const focusOn = (key: string): void =>
  document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });

/** Runs `draw` and then focuses the element with the same key as the one that had the focus. */
export function keepFocus(draw: () => void): void {
  const before = document.activeElement;
  draw();
  if (before instanceof HTMLElement && before.dataset.key && !before.isConnected) focusOn(before.dataset.key);
}
