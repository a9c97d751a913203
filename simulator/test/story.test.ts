import { afterEach, beforeEach, expect, test } from "vitest";
import { connectSimulator } from "../story/story.ts";
import { cardBlocks, commentModal } from "./fixtures/card-blocks.ts";
import { type SimulatorWithApp, security, startWithApp } from "./fixtures/simulator-with-app.ts";

let env: SimulatorWithApp;
const post = (more: object = {}) =>
  env.call("chat.postMessage", {
    channel: security,
    text: "HIGH: Impossible travel",
    blocks: cardBlocks(),
    ...more,
  });

beforeEach(async () => {
  env = await startWithApp();
});
afterEach(() => env.end());

/** Simulates Tocsin: a choice opens a dialog, whose comment goes into the card and the thread. */
const answerLikeTocsin = (ts: unknown) =>
  env.app.answerWith(async ({ payload }) => {
    const { type, trigger_id, view } = Object(payload);
    if (type === "block_actions") await env.call("views.open", { trigger_id, view: commentModal() });
    if (type === "view_submission") {
      const blocks = cardBlocks({ status: "RESOLVED", note: "Resolved by Ada", controls: "controls:2" });
      await env.call("chat.update", { channel: security, ts, text: "Resolved", blocks });
      const text = `Ada resolved the alert: ${view.state.values.comment.text.value}`;
      await env.call("chat.postMessage", { channel: security, thread_ts: ts, text });
    }
    return {};
  });

test("a story finds a card by title, resolves it through a dialog and reads the result", async () => {
  const { ts } = await post();
  answerLikeTocsin(ts);
  const card = await env.slack.channel("#security").expectCard("Impossible travel");
  await card.choose("Status", "Resolved", { as: "ada", comment: "VPN" });
  await card.expectText("Resolved by Ada");
  await card.expectReply("Ada resolved the alert: VPN");
  await env.slack.expectNothingUnexpected();
});

test("expectCard waits for a card that is posted later", async () => {
  const late = setTimeout(() => void post(), 100);
  await env.slack.channel("#security").expectCard("Impossible travel");
  clearTimeout(late);
});

test("expectCard returns two cards with the same title one after the other", async () => {
  const first = await post();
  const second = await post();
  const security = env.slack.channel("#security");
  const found = [
    await security.expectCard("Impossible travel"),
    await security.expectCard("Impossible travel"),
  ];
  expect(found.map((card) => card.ts)).toEqual([first.ts, second.ts]);
});

test("a failed expectation lists what exists instead", async () => {
  await post();
  const expecting = env.slack.channel("#security").expectCard("Brute force", { timeoutMs: 30 });
  await expect(expecting).rejects.toThrow(/no message "Brute force".*Impossible travel/s);
  const card = await env.slack.channel("#security").expectCard("Impossible travel");
  await expect(card.choose("Colour", "Red", { as: "ada" })).rejects.toThrow(/no control "Colour".*status/s);
  await expect(card.choose("Status", "Red", { as: "ada" })).rejects.toThrow(
    "Open, Triaged, Resolved, Invalid",
  );
  await expect(card.expectReply("Ada", { timeoutMs: 30 })).rejects.toThrow("No reply contains");
});

test("expectNothingUnexpected fails if the app sent an unexpected message", async () => {
  await post();
  await env.slack.channel("#security").expectCard("Impossible travel");
  await env.slack.expectNothingUnexpected();
  await env.call("chat.postEphemeral", { channel: security, user: env.slack.users.eve.id, text: "Stray" });
  await expect(env.slack.expectNothingUnexpected()).rejects.toThrow("#security: Stray");
  env.slack.ignore("Stray");
  await env.slack.expectNothingUnexpected();
});

test("a story addresses a direct message by the person's name", async () => {
  await env.call("chat.postMessage", {
    channel: env.slack.users.eve.id,
    text: "Was this you, <@U0EVE00001>?",
  });
  await env.slack.channel("@eve").expectMessage("Was this you, @Eve Adler?");
});

test("connectSimulator gives another process access to the same workspace", async () => {
  await post();
  const other = await connectSimulator(env.slack.pageUrl);
  await other.channel("#security").expectCard("Impossible travel");
  await other.setUser({ name: "linus", isRestricted: true });
  const card = await other.channel("#security").expectCard("Impossible travel");
  await card.choose("Assign to", "linus", { as: "linus" });
  expect(await card.shown("Assign to", { as: "linus" })).toBe("linus");
});

test("addChannel adds a channel that the app can post in", async () => {
  const { id } = await env.slack.ask("addChannel", { name: "load-1" });
  expect(await post({ channel: id })).toMatchObject({ ok: true });
  await env.slack.channel("#load-1").expectCard("Impossible travel");
});
