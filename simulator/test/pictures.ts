import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { arrangeScenes, scenes } from "./setting/scenes.ts";
import { setting } from "./setting/setting.ts";

/** `node simulator/test/pictures.ts FOLDER`: every scene of the page, light, dark and narrow, for looking at. */
const { positionals } = parseArgs({ allowPositionals: true });
const [folder] = positionals;
if (!folder) throw new Error("Say which folder the pictures go to");

const looks = [
  { look: "light", colorScheme: "light", viewport: { width: 1280, height: 800 } },
  { look: "dark", colorScheme: "dark", viewport: { width: 1280, height: 800 } },
  { look: "narrow", colorScheme: "light", viewport: { width: 390, height: 844 } },
] as const;

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-background-networking"],
});
try {
  for (const { look, ...how } of looks) {
    const here = await setting({ shape: "organisation" });
    await arrangeScenes(here);
    for (const scene of scenes) {
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
