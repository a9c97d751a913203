import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Browser } from "playwright-core";
import type { DemoFacts } from "../cli/demo/demo-facts.ts";
import { startDemo } from "../cli/demo/start-demo.ts";
import { openLog } from "../cli/process.ts";
import { readConfig } from "../src/config.ts";
import { launchChromium } from "../test/browser/chromium.ts";
import { playConversation } from "./screenshots/conversation.ts";
import type { Picture } from "./screenshots/picture.ts";
import { pictures } from "./screenshots/pictures.ts";
import { beginStorm, stormPictures } from "./screenshots/storm-pictures.ts";
import { takeSetup } from "./screenshots/take-setup.ts";

// `--all FOLDER` takes every picture there is, for looking at; without it, those of README and docs into
// docs/pictures. `--only demo` and `--only setup` take a part of them.
const { values } = parseArgs({ options: { all: { type: "string" }, only: { type: "string" } } });
const folder = values.all ?? join(import.meta.dirname, "pictures");

const browser = await launchChromium();
try {
  if (values.only !== "setup") await takeDemo();
  if (values.only !== "demo")
    await takeSetup(browser, { folder: join(folder, "setup"), all: values.all !== undefined });
} finally {
  await browser.close();
}

async function takeDemo(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "tocsin-pictures-"));
  const config = readConfig({ PORT: "0", SIMULATOR_PORT: "0", DATA_DIR: dataDir });
  const demo = await startDemo(config, {
    host: "127.0.0.1",
    log: openLog("warn"),
    onProgress: console.error,
  });
  try {
    const facts = await demo.fill();
    await takeAll(facts, pictures);
    await takeConversation(facts);
    await takeAll(facts, stormPictures(await beginStorm(facts)));
  } finally {
    await demo.close();
    await rm(dataDir, { recursive: true });
  }
}

/** Each moment of it in light and dark, of the same state. */
async function takeConversation(facts: DemoFacts): Promise<void> {
  const usual = { signedIn: false, prepare: async () => {} };
  for await (const { name, kept, url, height = 800 } of playConversation(facts)) {
    const picture = { ...usual, size: { width: 1280, height }, kept, url: () => url };
    const dark = { ...picture, name: `${name}-dark`, scheme: "dark" } as const;
    await takeAll(facts, [{ ...picture, name, scheme: "light" }, dark]);
  }
}

async function takeAll(facts: DemoFacts, all: Picture[]): Promise<void> {
  for (const picture of all.filter(({ kept }) => kept || values.all)) {
    await take(browser, facts, picture).catch((fault: unknown) => {
      process.exitCode = 1;
      console.error(`${picture.name} could not be taken: ${fault}`);
    });
  }
}

async function take(browser: Browser, facts: DemoFacts, picture: Picture): Promise<void> {
  // The browser's clock is that of the destinations, whose zone the cards name.
  const place = { timezoneId: "Europe/Berlin", viewport: picture.size };
  const context = await browser.newContext({ colorScheme: picture.scheme, ...place });
  context.setDefaultTimeout(10_000);
  const [ada] = facts.users;
  if (picture.signedIn && ada) {
    const data = { email: ada.email, password: ada.password };
    await context.request.post(`${facts.apiUrl}/session`, { data, headers: { origin: facts.consoleUrl } });
  }
  const page = await context.newPage();
  await page.goto(picture.url(facts));
  await page.waitForTimeout(800);
  try {
    await picture.prepare(page);
  } finally {
    await page.screenshot({ path: join(folder, `${picture.name}.png`) });
    await context.close();
  }
}
