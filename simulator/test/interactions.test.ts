import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sign } from "../callbacks/post-to-app.ts";
import { cardBlocks, commentModal } from "./fixtures/card-blocks.ts";
import { type Setting, security, setting } from "./fixtures/simulator-with-app.ts";

let now = 1_795_611_720_000;
let here: Setting;
const call: Setting["call"] = (...given) => here.call(...given);
const payload = (index = -1) => Object(here.app.received.at(index)?.payload);

beforeEach(async () => {
  here = await setting({ now: () => now });
  await call("chat.postMessage", { channel: security, text: "HIGH: x", blocks: cardBlocks() });
});
afterEach(() => here.end());

const theCard = () => here.slack.channel("#security").expectCard("Impossible travel");
const update = async (more: object) =>
  call("chat.update", { channel: security, ts: (await theCard()).ts, text: "x", blocks: cardBlocks(more) });
const openDialog = async (view: object = commentModal()) => {
  await (await theCard()).menu("Assign to me", { as: "ada" });
  return call("views.open", { trigger_id: payload().trigger_id, view });
};

describe("what the app is sent", () => {
  test("a form of exactly Slack's content type, signed over its raw body", async () => {
    await (await theCard()).menu("Assign to me", { as: "ada" });
    const [one] = here.app.received;
    const headers: Record<string, string> = one?.headers ?? {};
    expect(headers["content-type"]).toBe("application/x-www-form-urlencoded");
    const timestamp = headers["x-slack-request-timestamp"] ?? "";
    expect(headers["x-slack-signature"]).toBe(sign(here.slack.app.signingSecret, timestamp, one?.body ?? ""));
  });

  test("the whole message, and the state of all its selects", async () => {
    await (await theCard()).choose("Status", "Triaged", { as: "ada" });
    expect(payload().message).toMatchObject({ text: "HIGH: x", bot_id: here.slack.app.botId });
    expect(payload().state.values["controls:1"]).toMatchObject({
      assign: { type: "users_select", selected_user: null },
      status: { selected_option: { value: "TRIAGED" } },
    });
  });

  test.each([
    [
      "a person",
      () => theCard().then((c) => c.choose("Assign to", "grace", { as: "ada" })),
      { type: "users_select", selected_user: "U0GRACE001" },
    ],
    [
      "an option",
      () => theCard().then((c) => c.choose("Status", "Invalid", { as: "ada" })),
      { selected_option: { value: "CLOSED" }, initial_option: { value: "OPEN" } },
    ],
    [
      "an entry of the menu",
      () => theCard().then((c) => c.menu("Unassign", { as: "ada" })),
      { type: "overflow", selected_option: { value: "unassign" } },
    ],
    [
      "a button",
      () => theCard().then((c) => c.press("View in Tocsin", { as: "ada" })),
      { type: "button", action_id: "view", text: { text: "View in Tocsin" } },
    ],
    [
      "a person taken away",
      () => theCard().then((c) => c.clear("Assign to", { as: "ada" })),
      { selected_user: null },
    ],
    [
      "an option taken away",
      () => theCard().then((c) => c.clear("Status", { as: "ada" })),
      { selected_option: null },
    ],
  ])("%s, in Slack's words", async (_what, act, expected) => {
    await act();
    expect(payload().actions).toMatchObject([expected]);
  });

  test("nothing of an ephemeral message but where it stood", async () => {
    await call("chat.postEphemeral", {
      channel: security,
      user: "U0ADA00001",
      text: "x",
      blocks: cardBlocks(),
    });
    const [, mine] = await here.slack.ask("messages", { channel: security, as: "ada" });
    const use = { blockId: "controls:1", actionId: "more", picked: "unassign" };
    await here.slack.ask("use", { as: "ada", channel: security, ts: mine?.ts ?? "", use });
    expect(payload().container).toMatchObject({ is_ephemeral: true });
    expect(payload().message).toBeUndefined();
  });
});

describe("what a person's client shows", () => {
  test("their own choice, until the select comes with another block_id", async () => {
    const card = await theCard();
    await card.choose("Status", "Resolved", { as: "ada" });
    await update({ status: "OPEN" });
    expect(await card.shown("Status", { as: "ada" })).toBe("Resolved");
    expect(await card.shown("Status", { as: "grace" })).toBe("Open");
    await update({ status: "OPEN", controls: "controls:2" });
    await card.expectShown("Status", "Open", { as: "ada" });
  });

  test("that the app is late, or answered with anything but 200", async () => {
    here.app.answerWith(() => ({ status: 500 }));
    await (await theCard()).press("View", { as: "ada" });
    await here.slack.expectPrivately("ada", "Tocsin didn't respond");
    await expect(here.slack.expectPrivately("grace", "didn't respond", { timeoutMs: 50 })).rejects.toThrow();
    here.app.answerWith(() => ({ afterMs: 3500 }));
    await (await theCard()).press("View", { as: "grace" });
    await here.slack.expectPrivately("grace", "Tocsin didn't respond");
  });
});

