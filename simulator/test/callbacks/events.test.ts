import { afterEach, expect, test } from "vitest";
import { type Setting, setting } from "../fixtures/simulator-with-app.ts";

let here: Setting;
afterEach(() => here.end());

const events = () => here.app.received.map(({ payload }) => Object(payload).event);
const until = async (count: number) => {
  for (let tries = 0; tries < 200 && here.app.received.length < count; tries++)
    await new Promise((resolve) => setTimeout(resolve, 10));
};

test("an invitation lets the bot in, with Slack's line and an event", async () => {
  here = await setting();
  await here.slack.channel("#random").say("/invite @Tocsin", { as: "grace" });
  await until(1);
  expect(events()).toMatchObject([
    {
      type: "member_joined_channel",
      user: here.slack.app.botUserId,
      channel: "C0RANDOM001",
      inviter: "U0GRACE001",
    },
  ]);
  expect(await here.call("chat.postMessage", { channel: "C0RANDOM001", text: "x" })).toMatchObject({
    ok: true,
  });
  const [line] = await here.slack.channel("#random").messages();
  expect(line).toMatchObject({ subtype: "channel_join" });
  await here.slack.channel("#random").say("/remove @Tocsin", { as: "grace" });
  await until(2);
  expect(events()[1]).toMatchObject({ type: "member_left_channel" });
});

test("what carries metadata is told of by where it stands, to an app that may know, and without its text", async () => {
  here = await setting();
  const metadata = { event_type: "tocsin_card", event_payload: { delivery: "d1" } };
  const other = { event_type: "another", event_payload: {} };
  await here.call("chat.postMessage", { channel: "C0SECURITY1", text: "x", metadata: other });
  const { ts } = await here.call("chat.postMessage", { channel: "C0SECURITY1", text: "x", metadata });
  await until(1);
  expect(events()).toMatchObject([
    { type: "message_metadata_posted", app_id: here.slack.app.appId, channel_id: "C0SECURITY1", metadata },
  ]);
  expect(events()[0]).toMatchObject({ message_ts: ts });
  expect(JSON.stringify(events()[0])).not.toContain("text");
});

test("an event that the app doesn't take comes three times more, each saying why", async () => {
  here = await setting({ eventRetriesMs: [1, 1, 1] });
  here.app.answerWith(() => ({ status: 503 }));
  await here.slack.ask("setApp", { state: "account_inactive" });
  await until(4);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const tries = here.app.received.map(({ headers }) => [
    headers["x-slack-retry-num"],
    headers["x-slack-retry-reason"],
  ]);
  expect(tries).toEqual([
    [undefined, undefined],
    ["1", "http_error"],
    ["2", "http_error"],
    ["3", "http_error"],
  ]);
  expect(new Set(here.app.received.map(({ payload }) => Object(payload).event_id)).size).toBe(1);
});

test("an app that wants no retries gets none", async () => {
  here = await setting({ eventRetriesMs: [1, 1, 1] });
  here.app.answerWith(() => ({ status: 503, headers: { "x-slack-no-retry": "1" } }));
  await here.slack.ask("setApp", { state: "token_revoked" });
  await until(1);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(events()).toMatchObject([{ type: "tokens_revoked" }]);
});

test("a request URL is verified by its giving back the challenge", async () => {
  here = await setting();
  expect(await here.slack.ask("verifyUrl", {})).toEqual({ verified: false });
  here.app.answerWith(({ payload }) => ({ body: { challenge: Object(payload).challenge } }));
  expect(await here.slack.ask("verifyUrl", {})).toEqual({ verified: true });
});
