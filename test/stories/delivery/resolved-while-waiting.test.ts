import { afterAll, beforeAll, expect, test } from "vitest";
import { type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory({ rateLimits: "Slack's" });
});
afterAll(() => story.close());

const titles = Array.from({ length: 4 }, (_, n) => `Short ${n}.`);
const reports = (more: object) =>
  titles.map((title) => ({ title, severity: "HIGH", detection: { id: title }, ...more }));

test("an alert that its source resolves while it waits is announced once, as resolved", async () => {
  await story.send(reports({}));
  const resolved = await story.send(reports({ status: "resolved" }));
  expect(resolved.body.results.map(({ outcome }: { outcome: string }) => outcome)).toEqual(
    titles.map(() => "resolved"),
  );
  const channel = story.slack.channel("#security");
  for (const title of titles) {
    const card = await channel.expectCard(`Resolved: ${title}`, { timeoutMs: 20_000 });
    await card.expectText("resolved by Okta");
    // Only the first card may be posted before the alert is resolved; its thread then says so once.
    const replies = await card.replies();
    expect(replies.length).toBeLessThanOrEqual(1);
  }
  const cards = await channel.messages();
  expect(cards).toHaveLength(titles.length);
  const announcements = (await story.slack.log.entries()).filter(
    ({ what, request }) => what === "chat.postMessage" && /resolved the alert/.test(request),
  );
  expect(announcements.length).toBeLessThanOrEqual(1);
}, 60_000);
