import { afterEach, expect, test } from "vitest";
import { type SimulatorWithApp, startWithApp } from "../fixtures/simulator-with-app.ts";

let env: SimulatorWithApp;
afterEach(() => env.end());

const events = () => env.app.received.map(({ payload }) => Object(payload).event);
const until = async (count: number) => {
  for (let tries = 0; tries < 200 && env.app.received.length < count; tries++)
    await new Promise((resolve) => setTimeout(resolve, 10));
};

test("an invitation adds the bot, posts Slack's notice and sends an event", async () => {
  env = await startWithApp();
  await env.slack.channel("#random").say("/invite @Tocsin", { as: "grace" });
  await until(1);
  expect(events()).toMatchObject([
    {
      type: "member_joined_channel",
      user: env.slack.app.botUserId,
      channel: "C0RANDOM001",
      inviter: "U0GRACE001",
    },
  ]);
  expect(await env.call("chat.postMessage", { channel: "C0RANDOM001", text: "x" })).toMatchObject({
    ok: true,
  });
  const [notice] = await env.slack.channel("#random").messages();
  expect(notice).toMatchObject({ subtype: "channel_join" });
  await env.slack.channel("#random").say("/remove @Tocsin", { as: "grace" });
  await until(2);
  expect(events()[1]).toMatchObject({ type: "member_left_channel" });
});

test("a message with subscribed metadata sends message_metadata_posted without its text", async () => {
  env = await startWithApp();
  const metadata = { event_type: "tocsin_card", event_payload: { delivery: "d1" } };
  const other = { event_type: "another", event_payload: {} };
  await env.call("chat.postMessage", { channel: "C0SECURITY1", text: "x", metadata: other });
  const { ts } = await env.call("chat.postMessage", { channel: "C0SECURITY1", text: "x", metadata });
  await until(1);
  expect(events()).toMatchObject([
    { type: "message_metadata_posted", app_id: env.slack.app.appId, channel_id: "C0SECURITY1", metadata },
  ]);
  expect(events()[0]).toMatchObject({ message_ts: ts });
  expect(JSON.stringify(events()[0])).not.toContain("text");
});

test("an event that the app refuses is retried three times with the reason", async () => {
  env = await startWithApp({ eventRetriesMs: [1, 1, 1] });
  env.app.answerWith(() => ({ status: 503 }));
  await env.slack.ask("setApp", { state: "account_inactive" });
  await until(4);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const tries = env.app.received.map(({ headers }) => [
    headers["x-slack-retry-num"],
    headers["x-slack-retry-reason"],
  ]);
  expect(tries).toEqual([
    [undefined, undefined],
    ["1", "http_error"],
    ["2", "http_error"],
    ["3", "http_error"],
  ]);
  expect(new Set(env.app.received.map(({ payload }) => Object(payload).event_id)).size).toBe(1);
});

test("an event is not retried if the app answers x-slack-no-retry", async () => {
  env = await startWithApp({ eventRetriesMs: [1, 1, 1] });
  env.app.answerWith(() => ({ status: 503, headers: { "x-slack-no-retry": "1" } }));
  await env.slack.ask("setApp", { state: "token_revoked" });
  await until(1);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(events()).toMatchObject([{ type: "tokens_revoked" }]);
});

test("a request URL is verified if it returns the challenge", async () => {
  env = await startWithApp();
  expect(await env.slack.ask("verifyUrl", {})).toEqual({ verified: false });
  env.app.answerWith(({ payload }) => ({ body: { challenge: Object(payload).challenge } }));
  expect(await env.slack.ask("verifyUrl", {})).toEqual({ verified: true });
});
