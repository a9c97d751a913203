import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { atYourApps } from "../browser/at-your-apps.ts";
import { startChromium } from "../browser/chromium.ts";
import { password, whyNoConsole } from "../browser/console-browser.ts";
import { startEmpty } from "../browser/stranger.ts";

const title = `a stranger sets up a Slack Bot${whyNoConsole ? ` (skipped: ${whyNoConsole})` : ""}`;
const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const mostClicks = 30;

describe.skipIf(whyNoConsole)(title, { timeout: 240_000 }, () => {
  let browser: Browser;
  let clicks = 0;

  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(() => browser.close());

  const press = async (page: Page, name: string) => {
    clicks += 1;
    await page
      .getByRole("button", { name, exact: true })
      .or(page.getByRole("link", { name, exact: true }))
      .click();
  };
  const expectAccessible = async (page: Page) => {
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(wcag).analyze();
    expect(violations.map(({ id, nodes }) => `${id} at ${nodes[0]?.target}`)).toEqual([]);
  };
  const shot = async (page: Page, name: string) => {
    await expectAccessible(page);
    const folder = process.env.SHOTS;
    if (!folder) return;
    for (const [look, width] of [
      ["light", 1280],
      ["dark", 1280],
      ["light", 390],
    ] as const) {
      await page.emulateMedia({ colorScheme: look });
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: `${folder}/${name}-${look}-${width}.png`, fullPage: true });
    }
    await page.setViewportSize({ width: 1280, height: 900 });
  };

  const sitDown = async (here: Awaited<ReturnType<typeof startEmpty>>) => {
    const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
    const page = await context.newPage();
    await page.goto(here.firstStartUrl);
    await page.getByRole("textbox", { name: "Name", exact: true }).fill("Ada");
    await page.getByLabel("E-mail").fill("ada@acme.example");
    await page.getByRole("textbox", { name: "Password" }).fill(password);
    await press(page, "Create administrator");
    await page.getByText("No alerts yet").waitFor();
    const slack = await context.newPage();
    await slack.goto(`${here.slack.pageUrl}apps`);
    return { page, slack, close: () => context.close() };
  };
  const toTheFirstStep = async (page: Page) => {
    await page.goto(new URL("/configure/destinations", page.url()).href);
    await press(page, "Add your first Destination");
    clicks += 1;
    await page.getByRole("menuitem", { name: "Slack Bot" }).click();
    await page.getByRole("heading", { name: "Create your Slack Bot app", level: 1 }).waitFor();
  };
  const fill = async (page: Page, values: Record<string, string>) => {
    for (const [label, value] of Object.entries(values))
      await page.getByRole("textbox", { name: label, exact: true }).fill(value);
  };

  const makeTheApp = async (slack: Page, mode: "http" | "socket") => {
    const apps = atYourApps(slack, press);
    await slack.bringToFront();
    await apps.create("ACME");
    await apps.install();
    if (mode === "http") await apps.verify();
    else await apps.makeAppToken();
    const credentials = await apps.credentials();
    const appToken: Record<string, string> =
      mode === "http" ? {} : { "App-Level Token": await apps.appToken() };
    return { credentials: { ...credentials, ...appToken }, botToken: await apps.botToken() };
  };
  const sendFirstReport = async (page: Page, origin: string) => {
    await page.goto(`${origin}/configure/sources`);
    await page
      .getByRole("button", { name: /^Add .*source/ })
      .first()
      .click();
    await page.getByLabel("Name").fill("Scripts");
    await page.getByRole("dialog").getByRole("button", { name: "Add source" }).click();
    const command = await page.getByRole("dialog").locator("pre").filter({ hasText: "curl" }).textContent();
    await promisify(execFile)("sh", ["-c", command ?? ""]);
    await page.getByText("A report arrived").waitFor();
    await page.goto(`${origin}/alerts/1`);
    return (await page.getByRole("heading", { level: 1 }).textContent()) ?? "";
  };

  test.each([
    ["by HTTP", "http"],
    ["by Socket Mode", "socket"],
  ] as const)("%s, from an empty Tocsin to an alert that is triaged in Slack", async (_, mode) => {
    const here = await startEmpty();
    clicks = 0;
    const { page, slack, close } = await sitDown(here);
    await toTheFirstStep(page);
    await shot(page, `1-app-${mode}`);
    await page.bringToFront();
    if (mode === "socket") {
      await page.getByLabel(/^No, use Socket Mode/).check();
      await page.getByText("Generate Token and Scopes").waitFor();
    }
    await press(page, "Copy manifest");
    await page.getByText("Ada copied it").waitFor();
    const { credentials, botToken } = await makeTheApp(slack, mode);

    await page.bringToFront();
    if (mode === "http") await page.getByText("Slack's request arrived").waitFor();
    await press(page, "Continue");
    await page.getByRole("heading", { name: "Create your Slack Bot Application", level: 1 }).waitFor();
    await fill(page, { "Display Name": "Security", "Channel ID or Channel Name": "#random" });
    await page.reload();
    expect(await page.getByLabel("Display Name").inputValue()).toBe("Security");
    await fill(page, { ...credentials, "Bot OAuth Token": "xoxb-wrong" });
    await press(page, "Add Destination");
    await page.getByText("Slack doesn't know the bot token").first().waitFor();
    await shot(page, `2-form-${mode}`);
    await fill(page, { "Bot OAuth Token": botToken });
    await page.getByText("#random is public").waitFor();
    await press(page, "Add Destination");
    await page.getByRole("heading", { name: "Invite the bot to #random" }).waitFor();
    await shot(page, `3-finish-${mode}`);

    await here.slack.ask("say", { as: "ada", channel: "#random", text: "/invite @Tocsin" });
    await page.getByText("The bot is in #random.").waitFor();
    await press(page, "Send Welcome Message");
    const welcome = await here.slack.channel("#random").expectMessage("Tocsin is connected");
    await welcome.press("Test the buttons", { as: "ada" });
    await here.slack.expectPrivately("ada", "buttons");
    await press(page, "Finish Setup");
    await page.getByRole("heading", { name: "Security" }).waitFor();

    const name = await sendFirstReport(page, here.origin);
    const card = await here.slack.channel("#random").expectCard(name.slice(0, 20));
    await card.choose("Status", "Triaged", { as: "ada" });
    await page.getByText("Ada triaged the alert").waitFor();
    expect(clicks).toBeLessThan(mostClicks);
    await close();
    await here.close();
  });
});
