import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { violationsInBothThemes } from "../../test/browser/accessibility.ts";
import { type Browsing, chromiumPath, startChromium } from "../../test/browser/chromium.ts";
import { cardBlocks, commentModal } from "./fixtures/card-blocks.ts";
import { everyBlock } from "./fixtures/every-block.ts";
import { arrangeScenes, scenes } from "./fixtures/scenes.ts";
import { type SimulatorWithApp, security, startWithApp } from "./fixtures/simulator-with-app.ts";

const inBrowser = describe.skipIf(!chromiumPath);
if (!chromiumPath) console.info("Chromium is missing: the tests of the page are skipped");

const plain = (text: string) => ({ type: "plain_text", text });

let browser: Browsing;
let page: Page;
let env: SimulatorWithApp;
let title = "";

// Loading the page takes longer than a test, so all tests share it; each has a card of its own.
beforeAll(async () => {
  browser = await startChromium();
  page = await (await browser.newContext()).newPage();
  env = await startWithApp();
});
afterAll(async () => {
  await browser.close();
  await env.end();
});

let cards = 0;
beforeEach(async () => {
  cards += 1;
  title = `Impossible travel (${cards})`;
  env.app.answerWith(() => ({}));
  env.app.received.length = 0;
  await env.call("chat.postMessage", { channel: security, text: "HIGH: x", blocks: cardBlocks({ title }) });
  await show(`${env.slack.pageUrl}#/ada/${security}`, env);
  await card().waitFor();
});

const card = () => page.getByRole("article").filter({ hasText: title });

/** Opens a view in the loaded page: first #random, so that the view before it is gone, and then `url`. */
async function show(url: string, { slack }: SimulatorWithApp): Promise<void> {
  const [, as = ""] = new URL(url).hash.split("/");
  const { id } = new Map(Object.entries(slack.users)).get(as) ?? expect.unreachable(`${as} is unknown`);
  await page.goto(`${slack.pageUrl}#/${as}/C0RANDOM001`);
  await page.locator(`[data-key="person/${id}"][aria-pressed=true]`).waitFor();
  await page.getByLabel("Message #random").waitFor();
  await page.goto(url);
}

