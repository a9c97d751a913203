import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

// The headless shell opens a page in a third of the time.
const names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];
const known = [process.env.CHROMIUM, ...names.map((name) => `/usr/bin/${name}`)];

/** Where a Chromium is on this machine, CHROMIUM first; null without one, and browser tests are skipped. */
export const chromiumPath: string | null = known.find((path) => path && existsSync(path)) ?? null;

/** Starts the browser; it calls nobody by itself. */
export function startChromium(): Promise<Browser> {
  if (!chromiumPath) throw new Error("There is no Chromium: set CHROMIUM to its path.");
  return chromium.launch({
    executablePath: chromiumPath,
    args: ["--no-sandbox", "--disable-background-networking"],
  });
}
