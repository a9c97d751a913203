import { type HotkeyItem, useHotkeys } from "@mantine/hooks";

/** Where a key belongs to what is open, or is typed text. */
const busy = '[role="dialog"], [role="menu"], [role="listbox"], [contenteditable="true"]';

/** Keys of the page, such as `j`. They do nothing with a modifier, while typing, and in a dialog or menu. */
export function useKeys(keys: HotkeyItem[]): void {
  useHotkeys(keys.map(([key, act, options]) => [key, (event) => isFree(event) && act(event), options]));
}

function isFree({ target }: KeyboardEvent): boolean {
  return !(target instanceof Element && target.closest(busy));
}
