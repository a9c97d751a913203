import type { Page } from "playwright-core";
import { violations } from "../accessibility.ts";

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
