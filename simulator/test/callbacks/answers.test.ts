import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cardBlocks, commentModal } from "../fixtures/card-blocks.ts";
import { type Listening, listening } from "../fixtures/listening-app.ts";
import { security, setting } from "../fixtures/simulator-with-app.ts";

// What an app may answer to what people did, and what becomes of it.

let here: Listening;
beforeEach(async () => {
  here = await listening(await setting());
  await here.call("chat.postMessage", { channel: security, text: "HIGH: x", blocks: cardBlocks() });
});
afterEach(() => here.end());

const card = () => here.slack.channel("#security").expectCard("Impossible travel");
/** The newest payload that is no event. */
const payload = () => here.envelopes().findLast(({ type }) => type !== "event_callback");
const texts = async () => (await here.slack.channel("#security").messages()).map(({ text }) => text);

describe("through a response_url", () => {
  async function respond(body: object) {
    await (await card()).menu("Unassign", { as: "ada" });
    const response = await fetch(payload().response_url, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    });
    expect(response.status).toBe(200);
  }

  test("for all, it is a message of the old kind, which apps hear of", async () => {
    await respond({ response_type: "in_channel", text: "For all" });
    const told = await here.heard("message", "bot_message");
    expect(told).toMatchObject({ text: "For all", bot_id: here.slack.app.botId });
    expect(told).not.toHaveProperty("user");
    await here.slack.channel("#security").expectMessage("For all");
    await expect(here.slack.expectNothingUnexpected()).resolves.toBeUndefined();
  });

  test("in a thread only where it is for all: what is for one person lands in the channel", async () => {
    const { ts } = await card();
    await respond({ response_type: "in_channel", replace_original: false, thread_ts: ts, text: "Below" });
    await (await card()).expectReply("Below");
    await respond({ replace_original: false, thread_ts: ts, text: "Beside" });
    const [whisper] = await here.slack.ask("whispers", { as: "ada" });
    expect([whisper?.text, whisper?.threadTs]).toEqual(["Beside", undefined]);
  });

  test("the message it came from is changed and deleted, which apps hear of too", async () => {
    await respond({ replace_original: true, text: "New", blocks: cardBlocks({ note: "New" }) });
    expect((await here.heard("message", "message_changed")).message).toMatchObject({ text: "New" });
    await respond({ delete_original: true });
    expect(await here.heard("message", "message_deleted")).toMatchObject({ hidden: true });
    expect(await texts()).toEqual([]);
  });

  test("an ephemeral message is changed and deleted, which nobody else hears of", async () => {
    const blocks = cardBlocks({ title: "Only you" });
    await here.call("chat.postEphemeral", { channel: security, user: "U0ADA00001", text: "x", blocks });
    const ts = async () => (await here.slack.ask("whispers", { as: "ada" })).at(-1)?.ts ?? "";
    const use = { blockId: "controls:1", actionId: "more", picked: "unassign" };
    const press = async () => here.slack.ask("use", { as: "ada", channel: security, ts: await ts(), use });
    const send = (body: object) =>
      fetch(payload().response_url, {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "content-type": "application/json" },
      });
    await press();
    await send({ replace_original: true, text: "Still only you" });
    await here.slack.expectPrivately("ada", "Still only you");
    await send({ delete_original: true });
    expect(await here.slack.ask("whispers", { as: "ada" })).toEqual([]);
    await here.settled();
    expect(here.events("message").filter(({ event }) => event.hidden)).toEqual([]);
  });
});

