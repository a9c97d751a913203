import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sign } from "../callbacks/post-to-app.ts";
import { cardBlocks, commentModal } from "./fixtures/card-blocks.ts";
import { type SimulatorWithApp, security, startWithApp } from "./fixtures/simulator-with-app.ts";

let now = 1_795_611_720_000;
let env: SimulatorWithApp;
const call: SimulatorWithApp["call"] = (...given) => env.call(...given);
const payload = (index = -1) => Object(env.app.received.at(index)?.payload);

beforeEach(async () => {
  env = await startWithApp({ now: () => now });
  await call("chat.postMessage", { channel: security, text: "HIGH: x", blocks: cardBlocks() });
});
afterEach(() => env.end());

const theCard = () => env.slack.channel("#security").expectCard("Impossible travel");
const update = async (more: object) =>
  call("chat.update", { channel: security, ts: (await theCard()).ts, text: "x", blocks: cardBlocks(more) });
const openDialog = async (view: object = commentModal()) => {
  await (await theCard()).menu("Assign to me", { as: "ada" });
  return call("views.open", { trigger_id: payload().trigger_id, view });
};

describe("an interaction request", () => {
  test("has Slack's content type and a signature of its raw body", async () => {
    await (await theCard()).menu("Assign to me", { as: "ada" });
    const [one] = env.app.received;
    const headers: Record<string, string> = one?.headers ?? {};
    expect(headers["content-type"]).toBe("application/x-www-form-urlencoded");
    const timestamp = headers["x-slack-request-timestamp"] ?? "";
    expect(headers["x-slack-signature"]).toBe(sign(env.slack.app.signingSecret, timestamp, one?.body ?? ""));
  });

  test("has the whole message and the state of all its selects", async () => {
    await (await theCard()).choose("Status", "Triaged", { as: "ada" });
    expect(payload().message).toMatchObject({ text: "HIGH: x", bot_id: env.slack.app.botId });
    expect(payload().state.values["controls:1"]).toMatchObject({
      assign: { type: "users_select", selected_user: null },
      status: { selected_option: { value: "TRIAGED" } },
    });
  });

  test.each([
    [
      "a chosen person",
      () => theCard().then((c) => c.choose("Assign to", "grace", { as: "ada" })),
      { type: "users_select", selected_user: "U0GRACE001" },
    ],
    [
      "a chosen option",
      () => theCard().then((c) => c.choose("Status", "Invalid", { as: "ada" })),
      { selected_option: { value: "CLOSED" }, initial_option: { value: "OPEN" } },
    ],
    [
      "an entry of the overflow menu",
      () => theCard().then((c) => c.menu("Unassign", { as: "ada" })),
      { type: "overflow", selected_option: { value: "unassign" } },
    ],
    [
      "a pressed button",
      () => theCard().then((c) => c.press("View in Tocsin", { as: "ada" })),
      { type: "button", action_id: "view", text: { text: "View in Tocsin" } },
    ],
    [
      "a cleared person",
      () => theCard().then((c) => c.clear("Assign to", { as: "ada" })),
      { selected_user: null },
    ],
    [
      "a cleared option",
      () => theCard().then((c) => c.clear("Status", { as: "ada" })),
      { selected_option: null },
    ],
  ])("reports %s in Slack's format", async (_what, act, expected) => {
    await act();
    expect(payload().actions).toMatchObject([expected]);
  });

  test("has only the container of an ephemeral message", async () => {
    await call("chat.postEphemeral", {
      channel: security,
      user: "U0ADA00001",
      text: "x",
      blocks: cardBlocks(),
    });
    const [, mine] = await env.slack.ask("messages", { channel: security, as: "ada" });
    const use = { blockId: "controls:1", actionId: "more", picked: "unassign" };
    await env.slack.ask("use", { as: "ada", channel: security, ts: mine?.ts ?? "", use });
    expect(payload().container).toMatchObject({ is_ephemeral: true });
    expect(payload().message).toBeUndefined();
  });
});

