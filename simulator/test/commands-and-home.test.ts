import { afterEach, beforeEach, expect, test } from "vitest";
import { type SimulatorWithApp, security, startWithApp } from "./fixtures/simulator-with-app.ts";

let env: SimulatorWithApp;
beforeEach(async () => {
  env = await startWithApp({ eventRetriesMs: [1, 1, 1] });
});
afterEach(() => env.end());

const until = async (type: string) => {
  const found = () =>
    env.app.received.map(({ payload }) => Object(payload)).find((p) => (p.event ?? p).type === type);
  await expect.poll(found).toBeTruthy();
  return found();
};

test("a slash command carries escaped mentions, and its answer is private", async () => {
  env.app.answerWith(() => ({ body: { text: "Here you are" } }));
  await env.slack.channel("#security").say("/tocsin show 1042 @grace #random", { as: "ada" });
  const [{ body = "", headers = {} } = {}] = env.app.received;
  expect(headers["content-type"]).toBe("application/x-www-form-urlencoded");
  const fields = Object.fromEntries(new URLSearchParams(body));
  expect(fields).toMatchObject({ command: "/tocsin", user_name: "ada", channel_name: "security" });
  expect(fields.text).toBe("show 1042 <@U0GRACE001|grace> <#C0RANDOM001|random>");
  await env.slack.expectPrivately("ada", "Here you are");
});

test("a slash command shows Slack's dispatch_failed error if the app answers 500", async () => {
  env.app.answerWith(() => ({ status: 500 }));
  await env.slack.channel("#security").say("/tocsin help", { as: "ada" });
  await env.slack.expectPrivately("ada", '/tocsin failed with the error "dispatch_failed"');
});

test("a message shortcut carries the whole message", async () => {
  await env.slack.channel("#security").say("Look at this", { as: "eve" });
  const [message] = await env.slack.channel("#security").messages();
  const ts = message?.ts ?? "";
  const at = { as: "ada", channel: security, ts, callbackId: "add_to_alert" };
  expect(await env.slack.ask("useShortcut", at)).toEqual({ acknowledged: true });
  const payload = await until("message_action");
  expect(payload).toMatchObject({
    callback_id: "add_to_alert",
    message_ts: ts,
    message: { text: "Look at this" },
  });
  await expect(env.slack.ask("useShortcut", { ...at, callbackId: "none" })).rejects.toThrow("No app here");
});

test("opening the home tab sends app_home_opened and shows what the app published", async () => {
  const blocks = [{ type: "section", text: { type: "plain_text", text: "Nothing open" } }];
  const view = { type: "home", blocks };
  const ada = env.slack.users.ada.id;
  expect(await env.call("views.publish", { user_id: ada, view })).toMatchObject({
    ok: true,
    view: { type: "home" },
  });
  await env.slack.ask("openHome", { as: "ada" });
  expect((await until("app_home_opened")).event).toMatchObject({
    user: ada,
    tab: "home",
    view: { type: "home" },
  });
  expect((await env.slack.ask("home", { as: "ada" })).blocks).toMatchObject(blocks);
  const stale = await env.call("views.publish", { user_id: ada, view, hash: "1.2" });
  expect(stale).toMatchObject({ ok: false, error: "hash_conflict" });
});

test("a mention sends app_mention", async () => {
  await env.slack.channel("#security").say("@Tocsin who has this?", { as: "ada" });
  expect((await until("app_mention")).event).toMatchObject({
    channel: security,
    text: "<@U0TOCSIN01> who has this?",
  });
});

test("an app with channels:history gets messages, edits, deletions and tombstones", async () => {
  const { scopes } = await env.slack.ask("setApp", { events: ["message.channels"] });
  await env.slack.ask("setApp", { scopes: [...scopes, "channels:history"] });
  await env.slack.channel("#security").say("First", { as: "eve" });
  const [first] = await env.slack.channel("#security").messages();
  const at = { channel: security, ts: first?.ts ?? "" };
  await env.slack.ask("editMessage", { as: "eve", ...at, text: "First, edited" });
  await env.slack.channel("#security").say("A reply", { as: "ada", thread: at.ts });
  await env.slack.ask("deleteMessage", at);
  const [, reply] = await env.slack.ask("messages", { channel: security, thread: at.ts });
  await env.slack.ask("deleteMessage", { channel: security, ts: reply?.ts ?? "" });
  const events = () => env.app.received.map(({ payload }) => Object(payload).event);
  await expect.poll(() => events().length).toBe(5);
  expect(events()).toEqual([
    expect.objectContaining({ type: "message", text: "First" }),
    expect.objectContaining({
      subtype: "message_changed",
      message: expect.objectContaining({ text: "First, edited" }),
    }),
    expect.objectContaining({ type: "message", text: "A reply", thread_ts: at.ts }),
    expect.objectContaining({
      subtype: "message_changed",
      message: expect.objectContaining({ subtype: "tombstone" }),
    }),
    expect.objectContaining({ subtype: "message_deleted", deleted_ts: reply?.ts }),
  ]);
});