describe("to a dialog", () => {
  const answer = (body: unknown) =>
    here.app.answerWith(({ payload: sent }) => (Object(sent).type === "view_submission" ? { body } : {}));
  async function open() {
    await (await card()).menu("Assign to me", { as: "ada" });
    await here.call("views.open", { trigger_id: payload().trigger_id, view: commentModal() });
    return here.slack.dialogOf("ada");
  }
  const submit = async () => {
    const view = (await open()).id;
    return here.slack.ask("submit", { as: "ada", view, filled: {} });
  };

  test.each([
    ["errors for a block that isn't there", { response_action: "errors", errors: { other: "No" } }, "other"],
    ["a dialog that can't be shown", { response_action: "update", view: { type: "modal" } }, "refused"],
    ["no answer of Slack's", { response_action: "dance" }, "understood"],
  ])("%s looks like trouble to the person, and leaves it open", async (_what, body, why) => {
    answer(body);
    expect(await submit()).toEqual({
      result: "failed",
      says: "We had some trouble connecting. Try again?",
      why: expect.stringContaining(why),
    });
    expect(await here.slack.ask("dialogs", { as: "ada" })).toHaveLength(1);
  });

  test("closed by its × all that lie below it close, and each that asked for it is told", async () => {
    answer({ response_action: "push", view: commentModal("Second") });
    await (await open()).submit();
    const second = await here.slack.dialogOf("ada");
    await second.close();
    const closed = here.envelopes().filter(({ type }) => type === "view_closed");
    expect(closed.map(({ is_cleared, view }) => [is_cleared, view.title.text])).toEqual([
      [true, "Second"],
      [true, "Resolve #1"],
    ]);
    expect(await here.slack.ask("dialogs", { as: "ada" })).toEqual([]);
  });

  test("cancelled, the one below it comes back", async () => {
    answer({ response_action: "push", view: commentModal("Second") });
    await (await open()).submit();
    await (await here.slack.dialogOf("ada")).cancel();
    expect(payload()).toMatchObject({ type: "view_closed", is_cleared: false });
    expect((await here.slack.dialogOf("ada")).title).toBe("Resolve #1");
  });

  test("picked conversations bring an address each where the select asks for that", async () => {
    const select = { type: "conversations_select", action_id: "c", response_url_enabled: true };
    const label = { type: "plain_text", text: "Where?" };
    const blocks = [{ type: "input", block_id: "where", label, element: select }];
    await (await card()).menu("Assign to me", { as: "ada" });
    const view = { ...commentModal(), blocks };
    await here.call("views.open", { trigger_id: payload().trigger_id, view });
    const dialog = await here.slack.dialogOf("ada");
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
    await here.slack.channel("#platform").expectMessage("Here");
  });
});

describe("to a slash command", () => {
  const run = (text = "/tocsin help", thread?: string) =>
    here.slack.ask("say", { as: "ada", channel: security, text, ...(thread && { thread }) });

  test.each([
    ["JSON", { text: "Here you are" }, "Here you are"],
    ["words that happen to be a number", 42, "42"],
    ["blocks", { blocks: cardBlocks({ title: "In blocks" }) }, "In blocks"],
  ])("%s is shown to whoever typed it", async (_what, body, expected) => {
    here.app.answerWith(() => ({ body }));
    await run();
    await here.slack.expectPrivately("ada", expected);
  });

  test("for all it is shown to all", async () => {
    here.app.answerWith(() => ({ body: { response_type: "in_channel", text: "For all" } }));
    await run();
    expect(await texts()).toContain("For all");
  });

  test("nothing shows nothing", async () => {
    await run();
    expect(await here.slack.ask("whispers", { as: "ada" })).toEqual([]);
  });

  test("too late, it has failed in Slack's words", async () => {
    await here.end();
    here = await listening(await setting({ patienceMs: 100 }));
    here.app.answerWith(() => ({ afterMs: 60_000 }));
    await run();
    await here.slack.expectPrivately("ada", '/tocsin failed with the error "operation_timeout"');
  });

  test("in a thread it is no command, and the app hears nothing", async () => {
    await run("/tocsin help", (await card()).ts);
    await here.slack.expectPrivately("ada", "/tocsin is not supported in threads");
    await here.settled();
    expect(here.envelopes().filter(({ event }) => event?.type === "message" && event.thread_ts)).toEqual([]);
  });
});
