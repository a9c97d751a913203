import { existsSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import type { Story } from "../tocsin/story.ts";
import { chromiumPath, startChromium } from "./chromium.ts";

const built = existsSync(join(import.meta.dirname, "../../console/dist/index.html"));

/** Why the Console can't be tested in a browser here; null if it can. */
export const whyNoConsole: string | null =
  (chromiumPath ? null : "no Chromium") ?? (built ? null : "no built Console, run npm run console");

/** A signed-in person's page, with every error of the page itself. */
export interface Seat {
  page: Page;
  faults: string[];
}

export const password = "correct horse battery staple";

/** A browser that opens a story's Console. */
export interface ConsoleBrowser {
  /** Follows a user's password link in a new context, which leaves them signed in. */
  join: (user: { setPasswordUrl: string }, options?: BrowserContextOptions) => Promise<Seat>;
  /** Opens a second context with the same session, for example of another size. */
  again: (seat: Seat, options?: BrowserContextOptions) => Promise<Seat>;
  close: () => Promise<void>;
}

export async function openConsole(story: Story): Promise<ConsoleBrowser> {
  const browser = await startChromium();
  const device = (options?: BrowserContextOptions) =>
    browser.newContext({ baseURL: story.origin, ...options });
  return {
    async join({ setPasswordUrl }, options) {
      const seat = await sit(await device(options));
      const { pathname, hash } = new URL(setPasswordUrl);
      await seat.page.goto(pathname + hash);
      await seat.page.getByRole("textbox", { name: "Password" }).fill(password);
      await seat.page.getByRole("button", { name: "Set password and sign in" }).click();
      await seat.page.getByRole("table").or(seat.page.getByText("No alerts yet")).waitFor();
      return seat;
    },
    async again(seat, options) {
      return sit(await device({ storageState: await seat.page.context().storageState(), ...options }));
    },
    close: () => browser.close(),
  };
}

async function sit(context: BrowserContext): Promise<Seat> {
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (fault) => faults.push(String(fault)));
  page.on("dialog", (dialog) => faults.push(`a script opened a dialog: ${dialog.message()}`));
  page.on("console", (message) => {
    if (/Content Security Policy|Maximum update|Each child in a list/.test(message.text()))
      faults.push(message.text());
  });
  return { page, faults };
}
