import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

const brought = createRequire(import.meta.resolve("@axe-core/playwright"));
const axeSource = readFileSync(brought.resolve("axe-core/axe.min.js"), "utf8");

/** The rules to check: axe's defaults, those of WCAG 2.2 AA, or contrast, which differs between themes. */
type Rules = keyof typeof choose;

const choose = {
  all: (axe: AxeBuilder) => axe,
  wcag: (axe: AxeBuilder) => axe.withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]),
  contrast: (axe: AxeBuilder) => axe.withRules("color-contrast"),
};

/** The violations of accessibility rules on the page in its current state, or in the part that `within` selects. */
export async function violations(page: Page, rules: Rules, within?: string): Promise<string[]> {
  // A menu that fades out is still in the page, but no longer a valid list.
  await page.locator("[data-menu-dropdown]").waitFor({ state: "detached" });
  // Once per page: AxeBuilder would send its megabyte twice per analysis, which takes longer than the analysis.
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axeSource);
  // Legacy mode skips the extra page that axe opens for frames; no page here has frames.
  const axe = new AxeBuilder({ page, axeSource: "0" }).setLegacyMode();
  if (within) axe.include(within);
  const found = await choose[rules](axe.options({ resultTypes: ["violations"] })).analyze();
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id} at ${html.slice(0, 200)}`),
  );
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
