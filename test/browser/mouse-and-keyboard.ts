import type { Locator, Page } from "playwright-core";

/** Uses a page by mouse or by keyboard, and counts the clicks and filled fields. */
export interface Hands {
  click: (target: Locator) => Promise<void>;
  /** The button or link of this name. */
  press: (page: Page, name: string) => Promise<void>;
  fill: (page: Page, values: Record<string, string>) => Promise<void>;
  /** Chooses a radio button by its label. */
  choose: (page: Page, label: RegExp) => Promise<void>;
  took: () => { clicks: number; fields: number };
}

const named = (page: Page, name: string) =>
  page.getByRole("button", { name, exact: true }).or(page.getByRole("link", { name, exact: true }));
const field = (page: Page, name: string) =>
  page.getByRole("textbox", { name, exact: true }).or(page.getByRole("combobox", { name, exact: true }));

export function byMouse(): Hands {
  const took = { clicks: 0, fields: 0 };
  const click = (target: Locator) => {
    took.clicks += 1;
    return target.click();
  };
  return {
    click,
    press: (page, name) => click(named(page, name)),
    async fill(page, values) {
      for (const [name, value] of Object.entries(values)) {
        took.fields += 1;
        await field(page, name).fill(value);
      }
    },
    choose: (page, label) => click(page.getByLabel(label)),
    took: () => took,
  };
}

/** More focusable elements than any page has. */
const mostStops = 120;
const atOnce = 8;

/** Uses only the keyboard: fails for elements that Tab doesn't reach or Enter doesn't activate. */
export function byKeyboard(): Hands {
  const took = { clicks: 0, fields: 0 };
  const walk = async (target: Locator, key: string) => {
    const page = target.page();
    await target.waitFor();
    const found = await target.elementHandle();
    if (!found) throw new Error(`${target} is gone`);
    // Keys are pressed several at a time, which is quicker. Those after the one that reached the target do nothing.
    const arrives = await found.evaluateHandle((node, walked) => {
      const stay = new AbortController();
      const isThere = () => node === document.activeElement;
      const ignoreMore = (event: KeyboardEvent) => {
        if (event.key === walked && isThere()) {
          event.preventDefault();
          event.stopImmediatePropagation();
        }
      };
      addEventListener("keydown", ignoreMore, { capture: true, signal: stay.signal });
      return { isThere, end: () => stay.abort() };
    }, key);
    for (let stop = 0; stop < mostStops; stop += atOnce) {
      if (await arrives.evaluate(({ isThere }) => isThere())) return arrives.evaluate(({ end }) => end());
      await Promise.all(Array.from({ length: atOnce }, () => page.keyboard.press(key)));
    }
    throw new Error(`${key} never reaches ${target}`);
  };
  const click = async (target: Locator) => {
    took.clicks += 1;
    const isListed = ["menuitem", "option"].includes((await target.getAttribute("role")) ?? "");
    await walk(target, isListed ? "ArrowDown" : "Tab");
    const isTick = (await target.getAttribute("type")) === "checkbox";
    await target.page().keyboard.press(isTick ? "Space" : "Enter");
  };
  return {
    click,
    press: (page, name) => click(named(page, name)),
    async fill(page, values) {
      for (const [name, value] of Object.entries(values)) {
        took.fields += 1;
        await walk(field(page, name), "Tab");
        await page.keyboard.press("ControlOrMeta+A");
        await page.keyboard.insertText(value);
      }
    },
    async choose(page, label) {
      took.clicks += 1;
      const wanted = page.getByLabel(label);
      const name = await wanted.getAttribute("name");
      // Tab reaches the checked radio button; arrow keys move on from there.
      await walk(page.locator(`input[type=radio][name="${name}"]:checked`), "Tab");
      await walk(wanted, "ArrowDown");
    },
    took: () => took,
  };
}
