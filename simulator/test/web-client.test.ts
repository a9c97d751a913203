import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type SimulatorWithApp, security, startWithApp } from "./fixtures/simulator-with-app.ts";

// Calls the methods as apps do: with Slack's own client. All tests share one simulator.

const [ada, eve, mallory] = ["U0ADA00001", "U0EVE00001", "U0MALLORY1"];
const scopes =
  "channels:history channels:manage channels:read chat:write files:read files:write groups:write im:write " +
  "metadata.message:read pins:read pins:write reactions:read reactions:write users.profile:read users:read";
const events =
  "channel_created file_shared member_joined_channel message.channels message_metadata_deleted " +
  "message_metadata_posted message_metadata_updated pin_added pin_removed reaction_added reaction_removed";

let env: SimulatorWithApp;

beforeAll(async () => {
  env = await startWithApp();
  await env.slack.ask("setApp", { scopes: scopes.split(" "), events: events.split(" ") });
});
afterAll(() => env.end());

const post = async (more: object = {}) => {
  const { ts = "" } = await env.client.chat.postMessage({ channel: security, text: "Hello", ...more });
  return ts;
};

const received = (type: string): ReturnType<typeof Object>[] =>
  env.app.received.map(({ payload }) => Object(payload).event).filter((event) => event?.type === type);

/** Waits for the event of a type that has these fields. */
const expectEvent = (type: string, fields: object) =>
  expect.poll(() => received(type)).toContainEqual(expect.objectContaining(fields));

const history = async (latest: string) => {
  const answer = await env.client.conversations.history({ channel: security, latest, inclusive: true });
  return { ...answer, message: answer.messages?.[0] };
};

describe("a message", () => {
  test("has its metadata in the answers of chat.postMessage and chat.update, and events follow", async () => {
    const metadata = { event_type: "tocsin_card", event_payload: { step: "open" } };
    const posted = await env.client.chat.postMessage({ channel: security, text: "Card", metadata });
    expect(posted.message?.metadata).toEqual(metadata);
    const { ts = "" } = posted;
    const closed = { ...metadata, event_payload: { step: "closed" } };
    const change = { channel: security, ts, text: "Card" };
    expect((await env.client.chat.update({ ...change, metadata: closed })).message).toMatchObject({
      metadata: closed,
    });
    expect((await env.client.chat.update(change)).message).toMatchObject({ metadata: closed });
    await env.client.chat.delete({ channel: security, ts });
    await expectEvent("message_metadata_updated", { metadata: closed, previous_metadata: metadata });
    await expectEvent("message_metadata_deleted", { message_ts: ts, previous_metadata: closed });
  });

  test("with replies says how many there are and by whom", async () => {
    const ts = await post();
    await env.slack.channel("#security").say("One", { as: "ada", thread: ts });
    await env.slack.channel("#security").say("Two", { as: "eve", thread: ts });
    await env.slack.channel("#security").say("Three", { as: "ada", thread: ts });
    const replies = { reply_count: 3, reply_users_count: 2, reply_users: [ada, eve], subscribed: false };
    expect((await history(ts)).message).toMatchObject(replies);
    const { messages } = await env.client.conversations.replies({ channel: security, ts });
    expect(messages?.[0]).toMatchObject({ ...replies, latest_reply: messages?.[3]?.ts });
  });

  test("by a person has a client_msg_id, which stays after an edit", async () => {
    await env.slack.channel("#security").say("Typed", { as: "eve" });
    const { ts = "" } = (await env.slack.channel("#security").messages()).at(-1) ?? {};
    const id = (await history(ts)).message?.client_msg_id;
    expect(id).toMatch(/^[0-9a-f]{8}-/);
    await env.slack.ask("editMessage", { as: "eve", channel: security, ts, text: "Edited" });
    expect((await history(ts)).message).toMatchObject({ client_msg_id: id, text: "Edited" });
    await expectEvent("message", { client_msg_id: id, text: "Typed" });
  });
});

