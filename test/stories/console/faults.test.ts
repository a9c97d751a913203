import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { violations, violationsInBothThemes } from "../../browser/accessibility.ts";
import { type ConsoleBrowser, password, type Seat, whyNoConsole } from "../../browser/console-browser.ts";
import { startDesk } from "../../browser/console-desk.ts";
import type { Story } from "../../tocsin/story.ts";

const patient = { timeout: 20_000 };

const title = `banners and the account page${whyNoConsole ? ` (skipped: ${whyNoConsole})` : ""}`;

describe.skipIf(whyNoConsole)(title, { timeout: 120_000 }, () => {
  const desk = startDesk({}, async ({ users }) => users.ada);
  let story: Story;
  let browser: ConsoleBrowser;
  let ada: Seat;

  beforeAll(async () => {
    ({ story, seat: ada, browser } = desk());
    await story.send({ title: "Before it broke", severity: "HIGH" });
    await story.slack.channel("#security").expectCard("Before it broke");
  });
  afterAll(() => expect(ada.faults).toEqual([]));

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

  test("people change their password, and end sessions that they don't know", async () => {
    const { page } = ada;
    const { email } = story.users.ada;
    await fetch(`${story.origin}/api/v1/session`, {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": "Mozilla/5.0 (Windows) Firefox/145.0" },
      body: JSON.stringify({ email, password }),
    });
    await page.getByRole("button", { name: "Ada" }).click();
    await page.getByRole("menuitem", { name: "Account" }).click();
    await page.getByRole("button", { name: /^End the session of Firefox on Windows/ }).click();
    await page.getByText("Firefox on Windows").waitFor({ state: "detached" });
    await page.getByText("This session").waitFor();
    const current = page.getByRole("textbox", { name: "Current password" });
    const wanted = page.getByRole("textbox", { name: "New password" });
    const change = page.getByRole("button", { name: "Change password" });
    await current.fill(password);
    await wanted.fill("password1234");
    await change.click();
    await page.getByText("This password is easy to guess").waitFor();
    expect(await violationsInBothThemes(page)).toEqual([]);
    await wanted.fill("zebra kettle moon 7");
    await change.click();
    await page.getByText("Your password was changed").waitFor();
    expect(await current.inputValue()).toBe("");
  });

  test("people who change settings see which proxy is not trusted, and what to set", async () => {
    await story.api("PATCH", `/users/${story.users.ada.id}`, { role: "Admin" });
    await fetch(`${story.origin}/healthz`, { headers: { "x-forwarded-for": "198.51.100.9" } });
    await story.tocsin.idle();
    await ada.page.goto("/alerts");
    const warning = ada.page.getByRole("region", { name: "Proxies that are not trusted" });
    await warning.getByText("set TRUSTED_PROXIES=127.0.0.1 and restart Tocsin").waitFor();
    expect(await violationsInBothThemes(ada.page)).toEqual([]);
  });
});
