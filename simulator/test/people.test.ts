import { afterEach, beforeEach, expect, test } from "vitest";
import { type SimulatorWithApp, security, startWithApp } from "./fixtures/simulator-with-app.ts";

let env: SimulatorWithApp;
beforeEach(async () => {
  env = await startWithApp();
});
afterEach(() => env.end());

const payload = () => Object(env.app.received.at(-1)?.payload);
const button = (text: string) => ({ type: "button", action_id: "go", text: { type: "plain_text", text } });

test("a button on a home tab sends the view and the acting person", async () => {
  const input = {
    type: "input",
    block_id: "filter",
    label: { type: "plain_text", text: "Filter" },
    element: { type: "plain_text_input", action_id: "text" },
  };
  const view = {
    type: "home",
    callback_id: "mine",
    blocks: [{ type: "actions", block_id: "top", elements: [button("Refresh")] }, input],
  };
  await env.call("views.publish", { user_id: env.slack.users.ada.id, view });
  const use = { blockId: "top", actionId: "go", picked: null };
  const filled = { filter: { text: "open" } };
  expect(await env.slack.ask("useInHome", { as: "ada", use, filled })).toEqual({ acknowledged: true });
  expect(payload()).toMatchObject({
    type: "block_actions",
    user: { id: env.slack.users.ada.id },
    container: { type: "view" },
    view: { type: "home", callback_id: "mine", state: { values: { filter: { text: { value: "open" } } } } },
    actions: [{ action_id: "go", block_id: "top" }],
  });
  await expect(env.slack.ask("useInHome", { as: "eve", use })).rejects.toThrow("has no control");
});

test("direct messages between two people are invisible to apps and other people", async () => {
  const { channel } = await env.slack.ask("openDirect", { as: "ada", with: "grace" });
  expect(await env.slack.ask("openDirect", { as: "grace", with: "ada" })).toEqual({ channel });
  await env.slack.ask("say", { as: "ada", channel, text: "Coffee?" });
  const channelFor = async (as: string) =>
    (await env.slack.ask("overview", { as })).channels.find(({ id }) => id === channel);
  expect(await channelFor("grace")).toMatchObject({ withName: "Ada Lovelace", unread: 1, hasApp: false });
  expect(await channelFor("ada")).toMatchObject({ withName: "Grace Hopper", unread: 0 });
  expect(await channelFor("eve")).toBeUndefined();
  expect(await env.call("chat.postMessage", { channel, text: "x" })).toMatchObject({
    error: "channel_not_found",
  });
});

test("typed names become mentions, the longest match first, and other text stays text", async () => {
  const text = "@Ada Lovelace, @grace: see #security and #securities, @here a@eve.example <b>";
  await env.slack.ask("say", { as: "eve", channel: security, text });
  const [posted] = await env.slack.ask("messages", { channel: security });
  expect(posted?.text).toBe(
    "<@U0ADA00001>, <@U0GRACE001>: see <#C0SECURITY1> and #securities, <!here> a@eve.example &lt;b&gt;",
  );
});

test("the log filters by text, direction and failure, and returns a whole entry", async () => {
  const long = `Needle ${"x".repeat(900)}`;
  await env.call("chat.postMessage", { channel: security, text: long });
  await env.call("chat.postMessage", { channel: "C0NOWHERE00", text: "lost" });
  const found = async (filter: object) =>
    (await env.slack.ask("log", { ...filter, brief: true })).map(({ outcome }) => outcome);
  expect(await found({ contains: "needle" })).toEqual(["ok"]);
  expect(await found({ failed: true })).toEqual(["channel_not_found"]);
  expect(await found({ direction: "Slack to app", contains: "lost" })).toEqual([]);
  const [entry] = await env.slack.ask("log", { contains: "needle", brief: true });
  expect(entry?.request).toBe("");
  expect((await env.slack.ask("logEntry", { seq: entry?.seq ?? 0 })).request).toContain(long);
});

test("replies don't make a channel unread", async () => {
  const { ts } = await env.call("chat.postMessage", { channel: security, text: "HIGH" });
  await env.call("chat.postMessage", { channel: security, text: "Reply", thread_ts: ts });
  const { channels } = await env.slack.ask("overview", { as: "ada" });
  expect(channels.find(({ id }) => id === security)?.latestTs).toBe(ts);
});
