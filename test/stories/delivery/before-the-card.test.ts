import { afterAll, beforeAll, expect, test } from "vitest";
import { created, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory();
});
afterAll(() => story.close());

test("comments from before the card was posted are told in its thread, and changes that it shows are not", async () => {
  await story.slack.ask("setChannel", { channel: "security", archived: true });
  const { body } = await story.send({ title: "Waits for its channel", severity: "HIGH" });
  const { alertId } = body.results[0];
  const delivery = async () => (await story.api("GET", `/alerts/${alertId}`)).body.deliveries[0];
  await expect.poll(delivery).toMatchObject({ state: "held" });
  await created(story.api("PATCH", `/alerts/${alertId}`, { comment: "Eve is on a plane" }));
  await created(story.api("PATCH", `/alerts/${alertId}`, { status: "TRIAGED" }));

  await story.slack.ask("setChannel", { channel: "security", archived: false, withApp: true });
  const card = await story.slack.channel("#security").expectCard("Waits for its channel");
  await card.expectText("Triaged");
  await card.expectReply("Story commented: Eve is on a plane");
  await story.tocsin.idle();
  expect((await card.replies()).join("\n")).not.toMatch(/triaged/i);
  await created(story.api("PATCH", `/alerts/${alertId}`, { comment: "And back" }));
  await card.expectReply("Story commented: And back");
  await story.tocsin.idle();
  const replies = (await card.replies()).join("\n");
  expect(replies.match(/on a plane/g)).toHaveLength(1);
});
