import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { choosePort, openLog } from "../../cli/process.ts";
import { startSimulator } from "../../simulator/start.ts";
import { readConfig } from "../../src/config.ts";
import { startTocsin } from "../../src/main.ts";
import { firstWalk, sendFirstReport, type Way } from "../../test/browser/first-setup.ts";
import { byMouse } from "../../test/browser/mouse-and-keyboard.ts";

const host = "127.0.0.1";
const desk = { width: 1100, height: 760 };
const looks = [
  { colorScheme: "dark", viewport: desk },
  { colorScheme: "light", viewport: { width: 390, height: 844 } },
] as const;

/** The pictures used in docs/setup.md. */
const kept = ["app", "made", "filled", "finish", "card"];

interface Wanted {
  folder: string;
  /** Also in the dark theme and on a phone, for review. */
  all: boolean;
}

/** Walks through the setup like its test, from nothing to the first card, and takes the pictures of docs/setup.md. */
export async function takeSetup(browser: Browser, { folder, all }: Wanted): Promise<void> {
  await takeWalk(browser, { folder, all, way: { mode: "http", where: "workspace", token: "pasted" } });
  if (!all) return;
  const others = [
    { mode: "socket", where: "workspace", token: "by OAuth" },
    { mode: "http", where: "organisation", token: "by OAuth" },
  ] as const;
  for (const way of others)
    await takeWalk(browser, { folder: join(folder, `${way.mode}-${way.where}`), all, way });
}

async function takeWalk(browser: Browser, { folder, all, way }: Wanted & { way: Way }): Promise<void> {
  await mkdir(folder, { recursive: true });
  const here = await startNothing(way);
  const context = await browser.newContext({
    permissions: ["clipboard-read", "clipboard-write"],
    reducedMotion: "reduce",
    viewport: desk,
  });
  const take = async (page: Page, name: string) => {
    if (!all && !kept.includes(name)) return;
    await page.mouse.move(0, 0);
    // The viewport gets the page's height: a full-page picture misplaces elements pinned to the window.
    const high = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ ...desk, height: name === "made" ? desk.height : high });
    await page.screenshot({ path: join(folder, `${name}.png`) });
    for (const { colorScheme, viewport } of all ? looks : []) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      const path = join(folder, `${name}-${colorScheme}-${viewport.width}.png`);
      await page.screenshot({ path, fullPage: true });
    }
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize(desk);
  };
  const walker = { here, context, hands: byMouse(), look: take };
  try {
    const { page } = await firstWalk(walker, way);
    await sendFirstReport(page);
    const slack = await context.newPage();
    await slack.goto(`${here.slack.pageUrl}#/ada/C0RANDOM001`);
    await slack.getByRole("button", { name: /^Status/ }).waitFor();
    await take(slack, "card");
  } finally {
    await context.close();
    await here.close();
  }
}

/** An empty Tocsin and an empty simulator. */
async function startNothing({ where }: Way) {
  const dataDir = await mkdtemp(join(tmpdir(), "tocsin-setup-"));
  const slack = await startSimulator({ withApp: false, shape: where });
  const port = await choosePort(0, host, "PORT");
  const origin = `http://${host}:${port}`;
  const config = readConfig({ DATA_DIR: dataDir, SLACK_API_URL: slack.apiUrl, PUBLIC_URL: origin });
  const tocsin = await startTocsin({ ...config, port }, { log: openLog("warn"), host });
  return {
    slack,
    origin,
    firstStartUrl: tocsin.firstStartUrl ?? "",
    async close() {
      await tocsin.close();
      await slack.close();
      await rm(dataDir, { recursive: true });
    },
  };
}
