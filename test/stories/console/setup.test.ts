import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { violations } from "../../browser/accessibility.ts";
import {
  type ConsoleBrowser,
  openConsole,
  password,
  type Seat,
  whyNoConsole,
} from "../../browser/console-browser.ts";
import { created, type Story, startStory } from "../../tocsin/story.ts";
import { searchAuditLog } from "./audit-log.ts";
import { chooseChannel, moveToPlatform } from "./channel.ts";

const title = `the Console of an admin${whyNoConsole ? ` (skipped: ${whyNoConsole})` : ""}`;
const mostKilobytes = 250;
/** The page behind a dialog is checked without it. */
const openDialog = "[role=dialog]";
/** The path and heading of each page. */
const pages: [path: string, heading: string][] = [
  ["/alerts", "Alerts"],
  ["/alerts/1", "Impossible travel"],
  ["/configure/destinations", "Alert Destinations"],
  ["/configure/destinations/new/slack-bot/app", "Create your Slack Bot app"],
  ["/configure/destinations/new/slack-bot/form", "Create your Slack Bot Application"],
  ["/configure/sources", "Sources"],
  ["/configure/detections", "Detections"],
  ["/configure/silences", "Silences"],
  ["/configure/slack-app", "Slack app"],
  ["/configure/users", "Users"],
  ["/configure/roles", "Roles"],
  ["/configure/api-tokens", "API tokens"],
  ["/configure/audit-log", "Audit log"],
  ["/configure/audit-log/streaming", "Streaming of the audit log"],
  ["/configure/settings", "Settings"],
  ["/account", "Account"],
];

/** Opens a page by its path and heading without a reload, so that neither the Console nor axe is loaded again. */
async function openWithoutReload(page: Page, path: string, name: string): Promise<Page> {
  await page.evaluate((to) => history.pushState(null, "", to), path);
  await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
  await page.waitForFunction(() => !document.querySelector("[aria-label^=Loading]"));
  return page;
}

/** The compressed JavaScript that the page has loaded so far, in KB, with what its first page needed. */
async function countScripts(page: Page): Promise<number> {
  const sizes = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter(({ name }) => new URL(name).pathname.endsWith(".js"))
      .map((entry) => ("encodedBodySize" in entry ? Number(entry.encodedBodySize) : Number.NaN)),
  );
  return sizes.reduce((sum, bytes) => sum + bytes, 0) / 1000;
}

/** Sends a form, closes the question by Escape, which keeps the form below; answers it wrongly, then rightly. */
async function confirmThatItIsMe(page: Page, action: string): Promise<void> {
  const question = page.getByRole("dialog", { name: "Confirm that it is you" });
  const word = question.getByLabel("Password");
  await page.getByRole("dialog").getByRole("button", { name: action }).click();
  await word.press("Escape");
  await question.waitFor({ state: "detached" });
  await page.getByText("Nothing was changed: you didn't confirm that it is you.").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: action }).click();
  expect(await violations(page, "wcag", openDialog)).toEqual([]);
  await word.fill("a wrong password");
  await word.press("Enter");
  await question.getByText("The password is wrong.").waitFor();
  await word.fill(password);
  await question.getByRole("button", { name: "Confirm" }).click();
  await question.waitFor({ state: "detached" });
}

/** Holds reads of the settings, as a slow network does, until the function is called that it returns. */
async function holdSettings(page: Page): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route("**/api/v1/settings", async (route) => {
    if (route.request().method() === "GET") await promise;
    await route.continue();
  });
  return resolve;
}

/** Enters an invalid field first, then valid values, and finally restores the defaults. */
async function changeSettings(page: Page, story: Story): Promise<void> {
  await page.getByRole("switch", { name: "Require a comment" }).check({ force: true });
  const fields = page.getByRole("combobox", { name: "Fields that identify a person" });
  await fields.fill("two words");
  await fields.press("Enter");
  await page.getByRole("button", { name: "Save", exact: true }).first().click();
  await page.getByText("without spaces").waitFor();
  expect(await violations(page, "wcag")).toEqual([]);
  await fields.press("Backspace");
  await fields.fill("who.email");
  await fields.press("Enter");
  const release = await holdSettings(page);
  await page.getByRole("button", { name: "Save", exact: true }).first().click();
  await page.getByText("Settings saved.").waitFor();
  // What was saved, not what was loaded before.
  expect(await page.getByRole("switch", { name: "Require a comment" }).isChecked()).toBe(true);
  release();
  const refused = await story.api("PATCH", "/alerts/1", { status: "RESOLVED" });
  expect([refused.status, refused.body.errors[0].field]).toEqual([400, "comment"]);
  const { body: draft } = await story.api("GET", "/alerts/1/boomerang-draft");
  expect(draft.suggested).toMatchObject({ email: "eve@acme.example" });
  await page.getByRole("switch", { name: "Require a comment" }).uncheck({ force: true });
  await page.getByRole("button", { name: "Save", exact: true }).first().click();
  await expect.poll(async () => (await story.api("GET", "/settings")).body.commentRequired).toBe(false);
  await page.getByRole("button", { name: "Restore default fields" }).click();
  await page.getByText("Default fields restored.").waitFor();
  const [entry] = (await story.api("GET", "/audit-log")).body.results;
  expect(entry).toMatchObject({ action: "settings.changed", actor: { name: "Grace Owner" } });
  await page.getByLabel("Alerts and answers").fill("120");
  await page.getByRole("button", { name: "Save retention" }).click();
  await expect.poll(async () => (await story.api("GET", "/settings")).body.keepAlertsDays).toBe(120);
}

