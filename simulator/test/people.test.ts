import { afterEach, beforeEach, expect, test } from "vitest";
import { type Setting, security, setting } from "./fixtures/simulator-with-app.ts";

let here: Setting;
beforeEach(async () => {
  here = await setting();
});
afterEach(() => here.end());

const payload = () => Object(here.app.received.at(-1)?.payload);
const button = (text: string) => ({ type: "button", action_id: "go", text: { type: "plain_text", text } });

test("a button on the home tab tells the app which tab it was on, and whose", async () => {
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
  await here.call("views.publish", { user_id: here.slack.users.ada.id, view });
  const use = { blockId: "top", actionId: "go", picked: null };
  const filled = { filter: { text: "open" } };
  expect(await here.slack.ask("useInHome", { as: "ada", use, filled })).toEqual({ acknowledged: true });
  expect(payload()).toMatchObject({
    type: "block_actions",
    user: { id: here.slack.users.ada.id },
    container: { type: "view" },
    view: { type: "home", callback_id: "mine", state: { values: { filter: { text: { value: "open" } } } } },
    actions: [{ action_id: "go", block_id: "top" }],
  });
  await expect(here.slack.ask("useInHome", { as: "eve", use })).rejects.toThrow("has no control");
});

test("what two people write to each other no app and no third person sees", async () => {
  const { channel } = await here.slack.ask("openDirect", { as: "ada", with: "grace" });
  expect(await here.slack.ask("openDirect", { as: "grace", with: "ada" })).toEqual({ channel });
  await here.slack.ask("say", { as: "ada", channel, text: "Coffee?" });
  const seenBy = async (as: string) =>
    (await here.slack.ask("overview", { as })).channels.find(({ id }) => id === channel);
  expect(await seenBy("grace")).toMatchObject({ withName: "Ada Lovelace", unread: 1, hasApp: false });
  expect(await seenBy("ada")).toMatchObject({ withName: "Grace Hopper", unread: 0 });
  expect(await seenBy("eve")).toBeUndefined();
  expect(await here.call("chat.postMessage", { channel, text: "x" })).toMatchObject({
    error: "channel_not_found",
  });
});

test("names become mentions as one types them, the longest first, and others stay text", async () => {
  const text = "@Ada Lovelace, @grace: see #security and #securities, @here a@eve.example <b>";
  await here.slack.ask("say", { as: "eve", channel: security, text });
  const [said] = await here.slack.ask("messages", { channel: security });
  expect(said?.text).toBe(
    "<@U0ADA00001>, <@U0GRACE001>: see <#C0SECURITY1> and #securities, <!here> a@eve.example &lt;b&gt;",
  );
});

test("the log is searched by what was sent, by direction and by failure, and gives one entry whole", async () => {
  const long = `Needle ${"x".repeat(900)}`;
  await here.call("chat.postMessage", { channel: security, text: long });
  await here.call("chat.postMessage", { channel: "C0NOWHERE00", text: "lost" });
  const found = async (only: object) =>
    (await here.slack.ask("log", { ...only, brief: true })).map(({ outcome }) => outcome);
  expect(await found({ contains: "needle" })).toEqual(["ok"]);
  expect(await found({ failed: true })).toEqual(["channel_not_found"]);
  expect(await found({ direction: "Slack to app", contains: "lost" })).toEqual([]);
  const [entry] = await here.slack.ask("log", { contains: "needle", brief: true });
  expect(entry?.request).toBe("");
  expect((await here.slack.ask("logEntry", { seq: entry?.seq ?? 0 })).request).toContain(long);
});

test("replies leave a channel as read as it was", async () => {
  const { ts } = await here.call("chat.postMessage", { channel: security, text: "HIGH" });
  await here.call("chat.postMessage", { channel: security, text: "Reply", thread_ts: ts });
  const { channels } = await here.slack.ask("overview", { as: "ada" });
  expect(channels.find(({ id }) => id === security)?.latestTs).toBe(ts);
});
