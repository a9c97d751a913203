import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

const brought = createRequire(import.meta.resolve("@axe-core/playwright"));
const axeSource = readFileSync(brought.resolve("axe-core/axe.min.js"), "utf8");

/** Which rules count: axe's own choice of them, those of WCAG 2.2 AA, or the one that themes differ in. */
type Rules = keyof typeof choose;

const choose = {
  all: (axe: AxeBuilder) => axe,
  wcag: (axe: AxeBuilder) => axe.withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]),
  contrast: (axe: AxeBuilder) => axe.withRules("color-contrast"),
};

/** Where the page, as it stands, breaks a rule of accessibility. */
export async function violations(page: Page, rules: Rules): Promise<string[]> {
  // A menu of the Console that fades out is no list any more, but still there.
  await page.locator("[data-menu-dropdown]").waitFor({ state: "detached" });
  // Once a page: AxeBuilder would send its megabyte twice for each look, which takes longer than to look.
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axeSource);
  // In the page itself: no page here has frames, for which axe would open a page of its own each time.
  const axe = new AxeBuilder({ page, axeSource: "0" }).setLegacyMode();
  const found = await choose[rules](axe.options({ resultTypes: ["violations"] })).analyze();
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id} at ${html.slice(0, 200)}`),
  );
}

/**
 * What breaks a rule of accessibility on the page as it stands, in both themes. The dark one differs in nothing but
 * colours. Motion has to be off, or colours are read on their way.
 */
export async function violationsInBothThemes(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  const light = await violations(page, "all");
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  const dark = await violations(page, "contrast");
  return [...light.map((broken) => `light: ${broken}`), ...dark.map((broken) => `dark: ${broken}`)];
}