/** Enters a wrong number of days first, then a valid one, which the form for a token offers. */
async function limitTokens(page: Page, story: Story): Promise<void> {
  const set = async (days: string) => {
    await page.getByLabel("Longest life in days").fill(days);
    await page.getByRole("button", { name: "Set limit" }).click();
  };
  await set("0");
  await page.getByText("From 1 to 3650 days").waitFor();
  await set("60");
  await expect.poll(async () => (await story.api("GET", "/settings")).body.maxTokenDays).toBe(60);
  await openWithoutReload(page, "/configure/api-tokens", "API tokens");
  await page.getByRole("button", { name: "Create token" }).click();
  expect(await page.getByLabel("Expires").first().inputValue()).toBe("In 60 days, the longest");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await story.api("PATCH", "/settings", { maxTokenDays: null });
}

/** Sets the rate in the form of a source, after a wrong one was refused at its field. */
async function setRate(
  page: Page,
  { perSecond, burst }: { perSecond: string; burst: string },
): Promise<void> {
  const rate = page.getByLabel("Reports per second");
  expect(await rate.inputValue()).toBe("200");
  await rate.fill("0");
  await page.getByLabel("Reports at once").fill(burst);
  await page.getByRole("dialog").getByRole("button", { name: "Add source" }).click();
  await expect.poll(() => rate.getAttribute("aria-invalid")).toBe("true");
  await rate.fill(perSecond);
}

/** Links Grace to Eve's Slack user, and unlinks her again. */
async function linkAndUnlink(page: Page, story: Story): Promise<void> {
  const row = page.getByRole("row").filter({ hasText: "grace@acme.example" });
  await row.getByRole("button", { name: "Actions for Grace" }).click();
  await page.getByRole("menuitem", { name: "Link to a Slack user…" }).click();
  const dialog = page.getByRole("dialog", { name: "Link Grace to a Slack user" });
  expect(await violations(page, "wcag", openDialog)).toEqual([]);
  await dialog.getByLabel("Member ID").fill(story.slack.users.eve.id);
  await dialog.getByRole("button", { name: "Link" }).click();
  await row.getByText("Linked to @Eve Adler").waitFor();
  await row.getByRole("button", { name: "Actions for Grace" }).click();
  await page.getByRole("menuitem", { name: "Unlink Eve Adler in Slack" }).click();
  await row.getByText("Linked to").waitFor({ state: "detached" });
}

