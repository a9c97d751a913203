/** Asks for the page to be drawn again, for a change that the simulator knows nothing of. */
export function redraw(): void {
  dispatchEvent(new Event("redraw"));
}
