import { join } from "node:path";
import { parseArgs } from "node:util";
import { arrangeScenes, scenes } from "../../simulator/test/fixtures/scenes.ts";
import { startWithApp } from "../../simulator/test/fixtures/simulator-with-app.ts";
import { launchChromium } from "../../test/browser/chromium.ts";

/**
 * `node docs/screenshots/simulator-pictures.ts FOLDER [SCENE…]` takes screenshots of all or some scenes of the page:
 * light, dark and narrow. `--kept` takes those that the README shows.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { kept: { type: "boolean", default: false } },
});
const [folder, ...named] = positionals;
if (!folder) throw new Error("Name the folder for the pictures");
const kept = ["channel", "dialog", "thread", "direct", "private", "traffic"];
const names = new Set(values.kept ? kept : named);
const wanted = scenes.filter(({ name }) => names.size === 0 || names.has(name));

const viewport = { width: 1280, height: 800 };
const wide = [
  { theme: "light", colorScheme: "light", viewport },
  { theme: "dark", colorScheme: "dark", viewport },
] as const;
const narrow = { theme: "narrow", colorScheme: "light", viewport: { width: 390, height: 844 } } as const;
const themes = values.kept ? wide : [...wide, narrow];

const browser = await launchChromium();
try {
  for (const { theme, ...options } of themes) {
    const env = await startWithApp({ shape: "organisation" });
    await arrangeScenes(env);
    for (const scene of wanted) {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      page.setDefaultTimeout(theme === "narrow" ? 3000 : 15_000);
      await page.goto(scene.at(env));
      // In a narrow window some steps fail because elements are hidden; the picture then shows the last state.
      await scene.open(page).catch((fault: unknown) => console.error(`${scene.name}, ${theme}: ${fault}`));
      await page.waitForTimeout(300);
      await page.screenshot({ path: join(folder, `${scene.name}-${theme}.png`) });
      for (const { id } of (await env.slack.ask("dialogs", { as: "ada" })).reverse())
        await env.slack.ask("cancel", { as: "ada", view: id });
      await context.close();
    }
    await env.end();
  }
} finally {
  await browser.close();
}
