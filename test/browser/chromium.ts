import { existsSync } from "node:fs";
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

// The headless shell opens a page in a third of the time.
const names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];
const known = [process.env.CHROMIUM, ...names.map((name) => `/usr/bin/${name}`)];

/** The path of a Chromium on this machine, CHROMIUM first. Null without one: browser tests are then skipped. */
export const chromiumPath: string | null = known.find((path) => path && existsSync(path)) ?? null;

/** Starts the browser, without its background network requests. */
export function startChromium(): Promise<Browser> {
  if (!chromiumPath) throw new Error("There is no Chromium: set CHROMIUM to its path.");
  return chromium.launch({
    executablePath: chromiumPath,
    args: ["--no-sandbox", "--disable-background-networking"],
  });
}

const commands = ["chromium", "chromium-browser", "google-chrome"];

/** The browser that test/chromium.sh installs. */
export async function findChromium(path = process.env.PATH ?? ""): Promise<string> {
  const places = commands.flatMap((name) => path.split(delimiter).map((folder) => join(folder, name)));
  for (const place of places) {
    const runs = await access(place, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return place;
  }
  throw new Error("There is no Chromium. On Debian: apt-get install chromium");
}
