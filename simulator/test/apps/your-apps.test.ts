import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { violationsInBothThemes } from "../../../test/browser/accessibility.ts";
import { chromiumPath, startChromium } from "../../../test/browser/chromium.ts";
import type { SimulatorOptions } from "../../start.ts";
import { pager, pagerYaml } from "../fixtures/pager.ts";
import { type Setting, setting } from "../fixtures/simulator-with-app.ts";

const inBrowser = describe.skipIf(!chromiumPath);

let browser: Browser;
let context: BrowserContext;
let page: Page;
let here: Setting;

async function open(options: SimulatorOptions = {}): Promise<void> {
  here = await setting({ withApp: false, ...options });
  await page.goto(`${here.slack.pageUrl}apps`);
}

const button = (name: string) => page.getByRole("button", { name, exact: true });
const menu = (name: string) => page.getByRole("link", { name, exact: true }).click();
const heading = (name: string) => page.getByRole("heading", { name, exact: true, level: 1 });
const actAs = (name: string) => page.getByLabel("Acting as").selectOption(name);
const told = (text: string) => page.getByRole("status").filter({ hasText: text }).waitFor();

async function create(yaml = pagerYaml(here.app.url)): Promise<void> {
  await button("Create New App").click();
  await page.getByRole("button", { name: "From an app manifest" }).click();
  await page.getByLabel("Pick a workspace to develop your app").selectOption("ACME");
  await button("Next").click();
  await page.getByLabel("App manifest").fill(yaml);
  await button("Next").click();
  await page.getByRole("heading", { name: "Review summary & create your app" }).waitFor();
  await button("Create").click();
  await heading("Basic Information").waitFor();
}

async function expectAccessible(): Promise<void> {
  expect(await violationsInBothThemes(page)).toEqual([]);
}

function aroundEach(): void {
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    context = await browser.newContext();
    page = await context.newPage();
  });
  afterEach(async () => {
    await context.close();
    await here.end();
  });
}

inBrowser("Your Apps, from the manifest to the token", { timeout: 240_000 }, () => {
  aroundEach();

  test("an admin makes an app, installs it, verifies its URL, and changes its scopes", async () => {
    await open();
    here.app.answerWith(({ payload }) => ({ body: { challenge: Object(payload).challenge } }));
    await create();
    expect(await page.getByLabel("Signing Secret").inputValue()).toMatch(/^[0-9a-f]{32}$/);
    await button("Install to Workspace").click();
    await page.getByLabel("users:read").uncheck();
    await button("Allow").click();
    await heading("Basic Information").waitFor();
    await menu("OAuth & Permissions");
    const botToken = await page.getByLabel("Bot User OAuth Token").inputValue();
    const scopesOf = async () => (await here.call("auth.test", {}, botToken)).headers.get("x-oauth-scopes");
    expect(await scopesOf()).toBe("chat:write,commands,channels:read");
    await menu("Event Subscriptions");
    await button("Verify").click();
    await told("Your request URL is verified.");
    await menu("App Manifest");
    const text = page.getByLabel("App manifest");
    await text.fill((await text.inputValue()).replace("- commands", "- commands\n      - team:read"));
    await button("Save Changes").click();
    await told("reinstall your app");
    expect(await scopesOf()).not.toContain("team:read");
    await page.getByRole("link", { name: "reinstall your app" }).click();
    await button("Reinstall to Workspace").click();
    await button("Allow").click();
    await told("Pager was installed to ACME.");
    expect(await scopesOf()).toContain("team:read");
  });

  test("a URL that doesn't answer isn't verified, and Slack says so", async () => {
    await open();
    await create();
    await menu("Event Subscriptions");
    await button("Verify").click();
    await page
      .getByRole("alert")
      .filter({ hasText: "Your URL didn't respond with the value of the challenge parameter" })
      .waitFor();
  });

  test("an employee asks, an admin approves, and then the employee installs", async () => {
    await open();
    await actAs("eve");
    await create();
    await button("Request to Install").click();
    await page.getByLabel("Add a message for your admins (optional)").fill("For the <b>SOC</b>");
    await button("Submit Request").click();
    await heading("Request Submitted").waitFor();
    await page.getByRole("link", { name: "Return to Pager" }).click();
    await page.getByText("Request Submitted").waitFor();
    await actAs("ada");
    await menu("Requests");
    await page.getByText("For the <b>SOC</b>").waitFor();
    await button("Approve Pager").click();
    await page.getByText("No requests are waiting").waitFor();
    await actAs("eve");
    await menu("Your Apps");
    await menu("Pager");
    await button("Install to Workspace").click();
    await button("Allow").click();
    await told("Pager was installed to ACME.");
    await here.slack.expectPrivately("eve", "Your request to install Pager was approved.");
  });

  test("an organisation: opting in, installing, and adding it to a workspace", async () => {
    await open({ shape: "organisation" });
    await create();
    await menu("Manage Distribution");
    await page.getByText("Opt-in", { exact: true }).click();
    await page.getByLabel("I understand").check();
    await button("Yes, Opt-in").click();
    await button("Install to Organization").click();
    await button("Allow").click();
    await heading("Basic Information").waitFor();
    await page.getByRole("link", { name: "Add it to some of your workspaces" }).click();
    await page.getByLabel("ACME Europe").check();
    await page.getByLabel("Automatically add to future workspaces").check();
    await button("Add App").click();
    await told("The workspaces were saved.");
    await menu("OAuth & Permissions");
    const botToken = await page.getByLabel("Bot User OAuth Token").inputValue();
    const teams = async () => (await here.call("auth.teams.list", {}, botToken)).teams;
    expect(await teams()).toMatchObject([{ name: "ACME Europe" }]);
    await here.slack.ask("addWorkspace", { name: "ACME Asia" });
    expect(await teams()).toMatchObject([{ name: "ACME Europe" }, { name: "ACME Asia" }]);
  });
});

