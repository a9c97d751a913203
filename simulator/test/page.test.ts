import { existsSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { cardBlocks, commentModal } from "./setting/card-blocks.ts";
import { type Setting, security, setting } from "./setting/setting.ts";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const inBrowser = describe.skipIf(!existsSync(executablePath));
if (!existsSync(executablePath))
  console.info(`There is no ${executablePath}: the page is not tried in a browser`);

let browser: Browser;
let context: BrowserContext;
let page: Page;
let here: Setting;

inBrowser("the page", { timeout: 60_000 }, () => {
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath,
      args: ["--no-sandbox", "--disable-background-networking"],
    });
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    here = await setting();
    context = await browser.newContext();
    page = await context.newPage();
    await here.call("chat.postMessage", { channel: security, text: "HIGH: x", blocks: cardBlocks() });
    await page.goto(`${here.slack.pageUrl}#/ada/${security}`);
  });
  afterEach(async () => {
    await context.close();
    await here.end();
  });

  const card = () => page.getByRole("article").filter({ hasText: "Impossible travel" });

  test("a person chooses with the keyboard, fills the app's dialog in, and mends its error", async () => {
    here.app.answerWith(async ({ payload }) => {
      const { type, trigger_id, view } = Object(payload);
      if (type === "block_actions") await here.call("views.open", { trigger_id, view: commentModal() });
      const comment = view?.state.values.comment.text.value;
      return type === "view_submission" && !comment
        ? { body: { response_action: "errors", errors: { comment: "Say what you found" } } }
        : {};
    });
    await card().getByRole("button", { name: "Status: Open" }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Resolve #1" });
    await dialog.getByRole("button", { name: "Resolve" }).click();
    await dialog.getByText("Say what you found").waitFor();
    await dialog.getByLabel("What did you find?").fill("VPN");
    await dialog.getByRole("button", { name: "Resolve" }).click();
    await dialog.waitFor({ state: "detached" });
    expect(Object(here.app.received.at(-1)?.payload).view.state.values.comment.text.value).toBe("VPN");
    await card().getByRole("button", { name: "Status: Resolved" }).waitFor();
  });

  test("what only one person sees, another doesn't", async () => {
    await here.call("chat.postEphemeral", {
      channel: security,
      user: here.slack.users.ada.id,
      text: "For Ada",
    });
    await page.getByText("Only visible to you").waitFor();
    await page.getByRole("button", { name: "Grace Hopper" }).click();
    await page.getByText("For Ada").waitFor({ state: "detached" });
  });

  test("one writes, replies, and invites the app", async () => {
    await page.getByLabel("Message #security").fill("On it");
    await page.keyboard.press("Enter");
    await page.getByText("On it").waitFor();
    await card().hover();
    await card().getByRole("button", { name: "Reply in thread" }).click();
    await page.getByLabel("Reply…").fill("Looking");
    await page.keyboard.press("Enter");
    await card().first().getByText("1 reply").waitFor();
    await page.getByRole("button", { name: "random" }).click();
    await page.getByLabel("Message #random").fill("/invite @Tocsin");
    await page.keyboard.press("Enter");
    await page.getByText("was added to #random").waitFor();
  });

  test("text from outside stays text", async () => {
    const text = { type: "plain_text", text: "<!channel> *b* <img src=x onerror=alert(1)> &lt;b&gt;" };
    await here.call("chat.postMessage", {
      channel: security,
      text: "x",
      blocks: [{ type: "section", text }],
    });
    await page.getByText("<!channel> *b* <img src=x onerror=alert(1)> <b>").waitFor();
  });

  test.each(["light", "dark"] as const)("breaks no rule of accessibility, %s", async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${here.slack.pageUrl}#/ada/${security}?log`);
    await page.getByRole("heading", { name: "Traffic" }).waitFor();
    await card().waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => ({ id, at: nodes.map((node) => node.html.slice(0, 200)) })),
    ).toEqual([]);
  });
});
