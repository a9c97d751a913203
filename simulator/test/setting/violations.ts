import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

/**
 * What breaks a rule of accessibility on the page as it stands, in both themes. The dark one differs in nothing but
 * colours, and axe takes seconds for each look. Motion has to be off, or colours are read on their way.
 */
export async function violations(page: Page): Promise<{ id: string; at: string[] }[]> {
  const axe = () => new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  const light = await axe().analyze();
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  const dark = await axe().withRules(["color-contrast"]).analyze();
  const found = (theme: string) => (broken: typeof light.violations) =>
    broken.map(({ id, nodes }) => ({
      id: `${id}, ${theme}`,
      at: nodes.map(({ html }) => html.slice(0, 200)),
    }));
  return [...found("light")(light.violations), ...found("dark")(dark.violations)];
}
