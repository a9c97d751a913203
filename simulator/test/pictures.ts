import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { arrangeScenes, scenes } from "./fixtures/scenes.ts";
import { setting } from "./fixtures/simulator-with-app.ts";

/**
 * `node simulator/test/pictures.ts FOLDER [SCENE…]`: every scene of the page, or those, light, dark and narrow, for
 * looking at. `--kept` takes those that the README shows.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { kept: { type: "boolean", default: false } },
});
const [folder, ...named] = positionals;
if (!folder) throw new Error("Say which folder the pictures go to");
const kept = ["channel", "dialog", "thread", "direct", "private", "traffic"];
const names = new Set(values.kept ? kept : named);
const wanted = scenes.filter(({ name }) => names.size === 0 || names.has(name));

const viewport = { width: 1280, height: 800 };
const wide = [
  { look: "light", colorScheme: "light", viewport },
  { look: "dark", colorScheme: "dark", viewport },
] as const;
const narrow = { look: "narrow", colorScheme: "light", viewport: { width: 390, height: 844 } } as const;
const looks = values.kept ? wide : [...wide, narrow];

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-background-networking"],
});
try {
  for (const { look, ...how } of looks) {
    const here = await setting({ shape: "organisation" });
    await arrangeScenes(here);
    for (const scene of wanted) {
      const context = await browser.newContext(how);
      const page = await context.newPage();
      page.setDefaultTimeout(look === "narrow" ? 3000 : 15_000);
      await page.goto(scene.at(here));
      // In a narrow window some of it lies behind a button; then the picture shows how far one comes.
      await scene.open(page).catch((fault: unknown) => console.error(`${scene.name}, ${look}: ${fault}`));
      await page.waitForTimeout(300);
      await page.screenshot({ path: join(folder, `${scene.name}-${look}.png`) });
      for (const { id } of (await here.slack.ask("dialogs", { as: "ada" })).reverse())
        await here.slack.ask("cancel", { as: "ada", view: id });
      await context.close();
    }
    await here.end();
  }
} finally {
  await browser.close();
}
