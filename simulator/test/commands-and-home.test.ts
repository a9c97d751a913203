import { afterEach, beforeEach, expect, test } from "vitest";
import { type Setting, security, setting } from "./fixtures/simulator-with-app.ts";

let here: Setting;
beforeEach(async () => {
  here = await setting({ eventRetriesMs: [1, 1, 1] });
});
afterEach(() => here.end());

const until = async (type: string) => {
  const found = () =>
    here.app.received.map(({ payload }) => Object(payload)).find((p) => (p.event ?? p).type === type);
  await expect.poll(found).toBeTruthy();
  return found();
};

test("a slash command is told with the names it holds, and its answer is for one person only", async () => {
  here.app.answerWith(() => ({ body: { text: "Here you are" } }));
  await here.slack.channel("#security").say("/tocsin show 1042 @grace #random", { as: "ada" });
  const [{ body = "", headers = {} } = {}] = here.app.received;
  expect(headers["content-type"]).toBe("application/x-www-form-urlencoded");
  const fields = Object.fromEntries(new URLSearchParams(body));
  expect(fields).toMatchObject({ command: "/tocsin", user_name: "ada", channel_name: "security" });
  expect(fields.text).toBe("show 1042 <@U0GRACE001|grace> <#C0RANDOM001|random>");
  await here.slack.expectPrivately("ada", "Here you are");
});

test("a command that nobody answers fails in Slack's words", async () => {
  here.app.answerWith(() => ({ status: 500 }));
  await here.slack.channel("#security").say("/tocsin help", { as: "ada" });
  await here.slack.expectPrivately("ada", '/tocsin failed with the error "dispatch_failed"');
});

test("a message's own shortcut tells the whole message, and a trigger that opens a dialog", async () => {
  await here.slack.channel("#security").say("Look at this", { as: "eve" });
  const [message] = await here.slack.channel("#security").messages();
  const ts = message?.ts ?? "";
  const at = { as: "ada", channel: security, ts, callbackId: "add_to_alert" };
  expect(await here.slack.ask("useShortcut", at)).toEqual({ acknowledged: true });
  const told = await until("message_action");
  expect(told).toMatchObject({
    callback_id: "add_to_alert",
    message_ts: ts,
    message: { text: "Look at this" },
  });
  await expect(here.slack.ask("useShortcut", { ...at, callbackId: "none" })).rejects.toThrow("No app here");
});

test("opening the home tab is told, and what the app publishes stands there", async () => {
  const blocks = [{ type: "section", text: { type: "plain_text", text: "Nothing open" } }];
  const view = { type: "home", blocks };
  const ada = here.slack.users.ada.id;
  expect(await here.call("views.publish", { user_id: ada, view })).toMatchObject({
    ok: true,
    view: { type: "home" },
  });
  await here.slack.ask("openHome", { as: "ada" });
  expect((await until("app_home_opened")).event).toMatchObject({
    user: ada,
    tab: "home",
    view: { type: "home" },
  });
  expect((await here.slack.ask("home", { as: "ada" })).blocks).toMatchObject(blocks);
  const stale = await here.call("views.publish", { user_id: ada, view, hash: "1.2" });
  expect(stale).toMatchObject({ ok: false, error: "hash_conflict" });
});

test("an app that is spoken to hears of it", async () => {
  await here.slack.channel("#security").say("@Tocsin who has this?", { as: "ada" });
  expect((await until("app_mention")).event).toMatchObject({
    channel: security,
    text: "<@U0TOCSIN01> who has this?",
  });
});

test("where an app may read a channel it hears of messages, edits, deletions and tombstones", async () => {
  const { scopes } = await here.slack.ask("setApp", { events: ["message.channels"] });
  await here.slack.ask("setApp", { scopes: [...scopes, "channels:history"] });
  await here.slack.channel("#security").say("First", { as: "eve" });
  const [first] = await here.slack.channel("#security").messages();
  const at = { channel: security, ts: first?.ts ?? "" };
  await here.slack.ask("editMessage", { as: "eve", ...at, text: "First, mended" });
  await here.slack.channel("#security").say("A reply", { as: "ada", thread: at.ts });
  await here.slack.ask("deleteMessage", at);
  const [, reply] = await here.slack.ask("messages", { channel: security, thread: at.ts });
  await here.slack.ask("deleteMessage", { channel: security, ts: reply?.ts ?? "" });
  const events = () => here.app.received.map(({ payload }) => Object(payload).event);
  await expect.poll(() => events().length).toBe(5);
  expect(events()).toEqual([
    expect.objectContaining({ type: "message", text: "First" }),
    expect.objectContaining({
      subtype: "message_changed",
      message: expect.objectContaining({ text: "First, mended" }),
    }),
    expect.objectContaining({ type: "message", text: "A reply", thread_ts: at.ts }),
    expect.objectContaining({
      subtype: "message_changed",
      message: expect.objectContaining({ subtype: "tombstone" }),
    }),
    expect.objectContaining({ subtype: "message_deleted", deleted_ts: reply?.ts }),
  ]);
});
