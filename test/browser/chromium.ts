import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, chromium } from "playwright-core";

// The headless shell opens a page in a third of the time.
const names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];
const known = [process.env.CHROMIUM, ...names.map((name) => `/usr/bin/${name}`)];

/** The path of a Chromium on this machine, CHROMIUM first. Null without one: browser tests are then skipped. */
export const chromiumPath: string | null = known.find((path) => path && existsSync(path)) ?? null;

const isolated = ["--no-sandbox", "--disable-background-networking"];
/**
 * Half of a browser's CPU time went into what pays only for pages that live longer than a test: a GPU in software, and
 * code optimised and garbage collected by threads that compete for two cores.
 */
const cheap = [
  "--disable-gpu",
  "--disable-software-rasterizer",
  "--num-raster-threads=1",
  "--js-flags=--no-opt --no-maglev --single-threaded-gc",
];

/** Starts a browser of its own, which makes no requests by itself. The caller closes it. */
export async function launchChromium(): Promise<Browser> {
  if (!chromiumPath)
    throw new Error("There is no Chromium: run test/chromium.sh, or set CHROMIUM to its path.");
  return chromium.launch({ executablePath: chromiumPath, args: [...isolated, ...cheap] });
}

let launched: Promise<Browser> | null = null;
let openBrowsings = 0;
/** Long enough for the next test file of a worker, which shares the browser. */
const keepMs = 2_000;

/** The browser of this process. It ends once nobody has used it for `keepMs`, so that the process can end. */
async function sharedChromium(): Promise<Browser> {
  const running = await launched?.catch(() => null);
  if (running?.isConnected()) return running;
  launched = launchChromium();
  return launched;
}

/** A part of the shared browser: `close` ends the contexts that were opened through it. */
export type Browsing = Pick<Browser, "newContext"> & { close(): Promise<void> };

/** Opens a browser that makes no requests of its own, and moves nothing that a look could catch half-way. */
export async function startChromium(): Promise<Browsing> {
  openBrowsings += 1;
  const browser = await sharedChromium();
  const contexts: BrowserContext[] = [];
  return {
    async newContext(options) {
      const context = await browser.newContext({ reducedMotion: "reduce", ...options });
      contexts.push(context);
      return context;
    },
    async close() {
      await Promise.all(contexts.map((context) => context.close()));
      openBrowsings -= 1;
      setTimeout(() => {
        if (openBrowsings > 0) return;
        launched = null;
        void browser.close();
      }, keepMs);
    },
  };
}
