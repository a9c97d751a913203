import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { violations } from "../../browser/accessibility.ts";
import { type Browsing, startChromium } from "../../browser/chromium.ts";
import { whyNoConsole } from "../../browser/console-browser.ts";
import { firstWalk, sendFirstReport } from "../../browser/first-setup.ts";
import { byKeyboard, byMouse } from "../../browser/mouse-and-keyboard.ts";
import { inSlack } from "../../browser/slack-pages.ts";
import { startEmptyTocsin } from "../../tocsin/empty-tocsin.ts";

const title = `a first-time user sets up a Slack Bot${whyNoConsole ? ` (skipped: ${whyNoConsole})` : ""}`;

/** Each choice is in one of the walks. `make screenshots` walks other ways, and the stories beside this one test each choice. */
const walks = [
  { hands: byMouse, mode: "http", where: "workspace", token: "pasted", mostClicks: 20 },
  { hands: byKeyboard, mode: "socket", where: "organisation", token: "by OAuth", mostClicks: 27 },
] as const;

/** The pages and dialogs to check. The first step is checked in test/stories/console/setup.test.ts. */
const looked = ["cancelled", "confirm", "filled", "welcomed"];

describe.skipIf(whyNoConsole)(title, { timeout: 240_000 }, () => {
  let browser: Browsing;

  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(() => browser.close());

  const seen = new Set<string>();
  /** Checks each page once, since it is almost the same in all walks. */
  const expectAccessible = async (page: Page, name: string) => {
    if (seen.has(name) || !looked.includes(name)) return;
    seen.add(name);
    expect(await violations(page, "wcag")).toEqual([]);
  };

  afterAll(() => expect([...seen].toSorted()).toEqual(looked));

  test.each(walks)(
    "$hands.name by $mode, in one $where, the token $token: to an alert that is triaged in Slack",
    async ({ mostClicks, hands: with_, ...way }) => {
      // At Slack's pace, as a user meets it: the welcome follows right after the line for the invitation.
      const here = await startEmptyTocsin({ shape: way.where, rateLimits: true });
      const context = await browser.newContext({
        permissions: ["clipboard-read", "clipboard-write"],
        reducedMotion: "reduce",
      });
      const hands = with_();
      const began = performance.now();
      const { page, slack } = await firstWalk({ here, context, hands, look: expectAccessible }, way);
      const { clicks, fields } = hands.took();
      const seconds = Math.round((performance.now() - began) / 1000);
      console.info(
        `${way.mode}, ${way.where}, ${way.token}: ${clicks} clicks, ${fields} values, ${seconds} s`,
      );
      expect(clicks).toBeLessThanOrEqual(mostClicks);

      const name = await sendFirstReport(page);
      await inSlack(slack, here.slack.pageUrl).triage(name, hands);
      await page.bringToFront();
      await page.getByText("Ada triaged the alert").waitFor();
      await context.close();
      await here.close();
    },
  );
});
