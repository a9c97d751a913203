import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startChromium } from "../browser/chromium.ts";
import { whyNoConsole } from "../browser/console-browser.ts";
import { firstWalk, sendFirstReport } from "../browser/first-walk.ts";
import { byKeyboard, byMouse } from "../browser/hands.ts";
import { startEmpty } from "../browser/stranger.ts";

const title = `a stranger sets up a Slack Bot${whyNoConsole ? ` (skipped: ${whyNoConsole})` : ""}`;
const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** OAuth in one workspace, and what else it may come to, is the story of oauth-install. */
const walks = [
  { hands: byMouse, mode: "http", where: "workspace", token: "pasted", mostClicks: 20 },
  { hands: byMouse, mode: "socket", where: "organisation", token: "pasted", mostClicks: 28 },
  { hands: byKeyboard, mode: "http", where: "organisation", token: "by OAuth", mostClicks: 26 },
] as const;

const looked = ["app", "form", "filled", "confirm", "finish"];

describe.skipIf(whyNoConsole)(title, { timeout: 240_000 }, () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(() => browser.close());

  const seen = new Set<string>();
  /** Each page once: the walks differ in a few lines of it. */
  const expectAccessible = async (page: Page, name: string) => {
    if (seen.has(name) || !looked.includes(name)) return;
    seen.add(name);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(wcag).analyze();
    expect(violations.map(({ id, nodes }) => `${id} at ${nodes[0]?.target}`)).toEqual([]);
  };

  test.each(walks)(
    "$hands.name by $mode, in one $where, the token $token: to an alert that is triaged in Slack",
    async ({ mostClicks, hands: with_, ...way }) => {
      const here = await startEmpty({ shape: way.where });
      const context = await browser.newContext({
        permissions: ["clipboard-read", "clipboard-write"],
        reducedMotion: "reduce",
      });
      const hands = with_();
      const began = performance.now();
      const page = await firstWalk({ here, context, hands, look: expectAccessible }, way);
      const { clicks, fields } = hands.took();
      const seconds = Math.round((performance.now() - began) / 1000);
      console.info(
        `${way.mode}, ${way.where}, ${way.token}: ${clicks} clicks, ${fields} values, ${seconds} s`,
      );
      expect(clicks).toBeLessThanOrEqual(mostClicks);

      const name = await sendFirstReport(page);
      const card = await here.slack.channel("#random").expectCard(name.slice(0, 20));
      await card.choose("Status", "Triaged", { as: "ada" });
      await page.getByText("Ada triaged the alert").waitFor();
      await context.close();
      await here.close();
    },
  );
});
