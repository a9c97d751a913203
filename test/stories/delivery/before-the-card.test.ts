import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { transaction } from "../../../src/db/transaction.ts";
import { append } from "../../../src/history/append.ts";
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

test("a comment that is committed while the card is being settled is told in its thread", async () => {
  const { kysely } = story.tocsin.db;
  await story.slack.ask("faults", { faults: [{ method: "chat.postMessage", what: { kind: "held" } }] });
  const { body } = await story.send({ title: "Being settled", severity: "HIGH" });
  const { alertId } = body.results[0];
  const actor = { type: "system", id: null, name: "Ada" } as const;
  await transaction(story.tocsin.db, async (tx) => {
    await append(tx, {
      alertId,
      event: { kind: "commented", data: { text: "Just now" } },
      actor,
      via: "slack",
    });
    await story.slack.ask("release", {});
    const waiting = async () => {
      const { rows } = await sql`select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%with place as%'`.execute(
        kysely,
      );
      return rows.length;
    };
    await expect.poll(waiting).toBe(1);
  });
  const card = await story.slack.channel("#security").expectCard("Being settled");
  await card.expectReply("Ada commented: Just now");
});