describe("a trigger", () => {
  test("opens one dialog, within three seconds", async () => {
    expect(await openDialog()).toMatchObject({ ok: true });
    const again = { trigger_id: payload().trigger_id, view: commentModal() };
    expect(await call("views.open", again)).toMatchObject({ error: "exchanged_trigger_id" });
    await (await theCard()).menu("Unassign", { as: "ada" });
    now += 3001;
    expect(await call("views.open", { ...again, trigger_id: payload().trigger_id })).toMatchObject({
      error: "expired_trigger_id",
    });
    expect(await call("views.open", { ...again, trigger_id: "1.2.3" })).toMatchObject({
      error: "invalid_trigger_id",
    });
  });
});

describe("a dialog", () => {
  const answer = (body: unknown) =>
    here.app.answerWith(({ payload: sent }) => (Object(sent).type === "view_submission" ? { body } : {}));

  test("stays open with the app's errors, and closes when they are mended", async () => {
    await openDialog();
    const dialog = await here.slack.dialogOf("ada");
    answer({ response_action: "errors", errors: { comment: "Say more" } });
    expect(await dialog.submit()).toBe("errors");
    expect(await dialog.errors()).toEqual({ "What did you find?": "Say more" });
    answer({});
    await dialog.fill("What did you find?", "VPN");
    expect(await dialog.submit()).toBe("closed");
    expect(payload().view.state.values.comment.text).toEqual({ type: "plain_text_input", value: "VPN" });
    expect(payload().view).toMatchObject({ private_metadata: "alert 1", callback_id: "resolve" });
  });

  test("is replaced, and another is laid on it, up to three", async () => {
    await openDialog();
    answer({ response_action: "update", view: commentModal("Second") });
    expect(await (await here.slack.dialogOf("ada")).submit()).toBe("updated");
    expect((await here.slack.dialogOf("ada")).title).toBe("Second");
    answer({ response_action: "push", view: commentModal("Third") });
    const push = async () => (await here.slack.dialogOf("ada")).submit();
    expect([await push(), await push()]).toEqual(["pushed", "pushed"]);
    await expect(push()).rejects.toThrow("push_limit_reached");
    answer({ response_action: "clear" });
    expect(await push()).toBe("closed");
    expect(await here.slack.ask("dialogs", { as: "ada" })).toEqual([]);
  });

  test("that is cancelled tells the app only where it asked for that", async () => {
    await openDialog();
    await (await here.slack.dialogOf("ada")).cancel();
    expect(payload()).toMatchObject({
      type: "view_closed",
      is_cleared: false,
      view: { callback_id: "resolve" },
    });
    const heard = here.app.received.length;
    await openDialog({ ...commentModal(), notify_on_close: false });
    await (await here.slack.dialogOf("ada")).cancel();
    expect(here.app.received).toHaveLength(heard + 1);
  });

  test("isn't sent while a required input is empty", async () => {
    const [input] = commentModal().blocks;
    await openDialog({ ...commentModal(), blocks: [{ ...input, optional: false }] });
    const heard = here.app.received.length;
    const dialog = await here.slack.dialogOf("ada");
    expect(await dialog.submit()).toBe("errors");
    expect(await dialog.errors()).toEqual({ "What did you find?": "Please complete this required field." });
    expect(here.app.received).toHaveLength(heard);
  });

  test("changes by views.update only for who has seen its newest form", async () => {
    const { view } = await openDialog();
    const change = { view_id: Object(view).id, hash: "old", view: commentModal("New") };
    expect(await call("views.update", change)).toMatchObject({ error: "hash_conflict" });
    expect(await call("views.update", { ...change, hash: Object(view).hash })).toMatchObject({ ok: true });
    expect(await call("views.update", { ...change, view_id: "V0" })).toMatchObject({ error: "not_found" });
  });
});

describe("a response_url", () => {
  const respond = (body: object) =>
    fetch(payload().response_url, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    });

  test("answers for one person's eyes, five times within half an hour", async () => {
    await (await theCard()).menu("Unassign", { as: "mallory" });
    await respond({ text: "You can't change this alert." });
    await here.slack.expectPrivately("mallory", "You can't change this alert");
    await expect(here.slack.expectPrivately("ada", "You can't", { timeoutMs: 50 })).rejects.toThrow();
    for (let count = 0; count < 4; count++) expect((await respond({ text: "x" })).status).toBe(200);
    expect(await (await respond({ text: "x" })).json()).toMatchObject({ error: "used_url" });
    await (await theCard()).menu("Unassign", { as: "mallory" });
    now += 31 * 60_000;
    expect(await (await respond({ text: "x" })).json()).toMatchObject({ error: "expired_url" });
  });

  test("replaces and deletes the message it came from", async () => {
    await (await theCard()).menu("Unassign", { as: "ada" });
    await respond({ replace_original: true, text: "Done", blocks: cardBlocks({ note: "Replaced" }) });
    await (await theCard()).expectText("Replaced");
    await respond({ delete_original: true });
    expect(await here.slack.channel("#security").messages()).toEqual([]);
  });
});
