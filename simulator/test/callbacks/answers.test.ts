import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cardBlocks, commentModal } from "../fixtures/card-blocks.ts";
import { security, startWithApp } from "../fixtures/simulator-with-app.ts";
import { type SubscribedSimulator, subscribeToAll } from "../fixtures/subscribed-simulator.ts";

// The answers that an app may give to interactions, and their effects.

let env: SubscribedSimulator;
beforeEach(async () => {
  env = await subscribeToAll(await startWithApp());
  await env.call("chat.postMessage", { channel: security, text: "HIGH: x", blocks: cardBlocks() });
});
afterEach(() => env.end());

const card = () => env.slack.channel("#security").expectCard("Impossible travel");
/** The newest payload that is not an event. */
const payload = () => env.envelopes().findLast(({ type }) => type !== "event_callback");
const texts = async () => (await env.slack.channel("#security").messages()).map(({ text }) => text);

describe("an answer to a response_url", () => {
  async function respond(body: object) {
    await (await card()).menu("Unassign", { as: "ada" });
    const response = await fetch(payload().response_url, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    });
    expect(response.status).toBe(200);
  }

  test("with in_channel posts a bot_message and sends its event", async () => {
    await respond({ response_type: "in_channel", text: "For all" });
    const event = await env.waitForEvent("message", "bot_message");
    expect(event).toMatchObject({ text: "For all", bot_id: env.slack.app.botId });
    expect(event).not.toHaveProperty("user");
    await env.slack.channel("#security").expectMessage("For all");
    await expect(env.slack.expectNothingUnexpected()).resolves.toBeUndefined();
  });

  test("goes to a thread with in_channel only; an ephemeral one ignores the thread", async () => {
    const { ts } = await card();
    await respond({ response_type: "in_channel", replace_original: false, thread_ts: ts, text: "Below" });
    await (await card()).expectReply("Below");
    await respond({ replace_original: false, thread_ts: ts, text: "Beside" });
    const [ephemeral] = await env.slack.ask("whispers", { as: "ada" });
    expect([ephemeral?.text, ephemeral?.threadTs]).toEqual(["Beside", undefined]);
  });

  test("changes and deletes the original message and sends the events", async () => {
    await respond({ replace_original: true, text: "New", blocks: cardBlocks({ note: "New" }) });
    expect((await env.waitForEvent("message", "message_changed")).message).toMatchObject({ text: "New" });
    await respond({ delete_original: true });
    expect(await env.waitForEvent("message", "message_deleted")).toMatchObject({ hidden: true });
    expect(await texts()).toEqual([]);
  });

  test("changes and deletes an ephemeral message without events", async () => {
    const blocks = cardBlocks({ title: "Only you" });
    await env.call("chat.postEphemeral", { channel: security, user: "U0ADA00001", text: "x", blocks });
    const ts = async () => (await env.slack.ask("whispers", { as: "ada" })).at(-1)?.ts ?? "";
    const use = { blockId: "controls:1", actionId: "more", picked: "unassign" };
    const press = async () => env.slack.ask("use", { as: "ada", channel: security, ts: await ts(), use });
    const send = (body: object) =>
      fetch(payload().response_url, {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "content-type": "application/json" },
      });
    await press();
    await send({ replace_original: true, text: "Still only you" });
    await env.slack.expectPrivately("ada", "Still only you");
    await send({ delete_original: true });
    expect(await env.slack.ask("whispers", { as: "ada" })).toEqual([]);
    await env.waitForDelivery();
    expect(env.events("message").filter(({ event }) => event.hidden)).toEqual([]);
  });
});

