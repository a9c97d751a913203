import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { security, startWithApp } from "../fixtures/simulator-with-app.ts";
import { type SubscribedSimulator, subscribeToAll } from "../fixtures/subscribed-simulator.ts";

let env: SubscribedSimulator;
const ask: SubscribedSimulator["slack"]["ask"] = (verb, input) => env.slack.ask(verb, input);
const waitForEvent: SubscribedSimulator["waitForEvent"] = (...what) => env.waitForEvent(...what);
const say: SubscribedSimulator["say"] = (...what) => env.say(...what);
const lastIn = async (channel: string) => (await env.slack.channel(channel).messages()).at(-1);
beforeEach(async () => {
  env = await subscribeToAll(await startWithApp());
});
afterEach(() => env.end());

describe("the event for a message", () => {
  test("has channel_type im in a direct message with the app", async () => {
    await ask("setApp", { messagesReadOnly: false });
    await say("Was me", "@eve");
    expect(await waitForEvent("message")).toMatchObject({ channel_type: "im", user: "U0EVE00001" });
  });

  test("with a mention comes together with app_mention, which has no channel_type", async () => {
    await say("@Tocsin hello");
    const { channel_type, ...same } = await waitForEvent("message");
    expect(channel_type).toBe("channel");
    expect(await waitForEvent("app_mention")).toEqual({ ...same, type: "app_mention" });
  });

  test("with a file has its metadata", async () => {
    await ask("uploadFile", { as: "ada", channel: security, name: "proxy.png", text: "See" });
    expect(await waitForEvent("message", "file_share")).toMatchObject({
      text: "See",
      upload: false,
      files: [{ name: "proxy.png", mimetype: "image/png", user: "U0ADA00001", thumb_64: expect.any(String) }],
    });
  });

  test("of a legacy integration has a username and no user", async () => {
    await ask("postAsIntegration", { channel: security, name: "nagios", text: "DOWN" });
    const event = await waitForEvent("message", "bot_message");
    expect(event).toMatchObject({ username: "nagios", bot_id: expect.stringMatching(/^B/), text: "DOWN" });
    expect(event).not.toHaveProperty("user");
  });

  test("for a reply that was also sent to the channel has the thread's first message", async () => {
    await say("Start");
    const thread = (await lastIn("#security"))?.ts ?? "";
    await ask("say", { as: "ada", channel: security, text: "For all", thread, broadcast: true });
    expect(await waitForEvent("message", "thread_broadcast")).toMatchObject({
      thread_ts: thread,
      root: { ts: thread, text: "Start" },
    });
    expect(await lastIn("#security")).toMatchObject({ text: "For all" });
  });

  test("edited by a person has an edited field, but not one with a new link preview", async () => {
    await say("See https://acme.example");
    const at = { channel: security, ts: (await lastIn("#security"))?.ts ?? "" };
    await ask("unfurl", { ...at, url: "https://acme.example" });
    const preview = await waitForEvent("message", "message_changed");
    expect(preview.message).toMatchObject({ ts: at.ts, attachments: [{ from_url: "https://acme.example" }] });
    expect(preview.message).not.toHaveProperty("edited");
    expect(preview.previous_message).not.toHaveProperty("attachments");
    env.app.received.length = 0;
    await ask("editMessage", { as: "eve", ...at, text: "Never mind" });
    const edit = await waitForEvent("message", "message_changed");
    expect(edit.message).toMatchObject({ text: "Never mind", edited: { user: "U0EVE00001" } });
  });

  test("that was deleted is message_deleted, or a tombstone if it had replies", async () => {
    await say("Start");
    const at = { channel: security, ts: (await lastIn("#security"))?.ts ?? "" };
    await env.slack.channel("#security").say("Reply", { as: "ada", thread: at.ts });
    await ask("deleteMessage", at);
    const tombstone = await waitForEvent("message", "message_changed");
    expect(tombstone.message).toMatchObject({ subtype: "tombstone", ts: at.ts });
    await say("Alone");
    const ts = (await lastIn("#security"))?.ts ?? "";
    await ask("deleteMessage", { channel: security, ts });
    expect(await waitForEvent("message", "message_deleted")).toMatchObject({ deleted_ts: ts, hidden: true });
  });
});
