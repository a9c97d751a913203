import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { violationsInBothThemes } from "../../../test/browser/accessibility.ts";
import { type Browsing, chromiumPath, startChromium } from "../../../test/browser/chromium.ts";
import type { SimulatorOptions } from "../../start.ts";
import { pager, pagerYaml } from "../fixtures/pager.ts";
import { type SimulatorWithApp, startWithApp } from "../fixtures/simulator-with-app.ts";

const inBrowser = describe.skipIf(!chromiumPath);

let browser: Browsing;
let context: BrowserContext;
let page: Page;
let env: SimulatorWithApp;

async function open(options: SimulatorOptions = {}): Promise<void> {
  env = await startWithApp({ withApp: false, ...options });
  await page.goto(`${env.slack.pageUrl}apps`);
}

/** Opens the page of an app that was created without the browser. Returns its URL. */
async function openPager(options: SimulatorOptions = {}): Promise<string> {
  env = await startWithApp({ withApp: false, ...options });
  const created = await env.slack.ask("createApp", { as: "ada", manifest: pager(env.app.url) });
  const url = `${env.slack.pageUrl}apps/${created.ok ? created.appId : expect.unreachable()}`;
  await page.goto(url);
  return url;
}

const button = (name: string) => page.getByRole("button", { name, exact: true });
const menu = (name: string) => page.getByRole("link", { name, exact: true }).click();
const heading = (name: string) => page.getByRole("heading", { name, exact: true, level: 1 });
const actAs = (name: string) => page.getByLabel("Acting as").selectOption(name);
const alert = (text: string) => page.getByRole("alert").filter({ hasText: text });
const notice = (text: string) => page.getByRole("status").filter({ hasText: text }).waitFor();

async function create(yaml = pagerYaml(env.app.url)): Promise<void> {
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

async function expectAccessible(what: string): Promise<void> {
  expect.soft([what, ...(await violationsInBothThemes(page))]).toEqual([what]);
}

/**
 * Shows the page at a URL in the current document, which has axe already. Loading axe takes longer than its analysis.
 */
async function showInPlace(url: string): Promise<void> {
  await page.setContent(await (await context.request.get(url)).text());
}

beforeAll(async () => {
  browser = await startChromium();
  context = await browser.newContext();
  page = await context.newPage();
});
afterAll(() => browser.close());
afterEach(async () => {
  await context.clearCookies();
  await env.end();
});

inBrowser("Your Apps", () => {
  test("lets an admin create and install an app, verify its URL and change its scopes", async () => {
    await open();
    await create();
    expect(await page.getByLabel("Signing Secret").inputValue()).toMatch(/^[0-9a-f]{32}$/);
    await button("Install to Workspace").click();
    await page.getByLabel("users:read").uncheck();
    await button("Allow").click();
    await heading("Basic Information").waitFor();
    await menu("OAuth & Permissions");
    const botToken = await page.getByLabel("Bot User OAuth Token").inputValue();
    const scopesOf = async () => (await env.call("auth.test", {}, botToken)).headers.get("x-oauth-scopes");
    expect(await scopesOf()).toBe("chat:write,commands,channels:read");
    await menu("Event Subscriptions");
    await button("Verify").click();
    await alert("Your URL didn't respond with the value of the challenge parameter").waitFor();
    env.app.answerWith(({ payload }) => ({ body: { challenge: Object(payload).challenge } }));
    await button("Verify").click();
    await notice("Your request URL is verified.");
    await menu("App Manifest");
    const text = page.getByLabel("App manifest");
    await text.fill((await text.inputValue()).replace("- commands", "- commands\n      - team:read"));
    await button("Save Changes").click();
    await notice("reinstall your app");
    expect(await scopesOf()).not.toContain("team:read");
    await page.getByRole("link", { name: "reinstall your app" }).click();
    await button("Reinstall to Workspace").click();
    await button("Allow").click();
    await notice("Pager was installed to ACME.");
    expect(await scopesOf()).toContain("team:read");
  });

  test("lets an employee install an app after an admin approved the request", async () => {
    await openPager();
    await actAs("eve");
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
    await notice("Pager was installed to ACME.");
    await env.slack.expectPrivately("eve", "Your request to install Pager was approved.");
  });

  test("installs an app org-wide after opting in and adds it to workspaces", async () => {
    await openPager({ shape: "organisation" });
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
    await notice("The workspaces were saved.");
    await menu("OAuth & Permissions");
    const botToken = await page.getByLabel("Bot User OAuth Token").inputValue();
    const teams = async () => (await env.call("auth.teams.list", {}, botToken)).teams;
    expect(await teams()).toMatchObject([{ name: "ACME Europe" }]);
    await env.slack.ask("addWorkspace", { name: "ACME Asia" });
    expect(await teams()).toMatchObject([{ name: "ACME Europe" }, { name: "ACME Asia" }]);
  });
});

inBrowser("a page of Your Apps", () => {
  test("takes a manifest from a link and shows its errors with pointers", async () => {
    env = await startWithApp({ withApp: false });
    const manifest = pager(env.app.url);
    const broken = { ...manifest, oauth_config: { scopes: { bot: ["chat:write", "chat:shout"] } } };
    await page.goto(
      `${env.slack.pageUrl}apps?new_app=1&manifest_json=${encodeURIComponent(JSON.stringify(broken))}`,
    );
    await button("Next").click();
    await button("Next").click();
    const refusal = alert("Illegal bot scopes found `chat:shout`");
    await refusal.getByText("/oauth_config/scopes/bot", { exact: true }).waitFor();
    await expectAccessible("a manifest with errors");
    await page.getByLabel("App manifest").fill(JSON.stringify(manifest));
    await page.getByRole("tab", { name: "YAML" }).click();
    expect(await page.getByLabel("App manifest").inputValue()).toContain("display_name: Pager");
  });

  test("refuses an icon that is not square or too small", async () => {
    const url = await openPager();
    const icon = (width: number, height: number) => {
      const size = [width, height].map((n) => n.toString(16).padStart(8, "0")).join("");
      const buffer = Buffer.from(`89504e470d0a1a0a0000000d49484452${size}`, "hex");
      return { name: "i.png", mimeType: "image/png", buffer };
    };
    const answerTo = async (width: number, height: number) => {
      const multipart = { icon: icon(width, height) };
      return (await context.request.post(`${url}/basic-information/icon`, { multipart })).text();
    };
    expect(await answerTo(512, 600)).toContain("must be square");
    expect(await answerTo(256, 256)).toContain("between 512 and 2000");
    await page.getByLabel("+Add App Icon").setInputFiles(icon(512, 512));
    await button("Upload Icon").click();
    await page.getByRole("img", { name: "The app's icon" }).waitFor();
  });

  test("has no accessibility violations in the light and the dark theme", async () => {
    const url = await openPager({ shape: "organisation" });
    const links = await page
      .getByRole("navigation", { name: "Pager" })
      .getByRole("link")
      .evaluateAll((all: HTMLAnchorElement[]) => all.map(({ text, href }) => [text, href] as const));
    for (const [name, href] of [["Your Apps", `${env.slack.pageUrl}apps`] as const, ...links]) {
      await showInPlace(href);
      await heading(name).waitFor();
      await expectAccessible(name);
    }
    await page.goto(url);
    await button("Install to Workspace").click();
    await button("Allow").waitFor();
    await expectAccessible("the authorize page");
  });
});