describe("a submitted dialog", () => {
  const answer = (body: unknown) =>
    env.app.answerWith(({ payload: sent }) => (Object(sent).type === "view_submission" ? { body } : {}));
  async function open() {
    await (await card()).menu("Assign to me", { as: "ada" });
    await env.call("views.open", { trigger_id: payload().trigger_id, view: commentModal() });
    return env.slack.dialogOf("ada");
  }
  const submit = async () => {
    const view = (await open()).id;
    return env.slack.ask("submit", { as: "ada", view, filled: {} });
  };

  test.each([
    ["errors for an unknown block", { response_action: "errors", errors: { other: "No" } }, "other"],
    ["an invalid dialog", { response_action: "update", view: { type: "modal" } }, "refused"],
    ["an unknown response_action", { response_action: "dance" }, "invalid"],
  ])("stays open with an error if the app answers %s", async (_what, body, reason) => {
    answer(body);
    expect(await submit()).toEqual({
      result: "failed",
      message: "We had some trouble connecting. Try again?",
      reason: expect.stringContaining(reason),
    });
    expect(await env.slack.ask("dialogs", { as: "ada" })).toHaveLength(1);
  });

  test("closes with those below it on ×, and sends view_closed for each", async () => {
    answer({ response_action: "push", view: commentModal("Second") });
    await (await open()).submit();
    const second = await env.slack.dialogOf("ada");
    await second.close();
    const closed = env.envelopes().filter(({ type }) => type === "view_closed");
    expect(closed.map(({ is_cleared, view }) => [is_cleared, view.title.text])).toEqual([
      [true, "Second"],
      [true, "Resolve #1"],
    ]);
    expect(await env.slack.ask("dialogs", { as: "ada" })).toEqual([]);
  });

  test("uncovers the one below it when it is cancelled", async () => {
    answer({ response_action: "push", view: commentModal("Second") });
    await (await open()).submit();
    await (await env.slack.dialogOf("ada")).cancel();
    expect(payload()).toMatchObject({ type: "view_closed", is_cleared: false });
    expect((await env.slack.dialogOf("ada")).title).toBe("Resolve #1");
  });

  test("has a response URL for each conversation with response_url_enabled", async () => {
    const select = { type: "conversations_select", action_id: "c", response_url_enabled: true };
    const label = { type: "plain_text", text: "Where?" };
    const blocks = [{ type: "input", block_id: "where", label, element: select }];
    await (await card()).menu("Assign to me", { as: "ada" });
    const view = { ...commentModal(), blocks };
    await env.call("views.open", { trigger_id: payload().trigger_id, view });
    const dialog = await env.slack.dialogOf("ada");
    await dialog.fill("Where?", "C0PLATFORM1");
    await dialog.submit();
    expect(payload().response_urls).toMatchObject([
      { block_id: "where", action_id: "c", channel_id: "C0PLATFORM1" },
    ]);
    const [{ response_url }] = payload().response_urls;
    await fetch(response_url, {
      method: "POST",
      body: JSON.stringify({ response_type: "in_channel", text: "Here" }),
      headers: { "content-type": "application/json" },
    });
    await env.slack.channel("#platform").expectMessage("Here");
  });
});

describe("the answer to a slash command", () => {
  const run = (text = "/tocsin help", thread?: string) =>
    env.slack.ask("say", { as: "ada", channel: security, text, ...(thread && { thread }) });

  test.each([
    ["JSON", { text: "Here you are" }, "Here you are"],
    ["a plain number", 42, "42"],
    ["blocks", { blocks: cardBlocks({ title: "In blocks" }) }, "In blocks"],
  ])("with %s is shown privately", async (_what, body, expected) => {
    env.app.answerWith(() => ({ body }));
    await run();
    await env.slack.expectPrivately("ada", expected);
  });

  test("with in_channel is shown to everyone", async () => {
    env.app.answerWith(() => ({ body: { response_type: "in_channel", text: "For all" } }));
    await run();
    expect(await texts()).toContain("For all");
  });

  test("shows nothing if it is empty", async () => {
    await run();
    expect(await env.slack.ask("whispers", { as: "ada" })).toEqual([]);
  });

  test("shows operation_timeout if it is late", async () => {
    await env.end();
    env = await subscribeToAll(await startWithApp({ patienceMs: 100 }));
    env.app.answerWith(() => ({ afterMs: 60_000 }));
    await run();
    await env.slack.expectPrivately("ada", '/tocsin failed with the error "operation_timeout"');
  });

  test("is a notice from Slack in a thread, and the app gets no request", async () => {
    await run("/tocsin help", (await card()).ts);
    await env.slack.expectPrivately("ada", "/tocsin is not supported in threads");
    await env.waitForDelivery();
    expect(env.envelopes().filter(({ event }) => event?.type === "message" && event.thread_ts)).toEqual([]);
  });
});
