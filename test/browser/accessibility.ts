import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { RunOptions } from "axe-core";
import type { Page } from "playwright-core";

const axeSource = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/** The rules to check: axe's defaults, those of WCAG 2.2 AA, or contrast, which differs between themes. */
type Rules = keyof typeof ruleOptions;

const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const ruleOptions = {
  all: {},
  wcag: { runOnly: { type: "tag", values: wcag } },
  contrast: { runOnly: { type: "rule", values: ["color-contrast"] } },
} satisfies Record<string, RunOptions>;

/** The violations of accessibility rules on the page in its current state, or in the part that `within` selects. */
export async function violations(page: Page, rules: Rules, within?: string): Promise<string[]> {
  // A menu that fades out is still in the page, but no longer a valid list.
  await page.locator("[data-menu-dropdown]").waitFor({ state: "detached" });
  // A toast covers what is below it until it is closed, which axe takes for small targets.
  await page.evaluate(() => {
    for (const close of document.querySelectorAll<HTMLElement>("[role=status] [aria-label=Dismiss]"))
      close.click();
  });
  // A colour in transition has the contrast of neither theme.
  await page.evaluate(async () => {
    const passing = document
      .getAnimations()
      .filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(passing.map(({ finished }) => finished));
  });
  // Loading axe takes longer than an analysis, so it stays in the page.
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axeSource);
  const options: RunOptions = { ...ruleOptions[rules], resultTypes: ["violations"] };
  const where = within ? JSON.stringify({ include: [[within]] }) : "document";
  // Reads the results in the page: sending all of them here takes longer than the analysis, too.
  const found = await page.evaluate<
    string[]
  >(`axe.run(${where}, ${JSON.stringify(options)}).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + " at " + html.slice(0, 200))))`);
  return rules === "contrast" || within ? found : [...found, ...(await hiddenByTheHeader(page))];
}

/** The controls that would be hidden below the header when somebody walks back to them with Shift+Tab (WCAG 2.4.11). */
function hiddenByTheHeader(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const header = document.querySelector("header");
    if (!header || getComputedStyle(header).position !== "sticky") return [];
    const { bottom } = header.getBoundingClientRect();
    const controls = document.querySelectorAll(
      "main :is(a[href], button, input, select, textarea, [tabindex='0'])",
    );
    window.scrollTo(0, document.body.scrollHeight);
    const hidden = [...controls].toReversed().filter((control) => {
      // The scrolling that focus causes, without the menus that it opens.
      control.scrollIntoView({ block: "nearest", behavior: "instant" });
      const { top, height } = control.getBoundingClientRect();
      return height > 0 && top + height / 2 < bottom;
    });
    window.scrollTo(0, 0);
    return hidden.map(({ outerHTML }) => `hidden below the header: ${outerHTML.slice(0, 200)}`);
  });
}

/**
 * The violations on the page in its current state, in both themes. The dark theme differs only in colours. Motion
 * must be off, or colours are read during their transition.
 */
export async function violationsInBothThemes(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  const light = await violations(page, "all");
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  const dark = await violations(page, "contrast");
  return [...light.map((broken) => `light: ${broken}`), ...dark.map((broken) => `dark: ${broken}`)];
}
