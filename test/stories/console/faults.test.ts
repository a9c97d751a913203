import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { violations } from "../../browser/accessibility.ts";
import { type ConsoleBrowser, openConsole, type Seat, whyNoConsole } from "../../browser/console-browser.ts";
import { type Story, startStory } from "../../tocsin/story.ts";

const title = `the banner of delivery problems${whyNoConsole ? ` (skipped: ${whyNoConsole})` : ""}`;
const patient = { timeout: 20_000 };

describe.skipIf(whyNoConsole)(title, { timeout: 120_000 }, () => {
  let story: Story;
  let browser: ConsoleBrowser;
  let ada: Seat;

  beforeAll(async () => {
    story = await startStory();
    browser = await openConsole(story);
    ada = await browser.join(story.users.ada);
    await story.send({ title: "Before it broke", severity: "HIGH" });
    await story.slack.channel("#security").expectCard("Before it broke");
  }, 120_000);
  afterAll(async () => {
    expect(ada.faults).toEqual([]);
    await browser.close();
    await story.close();
  });

  const banner = ({ page }: Seat) => page.getByRole("region", { name: "Delivery problems" });
  const archive = (archived: boolean) => story.slack.ask("setChannel", { channel: "#security", archived });

  test("the banner appears on the open page and says what to do", async () => {
    await archive(true);
    await banner(ada).getByText("Alerts can't go out to #security.").waitFor(patient);
    await banner(ada).getByText("Unarchive it in Slack").waitFor();
    await story.send({ title: "Held", severity: "HIGH", detection: { id: "Held" } });
    await banner(ada).getByText("1 alert waiting, none lost").waitFor({ timeout: 30_000 });
    await banner(ada)
      .getByRole("link", { name: /^Alert #/ })
      .click();
    await ada.page.getByRole("heading", { name: "Alerts can't go out to #security" }).waitFor();
    await banner(ada).getByRole("link", { name: "Security" }).waitFor();
  });

  test("the banner is accessible in both themes and fits on a phone", async () => {
    expect(await violations(ada.page, "wcag")).toEqual([]);
    await ada.page.emulateMedia({ colorScheme: "dark" });
    await ada.page.locator("[data-mantine-color-scheme=dark]").waitFor();
    expect(await violations(ada.page, "contrast")).toEqual([]);
    await ada.page.emulateMedia({ colorScheme: "light" });
    const phone = await browser.again(ada, { viewport: { width: 390, height: 844 } });
    await phone.page.goto("/alerts");
    await banner(phone).waitFor(patient);
    const over = await phone.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(over).toBe(0);
    await phone.page.context().close();
  });

  test("the banner disappears when the problem is fixed", async () => {
    await archive(false);
    await banner(ada).waitFor({ state: "detached", ...patient });
  });
});
