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