inBrowser("the page", { timeout: 60_000 }, () => {
  test("lets a person choose and fix a dialog's error with the keyboard", async () => {
    env.app.answerWith(async ({ payload }) => {
      const { type, trigger_id, view } = Object(payload);
      if (type === "block_actions") await env.call("views.open", { trigger_id, view: commentModal() });
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
    expect(Object(env.app.received.at(-1)?.payload).view.state.values.comment.text.value).toBe("VPN");
    await card().getByRole("button", { name: "Status: Resolved" }).waitFor();
  });

  test("shows an ephemeral message to one person only", async () => {
    await env.call("chat.postEphemeral", {
      channel: security,
      user: env.slack.users.ada.id,
      text: "For Ada",
    });
    await page.getByText("Only visible to you").waitFor();
    await page.getByRole("button", { name: "Grace Hopper" }).click();
    await page.getByText("For Ada").waitFor({ state: "detached" });
  });

  test("posts a message, a reaction, a reply and /invite", async () => {
    await page.getByLabel("Message #security").fill("On it");
    await page.keyboard.press("Enter");
    const mine = page.getByRole("article").filter({ hasText: "On it" });
    await mine.focus();
    await page.keyboard.press("r");
    await page.keyboard.type("eye");
    await page.getByRole("option", { name: "eyes" }).waitFor();
    await page.getByRole("option", { name: "+1" }).waitFor({ state: "detached" });
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await mine.getByRole("button", { name: "eyes, 1: Ada Lovelace", pressed: true }).click();
    await mine.getByRole("group", { name: "Reactions" }).waitFor({ state: "detached" });
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

  test("shows markup in plain text as text", async () => {
    const text = { type: "plain_text", text: "<!channel> *b* <img src=x onerror=alert(1)> &lt;b&gt;" };
    await env.call("chat.postMessage", {
      channel: security,
      text: "x",
      blocks: [{ type: "section", text }],
    });
    await page.getByText("<!channel> *b* <img src=x onerror=alert(1)> <b>").waitFor();
  });

  test("keeps a choice until the block has another ID, and can clear it", async () => {
    const status = (name: string) => card().getByRole("button", { name });
    const update = (more: object) =>
      env.call("chat.update", { channel: security, ts, text: "x", blocks: cardBlocks({ title, ...more }) });
    const { ts = "" } = (await env.slack.ask("messages", { channel: security })).at(-1) ?? {};
    await status("Status: Open").click();
    await page.getByRole("option", { name: "Triaged" }).click();
    await status("Status: Triaged").waitFor();
    await update({ note: "Open, and under the same id" });
    await card().getByText("under the same id").waitFor();
    await status("Status: Triaged").waitFor();
    await update({ note: "Open, and under another", controls: "controls:2" });
    await status("Status: Open").waitFor();
    await status("Status: Open").press("Enter");
    await page.getByRole("option", { name: "Clear selection" }).click();
    await status("Status: nothing selected").waitFor();
    const [action] = Object(env.app.received.at(-1)?.payload).actions;
    expect(action).toMatchObject({ action_id: "status", selected_option: null });
  });

  test("sends view_closed when a dialog is closed with Escape", async () => {
    env.app.answerWith(async ({ payload }) => {
      const { type, trigger_id } = Object(payload);
      if (type === "block_actions") await env.call("views.open", { trigger_id, view: commentModal() });
      return {};
    });
    await card().getByRole("button", { name: "Status: Open" }).click();
    await page.getByRole("option", { name: "Resolved" }).click();
    await page.getByRole("dialog").getByLabel("What did you find?").press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await expect.poll(() => Object(env.app.received.at(-1)?.payload).type).toBe("view_closed");
  });

  test("marks a control that the app doesn't answer, until it answers again", async () => {
    const mark = card().getByRole("img", { name: "The app didn't respond to this" });
    env.app.answerWith(() => ({ status: 500 }));
    await card().getByRole("button", { name: "More actions", exact: true }).click();
    await page.getByRole("menuitem", { name: "Assign to me" }).click();
    await mark.waitFor();
    env.app.answerWith(() => ({}));
    await card().getByRole("button", { name: "More actions", exact: true }).click();
    await page.getByRole("menuitem", { name: "Assign to me" }).click();
    await mark.waitFor({ state: "detached" });
  });

  test("edits and deletes a message and uses a shortcut by keyboard alone", async () => {
    await page.getByLabel("Message #security").fill("Teh proxy");
    await page.keyboard.press("Enter");
    const mine = page.getByRole("article").filter({ hasText: "proxy" });
    await mine.focus();
    await page.keyboard.press("e");
    await page.getByLabel("Edit message").fill("The proxy");
    await page.keyboard.press("Enter");
    await mine.getByText("(edited)").waitFor();
    await mine.getByRole("button", { name: "More actions for this message" }).press("Enter");
    await page.getByRole("menuitem", { name: "Add to alert" }).waitFor();
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await expect.poll(() => Object(env.app.received.at(-1)?.payload).callback_id).toBe("add_to_alert");
    await mine.getByRole("button", { name: "More actions for this message" }).press("Enter");
    await page.getByRole("menuitem", { name: "Delete message…" }).press("Enter");
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).press("Enter");
    await mine.waitFor({ state: "detached" });
  });
});

inBrowser("the page, while typing and choosing,", { timeout: 60_000 }, () => {
  test("suggests people, channels and commands, and shows a command's usage hint", async () => {
    const box = page.getByLabel("Message #security");
    await box.pressSequentially("@gra");
    await page.getByRole("option", { name: "Grace Hopper" }).waitFor();
    await box.press("Tab");
    await box.pressSequentially("see #plat");
    await page.getByRole("option", { name: "#platform" }).waitFor();
    await box.press("Enter");
    await box.press("Enter");
    await page.getByRole("article").filter({ hasText: "@Grace Hopper see #platform" }).waitFor();
    await box.pressSequentially("/to");
    await page.getByRole("option", { name: "/tocsin help" }).waitFor();
    await box.press("Tab");
    await page.getByText("/tocsin help | list | show 1042").waitFor();
    await box.clear();
  });

  test("sends one action after several options were chosen", async () => {
    const options = ["VPN", "Travel", "Proxy"].map((text) => ({
      text: { type: "plain_text", text },
      value: text,
    }));
    const tags = { type: "multi_static_select", action_id: "tags", options };
    const blocks = [{ type: "actions", block_id: "b", elements: [tags] }];
    await env.call("chat.postMessage", { channel: security, text: "x", blocks });
    await page.getByRole("button", { name: "Choose an option: nothing selected" }).press("Enter");
    await page.getByRole("option", { name: "VPN" }).click();
    await page.getByRole("option", { name: "Proxy" }).click();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "VPN Proxy" }).waitFor();
    await expect.poll(() => env.app.received.length).toBe(1);
    const [action] = Object(env.app.received[0]?.payload).actions;
    expect(action.selected_options.map(({ value }: { value: string }) => value)).toEqual(["VPN", "Proxy"]);
  });
});

inBrowser("the page, for apps besides cards,", { timeout: 60_000 }, () => {
  const lastPayload = () => Object(env.app.received.at(-1)?.payload);

  test("shows the app's options in an external select and sends the choice", async () => {
    env.app.answerWith(({ payload: given }) => {
      const { type, value } = Object(given);
      const options = [{ text: plain(`About ${value}`), value: "rb-7" }];
      return type === "block_suggestion" ? { body: { options } } : {};
    });
    const element = { type: "external_select", action_id: "runbook", placeholder: plain("Runbook") };
    const blocks = [{ type: "actions", elements: [element] }];
    await env.call("chat.postMessage", { channel: security, text: "Pick", blocks });
    await page.getByRole("button", { name: "Runbook" }).click();
    await page.keyboard.type("vpn");
    await page.getByRole("option", { name: "About vpn" }).click();
    await page.getByRole("button", { name: "Runbook: About vpn" }).waitFor();
    expect(lastPayload().actions).toMatchObject([
      { action_id: "runbook", selected_option: { value: "rb-7" } },
    ]);
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
    await show(`${env.slack.pageUrl}#/ada/${security}`, env);
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
    expect(lastPayload()).toMatchObject({ type: "view_submission", view: { callback_id: "every" } });
    expect(lastPayload().view.state.values).toMatchObject({
      email_text_input: { a: { value: "eve@acme.example" } },
      number_input: { a: { value: "3" } },
      datepicker: { a: { selected_date: "2026-12-01" } },
      radio_buttons: { a: { selected_option: { value: "travel" } } },
    });
  });
});

inBrowser("the page has no accessibility violations", { timeout: 300_000 }, () => {
  test("in the light and the dark theme", async () => {
    const staged = await startWithApp();
    await arrangeScenes(staged);
    for (const scene of scenes) {
      await show(scene.at(staged), staged);
      await scene.open(page);
      expect.soft([scene.name, ...(await violationsInBothThemes(page))]).toEqual([scene.name]);
      for (const { id } of (await staged.slack.ask("dialogs", { as: "ada" })).reverse())
        await staged.slack.ask("cancel", { as: "ada", view: id });
      await page.keyboard.press("Escape");
    }
    await staged.end();
  });
});