describe.skipIf(whyNoConsole)(title, { timeout: 60_000 }, () => {
  let story: Story;
  let browser: ConsoleBrowser;
  let admin: Seat;
  let kilobytes: number;

  beforeAll(async () => {
    story = await startStory();
    browser = await openConsole(story);
    const user = { email: "owner@acme.example", name: "Grace Owner", role: "Admin" };
    admin = await browser.join(await created(story.api("POST", "/users", user)));
    kilobytes = await countScripts(admin.page);
    const context = { who: { email: "eve@acme.example", groups: ["staff"] }, mfa: false };
    await story.send({ title: "Impossible travel", severity: "HIGH", context });
    await story.slack.channel("#security").expectCard("Impossible travel");
  });
  afterAll(async () => {
    expect(admin.faults).toEqual([]);
    await browser.close();
    await story.close();
  });

  const follow = ([path, name]: (typeof pages)[number]) => openWithoutReload(admin.page, path, name);
  const at = (path: string) => follow(pages.find(([known]) => known === path) ?? [path, ""]);

  test(`the list needs less than ${mostKilobytes} KB of compressed JavaScript`, () => {
    expect(kilobytes).toBeGreaterThan(50);
    expect(kilobytes).toBeLessThan(mostKilobytes);
  });

  test.each(pages)("the page %s is accessible in both themes and fits on a phone", async (...place) => {
    const page = await follow(place);
    const desk = page.viewportSize();
    expect(await violations(page, "wcag")).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    await page.locator("[data-mantine-color-scheme=dark]").waitFor();
    expect(await violations(page, "contrast")).toEqual([]);
    await page.emulateMedia({ colorScheme: "light" });
    await page.locator("[data-mantine-color-scheme=light]").waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
    if (desk) await page.setViewportSize(desk);
  });

  test("a new source shows its key once, and its command sends the first report", async () => {
    const page = await at("/configure/sources");
    await page.getByRole("button", { name: "Add source" }).click();
    await page.getByLabel("Name").fill("Scripts");
    await setRate(page, { perSecond: "20", burst: "30" });
    await page.getByRole("dialog").getByRole("button", { name: "Add source" }).click();
    const dialog = page.getByRole("dialog", { name: "Key of Scripts" });
    await dialog.getByText("Waiting for a report").waitFor();
    const command = (await dialog.locator("pre").filter({ hasText: "curl" }).textContent()) ?? "";
    const here = command.replace(/https?:\/\/[^/']+/, story.origin);
    const { stdout } = await promisify(execFile)("sh", ["-c", here]);
    expect(JSON.parse(stdout).results).toMatchObject([{ outcome: "opened" }]);
    await dialog.getByText("A report arrived").waitFor();
    await dialog.getByRole("button", { name: "I have copied the key" }).click();
    expect(await page.content()).not.toContain("tsk_");
    const rateLimit = { perSecond: 20, burst: 30 };
    expect((await story.api("GET", "/sources")).body.results.at(-1)).toMatchObject({ rateLimit });
  });

  test("an error is shown at its field until the field is changed", async () => {
    const page = await at("/configure/destinations");
    await page.getByRole("button", { name: "Create New" }).click();
    await page.getByRole("menuitem", { name: "Slack Bot" }).click();
    await page.getByLabel("Display Name").fill("security");
    await chooseChannel(page, story);
    await page.getByRole("button", { name: "Add Destination" }).click();
    const name = page.getByLabel("Display Name");
    await expect.poll(() => name.getAttribute("aria-invalid")).toBe("true");
    await name.fill("Second");
    await expect.poll(() => name.getAttribute("aria-invalid")).not.toBe("true");
    await page.getByRole("button", { name: "Add Destination" }).click();
    await page.getByRole("link", { name: "Finish Setup" }).click();
    await page.getByRole("heading", { name: "Second" }).waitFor();
    await moveToPlatform(page);
  });

  test("a destination is deleted only after its name was typed", async () => {
    const page = await at("/configure/destinations");
    await page.getByRole("button", { name: "Actions for Second" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    const button = page.getByRole("dialog").getByRole("button", { name: "Delete" });
    expect(await button.isDisabled()).toBe(true);
    await page.getByLabel("Type Second to confirm").fill("Second");
    await button.click();
    await page.getByRole("heading", { name: "Second", exact: true }).waitFor({ state: "detached" });
  });

  test("a user with another email in Slack is linked to their Slack user, and unlinked again", async () => {
    await linkAndUnlink(await at("/configure/users"), story);
  });

  test("Settings require a comment and set the person fields, and the audit log says who did", async () => {
    const page = await at("/configure/settings");
    await changeSettings(page, story);
    await limitTokens(page, story);
  });

  test("the audit log is searched by filters in its address, and a name leads to the thing", async () =>
    searchAuditLog(await at("/configure/audit-log")));

  test("a token is shown once, works, and is refused once it is revoked", async () => {
    const page = await at("/configure/api-tokens");
    await page.getByRole("button", { name: "Create token" }).click();
    await page.getByLabel("Name").fill("Reader");
    await page.getByLabel("View alerts").check();
    await story.pass("6 minutes");
    await confirmThatItIsMe(page, "Create token");
    const token = await page.getByRole("dialog").locator("pre").textContent();
    await page.getByRole("button", { name: "I have copied the token" }).click();
    const status = async () =>
      (await fetch(`${story.origin}/api/v1/alerts`, { headers: { authorization: `Bearer ${token}` } }))
        .status;
    expect(await status()).toBe(200);
    await page.getByRole("button", { name: "Revoke Reader" }).click();
    await page.getByLabel("Type Reader to confirm").fill("Reader");
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await page.getByRole("button", { name: "Revoke Reader" }).waitFor({ state: "detached" });
    expect(await status()).toBe(401);
  });
});
