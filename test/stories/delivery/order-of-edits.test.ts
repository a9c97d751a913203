import { afterAll, beforeAll, expect, test } from "vitest";
import { created, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory();
});
afterAll(() => story.close());

const report = (title: string, severity: string, more: object = {}) => ({
  title,
  severity,
  detection: { id: title },
  ...more,
});
const low = Array.from({ length: 12 }, (_, n) => `Low ${n}`);
const edited = async () =>
  (await story.slack.log.entries()).filter(({ what, outcome }) => what === "chat.update" && outcome === "ok");

test("a card with a wrong status is edited before open cards whose event count grew", async () => {
  await story.send([...low.map((title) => report(title, "LOW")), report("Over soon", "HIGH")]);
  for (const title of low) await story.slack.channel("#security").expectCard(title);
  const over = await story.slack.channel("#security").expectCard("Over soon");
  await story.tocsin.idle();
  // Slack takes no edits for a while, so all of these wait for the same moment.
  const limited = { method: "chat.update", what: { kind: "status", status: 429, retryAfter: 5 } } as const;
  await story.slack.ask("faults", { faults: [limited] });
  const before = (await edited()).length;
  await story.send(low.map((title) => report(title, "LOW")));
  await expect
    .poll(async () => (await story.slack.log.entries()).some(({ outcome }) => outcome === "HTTP 429"))
    .toBe(true);
  await story.send(report("Over soon", "HIGH", { status: "resolved" }));
  await story.pass("5 seconds");
  await over.expectText("Resolved");
  // Only the edits that were on their way to Slack at the same time as the refused one come first.
  const later = (await edited()).slice(before).map(({ ts }) => ts);
  expect(later.indexOf(over.ts)).toBeLessThan(5);
});

test("event counts back off, and never edit the card of a closed alert", async () => {
  const [title = ""] = low;
  const card = await story.slack.channel("#security").expectCard(title);
  const { results } = (await story.api("GET", "/alerts?limit=50")).body;
  const { id } = results.find((alert: { title: string }) => alert.title === title);
  await created(story.api("PATCH", `/alerts/${id}`, { status: "RESOLVED", comment: "Known" }));
  await card.expectText("Resolved");
  await story.tocsin.idle();
  const before = (await edited()).length;
  await story.send([report(title, "LOW"), report(title, "LOW")]);
  await story.pass("10 minutes");
  await story.tocsin.idle();
  expect((await edited()).slice(before).filter(({ ts }) => ts === card.ts)).toEqual([]);
});
