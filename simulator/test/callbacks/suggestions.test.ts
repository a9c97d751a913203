import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Setting, security, setting } from "../fixtures/simulator-with-app.ts";

let here: Setting;
beforeEach(async () => {
  here = await setting();
});
afterEach(() => here.end());

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

const sent = () => here.app.received.map(({ payload }) => Object(payload));
const answer = (body: unknown) =>
  here.app.answerWith(({ payload }) => (Object(payload).type === "block_suggestion" ? { body } : {}));

async function post(elements: object[] = [runbook, tags]) {
  const blocks = [
    { type: "header", text: plain("Pick") },
    { type: "actions", block_id: "b", elements },
  ];
  await here.call("chat.postMessage", { channel: security, text: "Pick", blocks });
  return here.slack.channel("#security").expectCard("Pick");
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
  await here.call("views.open", { trigger_id: sent().at(-1).trigger_id, view });
  return here.slack.dialogOf("ada");
}

describe("a select whose options the app knows", () => {
  test("asks with what was typed, where it stands, and picks from the answer", async () => {
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

  test("stays silent until as many letters are typed as it wants: three, unless it says", async () => {
    answer({ options: [vpn] });
    const card = await post();
    expect(await card.search("Runbook", "vp", { as: "ada" })).toEqual(["Keep typing"]);
    expect(sent()).toEqual([]);
    expect(await card.search("Tags", "", { as: "ada" })).toEqual(["VPN from abroad"]);
    expect(sent()).toMatchObject([{ value: "" }]);
  });

  test("shows the options by group, and takes several where several may be picked", async () => {
    answer({
      option_groups: [
        { label: plain("Network"), options: [vpn] },
        { label: plain("People"), options: [keys] },
      ],
    });
    const card = await post();
    expect(await card.search("Tags", "", { as: "ada" })).toEqual(["VPN from abroad", "Lost keys"]);
    const use = { blockId: "b", actionId: "tags", picked: ["rb-8", "rb-7"] };
    await here.slack.ask("use", { as: "ada", channel: security, ts: card.ts, use });
    expect(sent().at(-1).actions).toMatchObject([{ selected_options: [keys, vpn] }]);
  });

  test("in a dialog tells the view, and what was picked is submitted", async () => {
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

  test("knows an option that one person was offered for that person only", async () => {
    answer({ options: [vpn] });
    const card = await post();
    await card.search("Runbook", "vpn", { as: "ada" });
    await card.choose("Runbook", "VPN from abroad", { as: "ada" });
    const use = { blockId: "b", actionId: "runbook", picked: "rb-7" };
    await here.slack.ask("use", { as: "grace", channel: security, ts: card.ts, use });
    expect(sent().at(-1).actions).toMatchObject([{ selected_option: null }]);
  });
});

describe("an answer that can't be used", () => {
  test.each([
    ["an error", { status: 500 }, "Result not found"],
    ["no JSON", { body: undefined }, "Result not found"],
    ["more than a hundred", { body: { options: Array(101).fill(vpn) } }, "Result not found"],
    ["an option without a text", { body: { options: [{ value: "rb-7" }] } }, "Result not found"],
    ["nothing", { body: { options: [] } }, "No results"],
  ])("%s shows no option", async (_what, reply, says) => {
    here.app.answerWith(() => reply);
    expect(await (await post()).search("Runbook", "vpn", { as: "ada" })).toEqual([says]);
  });
});

test("a late answer is none", async () => {
  await here.end();
  here = await setting({ patienceMs: 100 });
  here.app.answerWith(() => ({ afterMs: 60_000 }));
  expect(await (await post()).search("Runbook", "vpn", { as: "ada" })).toEqual(["Result not found"]);
});

test("the options URL is asked where there is one, else the interactivity URL", async () => {
  answer({ options: [vpn] });
  const card = await post();
  await card.search("Runbook", "vpn", { as: "ada" });
  await here.slack.ask("settings", { optionsUrl: here.app.url.replace("/slack/events", "/options") });
  await card.search("Runbook", "vpn", { as: "ada" });
  expect(here.app.received.map(({ path }) => path)).toEqual(["/slack/events", "/options"]);
});