describe("a scheduled message", () => {
  const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

  test("is listed, and posted with its events once the clock has reached its time", async () => {
    const post_at = inSeconds(1800);
    const thread_ts = await post();
    const later = { channel: security, text: "Half an hour later", post_at, thread_ts };
    const scheduled = await env.client.chat.scheduleMessage(later);
    expect(scheduled).toMatchObject({
      channel: security,
      post_at,
      message: { type: "delayed_message", text: "Half an hour later", bot_id: env.slack.app.botId },
    });
    expect(scheduled.message).not.toHaveProperty("ts");
    expect((await env.client.chat.scheduledMessages.list({ channel: security })).scheduled_messages).toEqual([
      {
        id: scheduled.scheduled_message_id,
        channel_id: security,
        post_at,
        date_created: expect.any(Number),
        text: "Half an hour later",
      },
    ]);
    expect(
      (await env.client.conversations.replies({ channel: security, ts: thread_ts })).messages,
    ).toHaveLength(1);
    env.pass(1_801_000);
    const { messages } = await env.client.conversations.replies({ channel: security, ts: thread_ts });
    expect(messages?.[1]).toMatchObject({ text: "Half an hour later", user: env.slack.app.botUserId });
    expect((await env.client.chat.scheduledMessages.list()).scheduled_messages).toEqual([]);
    await expectEvent("message", { text: "Half an hour later", thread_ts });
  });

  test("can be deleted until a minute before, and is not posted where the app may no longer write", async () => {
    const at = Math.floor(Date.now() / 1000) + 7200;
    const schedule = async (channel: string) =>
      (await env.client.chat.scheduleMessage({ channel, text: "Never", post_at: at })).scheduled_message_id ??
      "";
    const deleted = await schedule(security);
    await schedule("C0PLATFORM1");
    await env.client.chat.deleteScheduledMessage({ channel: security, scheduled_message_id: deleted });
    await env.slack.ask("archiveChannel", { channel: "#platform" });
    env.pass(7_300_000);
    expect((await env.client.chat.scheduledMessages.list()).scheduled_messages).toEqual([]);
    const sent = await env.slack.ask("sent", {});
    expect(sent.filter(({ text }) => text === "Never")).toEqual([]);
  });
});

describe("reactions", () => {
  test("by people and the app are counted, sent as events, and can be removed", async () => {
    const ts = await post();
    const eyes = { channel: security, name: "eyes" };
    await env.client.reactions.add({ ...eyes, timestamp: ts });
    expect(await env.slack.ask("addReaction", { ...eyes, as: "ada", ts })).toEqual({ changed: true });
    expect(await env.slack.ask("addReaction", { ...eyes, as: "ada", ts })).toEqual({ changed: false });
    const bot = env.slack.app.botUserId;
    const item = { type: "message", channel: security, ts, channel_type: "channel" };
    await expectEvent("reaction_added", { user: ada, reaction: "eyes", item_user: bot, item });
    const found = await env.client.reactions.get({ channel: security, timestamp: ts });
    expect(found).toMatchObject({ type: "message", channel: security, message: { ts, text: "Hello" } });
    expect(found.message?.reactions).toEqual([{ name: "eyes", users: [bot, ada], count: 2 }]);
    expect(found.message?.permalink).toContain(`/archives/${security}/p`);
    expect((await history(ts)).message?.reactions).toEqual(found.message?.reactions);
    await env.client.reactions.remove({ ...eyes, timestamp: ts });
    await env.slack.ask("removeReaction", { ...eyes, as: "ada", ts });
    await expectEvent("reaction_removed", { user: ada, reaction: "eyes", item });
    const { message } = await env.client.reactions.get({ channel: security, timestamp: ts });
    expect(message).not.toHaveProperty("reactions");
  });
});