describe("a person's client", () => {
  test("shows their own choice until the block gets another block_id", async () => {
    const card = await theCard();
    await card.choose("Status", "Resolved", { as: "ada" });
    await update({ status: "OPEN" });
    expect(await card.shown("Status", { as: "ada" })).toBe("Resolved");
    expect(await card.shown("Status", { as: "grace" })).toBe("Open");
    await update({ status: "OPEN", controls: "controls:2" });
    await card.expectShown("Status", "Open", { as: "ada" });
  });

  test("shows a notice if the app answers late or with an error status", async () => {
    env.app.answerWith(() => ({ status: 500 }));
    await (await theCard()).press("View", { as: "ada" });
    await env.slack.expectPrivately("ada", "Tocsin didn't respond");
    await expect(env.slack.expectPrivately("grace", "didn't respond", { timeoutMs: 50 })).rejects.toThrow();
    env.app.answerWith(() => ({ afterMs: 3500 }));
    await (await theCard()).press("View", { as: "grace" });
    await env.slack.expectPrivately("grace", "Tocsin didn't respond");
  });
});

describe("a trigger", () => {
  test("opens one dialog within three seconds", async () => {
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
    env.app.answerWith(({ payload: sent }) => (Object(sent).type === "view_submission" ? { body } : {}));

  test("stays open with the app's errors and closes when they are fixed", async () => {
    await openDialog();
    const dialog = await env.slack.dialogOf("ada");
    answer({ response_action: "errors", errors: { comment: "Say more" } });
    expect(await dialog.submit()).toBe("errors");
    expect(await dialog.errors()).toEqual({ "What did you find?": "Say more" });
    answer({});
    await dialog.fill("What did you find?", "VPN");
    expect(await dialog.submit()).toBe("closed");
    expect(payload().view.state.values.comment.text).toEqual({ type: "plain_text_input", value: "VPN" });
    expect(payload().view).toMatchObject({ private_metadata: "alert 1", callback_id: "resolve" });
  });

  test("can be updated, and up to three can be stacked", async () => {
    await openDialog();
    answer({ response_action: "update", view: commentModal("Second") });
    expect(await (await env.slack.dialogOf("ada")).submit()).toBe("updated");
    expect((await env.slack.dialogOf("ada")).title).toBe("Second");
    answer({ response_action: "push", view: commentModal("Third") });
    const push = async () => (await env.slack.dialogOf("ada")).submit();
    expect([await push(), await push()]).toEqual(["pushed", "pushed"]);
    await expect(push()).rejects.toThrow("push_limit_reached");
    answer({ response_action: "clear" });
    expect(await push()).toBe("closed");
    expect(await env.slack.ask("dialogs", { as: "ada" })).toEqual([]);
  });

  test("sends view_closed on cancel only with notify_on_close", async () => {
    await openDialog();
    await (await env.slack.dialogOf("ada")).cancel();
    expect(payload()).toMatchObject({
      type: "view_closed",
      is_cleared: false,
      view: { callback_id: "resolve" },
    });
    const before = env.app.received.length;
    await openDialog({ ...commentModal(), notify_on_close: false });
    await (await env.slack.dialogOf("ada")).cancel();
    expect(env.app.received).toHaveLength(before + 1);
  });

  test("is not submitted while a required input is empty", async () => {
    const [input] = commentModal().blocks;
    await openDialog({ ...commentModal(), blocks: [{ ...input, optional: false }] });
    const before = env.app.received.length;
    const dialog = await env.slack.dialogOf("ada");
    expect(await dialog.submit()).toBe("errors");
    expect(await dialog.errors()).toEqual({ "What did you find?": "Please complete this required field." });
    expect(env.app.received).toHaveLength(before);
  });

  test("is only updated by views.update with the newest hash", async () => {
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

  test("takes five private answers within half an hour", async () => {
    await (await theCard()).menu("Unassign", { as: "mallory" });
    await respond({ text: "You can't change this alert." });
    await env.slack.expectPrivately("mallory", "You can't change this alert");
    await expect(env.slack.expectPrivately("ada", "You can't", { timeoutMs: 50 })).rejects.toThrow();
    for (let count = 0; count < 4; count++) expect((await respond({ text: "x" })).status).toBe(200);
    expect(await (await respond({ text: "x" })).json()).toMatchObject({ error: "used_url" });
    await (await theCard()).menu("Unassign", { as: "mallory" });
    now += 31 * 60_000;
    expect(await (await respond({ text: "x" })).json()).toMatchObject({ error: "expired_url" });
  });

  test("can replace and delete its message", async () => {
    await (await theCard()).menu("Unassign", { as: "ada" });
    await respond({ replace_original: true, text: "Done", blocks: cardBlocks({ note: "Replaced" }) });
    await (await theCard()).expectText("Replaced");
    await respond({ delete_original: true });
    expect(await env.slack.channel("#security").messages()).toEqual([]);
  });
});
