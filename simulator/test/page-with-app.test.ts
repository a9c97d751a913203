import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Browsing, chromiumPath, startChromium } from "../../test/browser/chromium.ts";
import { commentModal } from "./fixtures/card-blocks.ts";
import { everyBlock } from "./fixtures/every-block.ts";
import { type SimulatorWithApp, security, startWithApp } from "./fixtures/simulator-with-app.ts";

// The page's features for apps besides cards: external selects, shortcuts and stacked dialogs.

const inBrowser = describe.skipIf(!chromiumPath);
const plain = (text: string) => ({ type: "plain_text", text });

let browser: Browsing;
let context: BrowserContext;
let page: Page;
let env: SimulatorWithApp;

beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  env = await startWithApp();
  context = await browser.newContext();
  page = await context.newPage();
});
afterEach(async () => {
  await context.close();
  await env.end();
});

const payload = () => Object(env.app.received.at(-1)?.payload);
const open = () => page.goto(`${env.slack.pageUrl}#/ada/${security}`);

inBrowser("the page", { timeout: 60_000 }, () => {
  test("shows the app's options in an external select and sends the choice", async () => {
    env.app.answerWith(({ payload: given }) => {
      const { type, value } = Object(given);
      const options = [{ text: plain(`About ${value}`), value: "rb-7" }];
      return type === "block_suggestion" ? { body: { options } } : {};
    });
    const element = { type: "external_select", action_id: "runbook", placeholder: plain("Runbook") };
    const blocks = [{ type: "actions", elements: [element] }];
    await env.call("chat.postMessage", { channel: security, text: "Pick", blocks });
    await open();
    await page.getByRole("button", { name: "Runbook" }).click();
    await page.keyboard.type("vpn");
    await page.getByRole("option", { name: "About vpn" }).click();
    await page.getByRole("button", { name: "Runbook: About vpn" }).waitFor();
    expect(payload().actions).toMatchObject([{ action_id: "runbook", selected_option: { value: "rb-7" } }]);
  });

  test("keeps a dialog's values while another dialog is open on top of it", async () => {
    const shortcuts = [
      { name: "Raise an alert", callback_id: "raise", type: "global" as const, description: "" },
    ];
    await env.slack.ask("setApp", { shortcuts });
    const more = { type: "actions", elements: [{ type: "button", action_id: "more", text: plain("More") }] };
    env.app.answerWith(async ({ payload: given }) => {
      const { type, trigger_id } = Object(given);
      const view = { ...everyBlock.modal, blocks: [more, ...everyBlock.modal.blocks] };
      if (type === "shortcut") await env.call("views.open", { trigger_id, view });
      if (type === "block_actions")
        await env.call("views.push", { trigger_id, view: commentModal("Second") });
      return {};
    });
    await open();
    await page.getByRole("button", { name: "Shortcuts", exact: true }).click();
    await page.getByRole("menuitem", { name: "Raise an alert" }).click();
    const first = page.getByRole("dialog", { name: "Every input" });
    await first.getByLabel("email text input").fill("eve@acme.example");
    await first.getByLabel("number input").fill("3");
    await first.getByLabel("datepicker", { exact: true }).fill("2026-12-01");
    await first.getByLabel("Travel").first().check();
    await first.getByRole("button", { name: "More" }).click();
    const second = page.getByRole("dialog", { name: "Second" });
    await second.getByRole("button", { name: "Back" }).click();
    await first.getByRole("button", { name: "Send" }).click();
    await first.waitFor({ state: "detached" });
    expect(payload()).toMatchObject({ type: "view_submission", view: { callback_id: "every" } });
    expect(payload().view.state.values).toMatchObject({
      email_text_input: { a: { value: "eve@acme.example" } },
      number_input: { a: { value: "3" } },
      datepicker: { a: { selected_date: "2026-12-01" } },
      radio_buttons: { a: { selected_option: { value: "travel" } } },
    });
  });
});