describe("pins", () => {
  test("are listed newest first, marked on the message, and sent as events", async () => {
    const [first, second] = [await post(), await post()];
    await env.client.pins.add({ channel: security, timestamp: first });
    await env.slack.ask("pinMessage", { as: "ada", channel: security, ts: second });
    const { items } = await env.client.pins.list({ channel: security });
    expect(items).toMatchObject([
      { type: "message", channel: security, created_by: ada, message: { ts: second } },
      { created_by: env.slack.app.botUserId, message: { ts: first, pinned_to: [security] } },
    ]);
    expect((await history(second)).message).toMatchObject({ pinned_info: { pinned_by: ada } });
    expect(await history(second)).toMatchObject({ pin_count: 2 });
    await expectEvent("pin_added", { user: ada, channel_id: security, pin_count: 2 });
    await env.client.pins.remove({ channel: security, timestamp: first });
    await env.client.chat.delete({ channel: security, ts: second });
    await expectEvent("pin_removed", { user: env.slack.app.botUserId, has_pins: true });
    expect((await env.client.pins.list({ channel: security })).items).toEqual([]);
  });
});

describe("a channel that the app creates", () => {
  test("has the app in it and takes people, with events for each", async () => {
    const { channel } = await env.client.conversations.create({ name: "incident-1" });
    expect(channel).toMatchObject({ name: "incident-1", is_private: false, is_member: true, num_members: 1 });
    const id = channel?.id ?? "";
    const invited = await env.client.conversations.invite({ channel: id, users: `${ada},${eve}` });
    expect(invited.channel).toMatchObject({ id, num_members: 3 });
    await expectEvent("channel_created", { channel: expect.objectContaining({ id, name: "incident-1" }) });
    const inviter = env.slack.app.botUserId;
    await expectEvent("member_joined_channel", { channel: id, user: ada, inviter });
    const wrong = { channel: id, users: `U0NOBODY01,${mallory},${ada}` };
    expect(await env.call("conversations.invite", wrong)).toMatchObject({
      error: "user_not_found",
      errors: [
        { user: "U0NOBODY01", ok: false, error: "user_not_found" },
        { user: ada, ok: false, error: "already_in_channel" },
      ],
    });
    const forced = await env.call("conversations.invite", { ...wrong, force: true });
    expect(forced).toMatchObject({ ok: true, channel: { num_members: 4 }, errors: [{}, {}] });
  });

  test("can be private, and then no event says that it exists", async () => {
    const { channel } = await env.client.conversations.create({ name: "quiet", is_private: true });
    expect(channel).toMatchObject({ is_private: true, is_group: true, is_channel: false });
    await env.client.conversations.create({ name: "loud" });
    await expectEvent("channel_created", { channel: expect.objectContaining({ name: "loud" }) });
    expect(received("channel_created").map((event) => event.channel.name)).not.toContain("quiet");
  });
});

describe("files", () => {
  test("are uploaded in the three steps of the client and shared with a text", async () => {
    const file = Buffer.from("time,user\n14:02,eve\n");
    const upload = {
      file,
      filename: "events.csv",
      title: "Events",
      channel_id: security,
      initial_comment: "All",
    };
    expect(await env.client.filesUploadV2(upload)).toMatchObject({
      ok: true,
      files: [{ ok: true, files: [{ name: "events.csv", title: "Events", size: file.length }] }],
    });
    const [message] = (await env.slack.channel("#security").messages()).slice(-1);
    expect(message).toMatchObject({ text: "All", files: [{ name: "events.csv" }], author: { isApp: true } });
    await expectEvent("file_shared", { channel_id: security, user_id: env.slack.app.botUserId });
  });
});

describe("other methods", () => {
  test("users.profile.get returns a person's profile, or the app's own", async () => {
    const { profile } = await env.client.users.profile.get({ user: eve });
    expect(profile).toMatchObject({ real_name: "Eve Adler", fields: {}, status_expiration: 0 });
    expect(profile).not.toHaveProperty("email");
    const own = await env.client.users.profile.get({});
    expect(own.profile).toMatchObject({ bot_id: env.slack.app.botId });
  });

  test("api.test repeats its arguments and needs no token", async () => {
    expect(await env.client.apiCall("api.test", { foo: "bar" })).toMatchObject({
      ok: true,
      args: { foo: "bar" },
    });
    const bare = await fetch(`${env.slack.apiUrl}api.test?error=my_error`, { method: "POST" });
    expect(await bare.json()).toEqual({ ok: false, error: "my_error", args: { error: "my_error" } });
  });
});
