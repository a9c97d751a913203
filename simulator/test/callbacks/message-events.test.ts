import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Listening, listening } from "../fixtures/listening-app.ts";
import { security, setting } from "../fixtures/simulator-with-app.ts";

let here: Listening;
const ask: Listening["slack"]["ask"] = (verb, input) => here.slack.ask(verb, input);
const heard: Listening["heard"] = (...what) => here.heard(...what);
const say: Listening["say"] = (...what) => here.say(...what);
const lastIn = async (channel: string) => (await here.slack.channel(channel).messages()).at(-1);
beforeEach(async () => {
  here = await listening(await setting());
});
afterEach(() => here.end());

describe("messages", () => {
  test("to the app directly, where it takes them", async () => {
    await ask("setApp", { messagesReadOnly: false });
    await say("Was me", "@eve");
    expect(await heard("message")).toMatchObject({ channel_type: "im", user: "U0EVE00001" });
  });

  test("that name the app come twice: as what they are, and as a mention, which has no channel type", async () => {
    await say("@Tocsin hello");
    const { channel_type, ...same } = await heard("message");
    expect(channel_type).toBe("channel");
    expect(await heard("app_mention")).toEqual({ ...same, type: "app_mention" });
  });

  test("with a file", async () => {
    await ask("uploadFile", { as: "ada", channel: security, name: "proxy.png", text: "See" });
    expect(await heard("message", "file_share")).toMatchObject({
      text: "See",
      upload: false,
      files: [{ name: "proxy.png", mimetype: "image/png", user: "U0ADA00001", thumb_64: expect.any(String) }],
    });
  });

  test("of an integration of the old kind have its name, and no user", async () => {
    await ask("postAsIntegration", { channel: security, name: "nagios", text: "DOWN" });
    const told = await heard("message", "bot_message");
    expect(told).toMatchObject({ username: "nagios", bot_id: expect.stringMatching(/^B/), text: "DOWN" });
    expect(told).not.toHaveProperty("user");
  });

  test("in a thread that are shown in the channel too carry the first one", async () => {
    await say("Start");
    const thread = (await lastIn("#security"))?.ts ?? "";
    await ask("say", { as: "ada", channel: security, text: "For all", thread, broadcast: true });
    expect(await heard("message", "thread_broadcast")).toMatchObject({
      thread_ts: thread,
      root: { ts: thread, text: "Start" },
    });
    expect(await lastIn("#security")).toMatchObject({ text: "For all" });
  });

  test("are changed by people with a mark, and by Slack's previews without one", async () => {
    await say("See https://acme.example");
    const at = { channel: security, ts: (await lastIn("#security"))?.ts ?? "" };
    await ask("unfurl", { ...at, url: "https://acme.example" });
    const preview = await heard("message", "message_changed");
    expect(preview.message).toMatchObject({ ts: at.ts, attachments: [{ from_url: "https://acme.example" }] });
    expect(preview.message).not.toHaveProperty("edited");
    expect(preview.previous_message).not.toHaveProperty("attachments");
    here.app.received.length = 0;
    await ask("editMessage", { as: "eve", ...at, text: "Never mind" });
    const edit = await heard("message", "message_changed");
    expect(edit.message).toMatchObject({ text: "Never mind", edited: { user: "U0EVE00001" } });
  });

  test("that are deleted are gone, or a tombstone where others replied", async () => {
    await say("Start");
    const at = { channel: security, ts: (await lastIn("#security"))?.ts ?? "" };
    await here.slack.channel("#security").say("Reply", { as: "ada", thread: at.ts });
    await ask("deleteMessage", at);
    const tombstone = await heard("message", "message_changed");
    expect(tombstone.message).toMatchObject({ subtype: "tombstone", ts: at.ts });
    await say("Alone");
    const ts = (await lastIn("#security"))?.ts ?? "";
    await ask("deleteMessage", { channel: security, ts });
    expect(await heard("message", "message_deleted")).toMatchObject({ deleted_ts: ts, hidden: true });
  });
});
