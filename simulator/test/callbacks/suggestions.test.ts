import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type SimulatorWithApp, security, startWithApp } from "../fixtures/simulator-with-app.ts";

let env: SimulatorWithApp;
beforeEach(async () => {
  env = await startWithApp();
});
afterEach(() => env.end());

const plain = (text: string) => ({ type: "plain_text", text });
const option = (text: string, value: string) => ({ text: plain(text), value });
const runbook = { type: "external_select", action_id: "runbook", placeholder: plain("Runbook") };
const tags = {
  type: "multi_external_select",
  action_id: "tags",
  min_query_length: 0,
  placeholder: plain("Tags"),
};
const vpn = option("VPN from abroad", "rb-7");
const keys = option("Lost keys", "rb-8");

const sent = () => env.app.received.map(({ payload }) => Object(payload));
const answer = (body: unknown) =>
  env.app.answerWith(({ payload }) => (Object(payload).type === "block_suggestion" ? { body } : {}));

async function post(elements: object[] = [runbook, tags]) {
  const blocks = [
    { type: "header", text: plain("Pick") },
    { type: "actions", block_id: "b", elements },
  ];
  await env.call("chat.postMessage", { channel: security, text: "Pick", blocks });
  return env.slack.channel("#security").expectCard("Pick");
}

async function openDialog() {
  const card = await post([{ type: "button", action_id: "go", text: plain("Go") }]);
  await card.press("Go", { as: "ada" });
  const input = (label: string, element: object) => ({
    type: "input",
    block_id: label,
    label: plain(label),
    element,
  });
  const blocks = [input("Which runbook?", runbook), input("Which tags?", tags)];
  const view = { type: "modal", title: plain("Pick"), submit: plain("Pick"), blocks };
  await env.call("views.open", { trigger_id: sent().at(-1).trigger_id, view });
  return env.slack.dialogOf("ada");
}

describe("an external select", () => {
  test("sends the typed text and its container, and takes a choice from the answer", async () => {
    answer({ options: [vpn, keys] });
    const card = await post();
    expect(await card.search("Runbook", "vpn", { as: "ada" })).toEqual(["VPN from abroad", "Lost keys"]);
    expect(sent().at(-1)).toMatchObject({
      type: "block_suggestion",
      action_id: "runbook",
      block_id: "b",
      value: "vpn",
      container: { type: "message", message_ts: card.ts, channel_id: security },
      message: { ts: card.ts },
    });
    await card.choose("Runbook", "Lost keys", { as: "ada" });
    expect(sent().at(-1).actions).toMatchObject([{ type: "external_select", selected_option: keys }]);
    expect(sent().at(-1).state.values.b.runbook).toMatchObject({ selected_option: keys });
    await card.clear("Runbook", { as: "ada" });
    expect(sent().at(-1).actions).toMatchObject([{ selected_option: null }]);
  });

  test("sends nothing below min_query_length, by default three letters", async () => {
    answer({ options: [vpn] });
    const card = await post();
    expect(await card.search("Runbook", "vp", { as: "ada" })).toEqual(["Keep typing"]);
    expect(sent()).toEqual([]);
    expect(await card.search("Tags", "", { as: "ada" })).toEqual(["VPN from abroad"]);
    expect(sent()).toMatchObject([{ value: "" }]);
  });

  test("takes option groups, and several choices in a multi-select", async () => {
    answer({
      option_groups: [
        { label: plain("Network"), options: [vpn] },
        { label: plain("People"), options: [keys] },
      ],
    });
    const card = await post();
    expect(await card.search("Tags", "", { as: "ada" })).toEqual(["VPN from abroad", "Lost keys"]);
    const use = { blockId: "b", actionId: "tags", picked: ["rb-8", "rb-7"] };
    await env.slack.ask("use", { as: "ada", channel: security, ts: card.ts, use });
    expect(sent().at(-1).actions).toMatchObject([{ selected_options: [keys, vpn] }]);
  });

  test("in a dialog sends the view, and the choice is submitted", async () => {
    answer({ options: [vpn, keys] });
    const dialog = await openDialog();
    await dialog.search("Which runbook?", "vpn");
    expect(sent().at(-1)).toMatchObject({
      container: { type: "view", view_id: dialog.id },
      view: { id: dialog.id, state: { values: {} } },
    });
    await dialog.fill("Which runbook?", "VPN from abroad");
    await dialog.search("Which tags?", "");
    await dialog.fill("Which tags?", ["Lost keys", "VPN from abroad"]);
    await dialog.submit();
    expect(sent().at(-1).view.state.values).toMatchObject({
      "Which runbook?": { runbook: { type: "external_select", selected_option: vpn } },
      "Which tags?": { tags: { type: "multi_external_select", selected_options: [keys, vpn] } },
    });
  });

  test("knows a found option only for the person who searched", async () => {
    answer({ options: [vpn] });
    const card = await post();
    await card.search("Runbook", "vpn", { as: "ada" });
    await card.choose("Runbook", "VPN from abroad", { as: "ada" });
    const use = { blockId: "b", actionId: "runbook", picked: "rb-7" };
    await env.slack.ask("use", { as: "grace", channel: security, ts: card.ts, use });
    expect(sent().at(-1).actions).toMatchObject([{ selected_option: null }]);
  });
});

describe("an external select shows no options", () => {
  test.each([
    ["an error", { status: 500 }, "Result not found"],
    ["an empty body", { body: undefined }, "Result not found"],
    ["more than 100 options", { body: { options: Array(101).fill(vpn) } }, "Result not found"],
    ["an option without a text", { body: { options: [{ value: "rb-7" }] } }, "Result not found"],
    ["no options", { body: { options: [] } }, "No results"],
  ])("if the app answers %s", async (_what, reply, message) => {
    env.app.answerWith(() => reply);
    expect(await (await post()).search("Runbook", "vpn", { as: "ada" })).toEqual([message]);
  });
});

test("an external select shows no options if the app answers late", async () => {
  await env.end();
  env = await startWithApp({ patienceMs: 100 });
  env.app.answerWith(() => ({ afterMs: 60_000 }));
  expect(await (await post()).search("Runbook", "vpn", { as: "ada" })).toEqual(["Result not found"]);
});

test("a search goes to the options URL, or to the interactivity URL if there is none", async () => {
  answer({ options: [vpn] });
  const card = await post();
  await card.search("Runbook", "vpn", { as: "ada" });
  await env.slack.ask("settings", { optionsUrl: env.app.url.replace("/slack/events", "/options") });
  await card.search("Runbook", "vpn", { as: "ada" });
  expect(env.app.received.map(({ path }) => path)).toEqual(["/slack/events", "/options"]);
});