inBrowser("Your Apps, in detail", { timeout: 240_000 }, () => {
  aroundEach();

  test("a link brings its manifest along, and what Slack would refuse is refused with where it stands", async () => {
    await open();
    const manifest = pager(here.app.url);
    const broken = { ...manifest, oauth_config: { scopes: { bot: ["chat:write", "chat:shout"] } } };
    await page.goto(
      `${here.slack.pageUrl}apps?new_app=1&manifest_json=${encodeURIComponent(JSON.stringify(broken))}`,
    );
    await button("Next").click();
    await button("Next").click();
    const alert = page.getByRole("alert");
    await alert.getByText("Illegal bot scopes found `chat:shout`").waitFor();
    await alert.getByText("/oauth_config/scopes/bot", { exact: true }).waitFor();
    await page.getByLabel("App manifest").fill(JSON.stringify(manifest));
    await page.getByRole("tab", { name: "YAML" }).click();
    expect(await page.getByLabel("App manifest").inputValue()).toContain("display_name: Pager");
  });

  test("an icon has to be square, and large enough", async () => {
    await open();
    await create();
    const upload = async (width: number, height: number) => {
      const bytes = Buffer.from(
        `89504e470d0a1a0a0000000d49484452${[width, height].map((n) => n.toString(16).padStart(8, "0")).join("")}`,
        "hex",
      );
      await page
        .getByLabel("+Add App Icon")
        .setInputFiles({ name: "i.png", mimeType: "image/png", buffer: bytes });
      await button("Upload Icon").click();
    };
    await upload(512, 600);
    await page.getByRole("alert").filter({ hasText: "must be square" }).waitFor();
    await upload(256, 256);
    await page.getByRole("alert").filter({ hasText: "between 512 and 2000" }).waitFor();
    await upload(512, 512);
    await page.getByRole("img", { name: "The app's icon" }).waitFor();
  });

  test("break no rule of accessibility in either theme", async () => {
    await open({ shape: "organisation" });
    await expectAccessible();
    await page.goto(`${here.slack.pageUrl}apps?new_app=1&manifest_json=%7B%7D`);
    await button("Next").click();
    await button("Next").click();
    await expectAccessible();
    await button("Cancel").click();
    await create();
    await expectAccessible();
    const names = await page.getByRole("navigation", { name: "Pager" }).getByRole("link").allTextContents();
    for (const name of names) {
      await menu(name);
      await expectAccessible();
    }
    await menu("Basic Information");
    await button("Install to Workspace").click();
    await expectAccessible();
  });
});
