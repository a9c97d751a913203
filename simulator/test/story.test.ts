import { afterEach, beforeEach, expect, test } from "vitest";
import { connectSimulator } from "../story/story.ts";
import { cardBlocks, commentModal } from "./fixtures/card-blocks.ts";
import { type Setting, security, setting } from "./fixtures/simulator-with-app.ts";

let here: Setting;
const post = (more: object = {}) =>
  here.call("chat.postMessage", {
    channel: security,
    text: "HIGH: Impossible travel",
    blocks: cardBlocks(),
    ...more,
  });

beforeEach(async () => {
  here = await setting();
});
afterEach(() => here.end());

/** A small Tocsin: a choice opens a dialog, its comment goes into the card and the thread. */
const answerLikeTocsin = (ts: unknown) =>
  here.app.answerWith(async ({ payload }) => {
    const { type, trigger_id, view } = Object(payload);
    if (type === "block_actions") await here.call("views.open", { trigger_id, view: commentModal() });
    if (type === "view_submission") {
      const blocks = cardBlocks({ status: "RESOLVED", note: "Resolved by Ada", controls: "controls:2" });
      await here.call("chat.update", { channel: security, ts, text: "Resolved", blocks });
      const text = `Ada resolved the alert: ${view.state.values.comment.text.value}`;
      await here.call("chat.postMessage", { channel: security, thread_ts: ts, text });
    }
    return {};
  });

test("a card is found by its title, resolved through a dialog, and says so", async () => {
  const { ts } = await post();
  answerLikeTocsin(ts);
  const card = await here.slack.channel("#security").expectCard("Impossible travel");
  await card.choose("Status", "Resolved", { as: "ada", comment: "VPN" });
  await card.expectText("Resolved by Ada");
  await card.expectReply("Ada resolved the alert: VPN");
  await here.slack.expectNothingUnexpected();
});

test("a story waits for what comes later", async () => {
  const late = setTimeout(() => void post(), 100);
  await here.slack.channel("#security").expectCard("Impossible travel");
  clearTimeout(late);
});

test("two cards of one title are two", async () => {
  const first = await post();
  const second = await post();
  const security = here.slack.channel("#security");
  const found = [
    await security.expectCard("Impossible travel"),
    await security.expectCard("Impossible travel"),
  ];
  expect(found.map((card) => card.ts)).toEqual([first.ts, second.ts]);
});

test("a story fails with what there is instead of what it expected", async () => {
  await post();
  const expecting = here.slack.channel("#security").expectCard("Brute force", { timeoutMs: 30 });
  await expect(expecting).rejects.toThrow(/no message "Brute force".*Impossible travel/s);
  const card = await here.slack.channel("#security").expectCard("Impossible travel");
  await expect(card.choose("Colour", "Red", { as: "ada" })).rejects.toThrow(/no control "Colour".*status/s);
  await expect(card.choose("Status", "Red", { as: "ada" })).rejects.toThrow(
    "Open, Triaged, Resolved, Invalid",
  );
  await expect(card.expectReply("Ada", { timeoutMs: 30 })).rejects.toThrow("No reply contains");
});

test("a story fails at its end when Slack was sent what nobody expected", async () => {
  await post();
  await here.slack.channel("#security").expectCard("Impossible travel");
  await here.slack.expectNothingUnexpected();
  await here.call("chat.postEphemeral", { channel: security, user: here.slack.users.eve.id, text: "Stray" });
  await expect(here.slack.expectNothingUnexpected()).rejects.toThrow("#security: Stray");
  here.slack.ignore("Stray");
  await here.slack.expectNothingUnexpected();
});

test("direct messages are a channel by the person's name", async () => {
  await here.call("chat.postMessage", {
    channel: here.slack.users.eve.id,
    text: "Was this you, <@U0EVE00001>?",
  });
  await here.slack.channel("@eve").expectMessage("Was this you, @Eve Adler?");
});

test("another process tells its stories of the same workspace", async () => {
  await post();
  const other = await connectSimulator(here.slack.pageUrl);
  await other.channel("#security").expectCard("Impossible travel");
  await other.setUser({ name: "linus", isRestricted: true });
  const card = await other.channel("#security").expectCard("Impossible travel");
  await card.choose("Assign to", "linus", { as: "linus" });
  expect(await card.shown("Assign to", { as: "linus" })).toBe("linus");
});

test("a channel more, for load", async () => {
  const { id } = await here.slack.ask("addChannel", { name: "load-1" });
  expect(await post({ channel: id })).toMatchObject({ ok: true });
  await here.slack.channel("#load-1").expectCard("Impossible travel");
});
