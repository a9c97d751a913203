import { afterAll, beforeAll, expect, test } from "vitest";
import { newDestination } from "../../builders/destination.ts";
import { created, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory();
});
afterAll(() => story.close());

const titles = Array.from({ length: 12 }, (_, n) => `Pentest ${n}.`);

/** Sends an alert per title and waits for all their cards. */
async function announce(): Promise<string[]> {
  const reports = titles.map((title) => ({ title, severity: "HIGH", detection: { id: title } }));
  const { body } = await story.send(reports);
  for (const title of titles) await story.slack.channel("#security").expectCard(title, { timeoutMs: 30_000 });
  return body.results.map((result: { alertId: string }) => result.alertId);
}

test("a change of more than ten alerts posts one notice in the channel and no replies", async () => {
  await story.slack.ask("addChannel", { name: "quiet" });
  const quiet = newDestination({ displayName: "Quiet", channel: "#quiet", syncToSlack: false });
  await created(story.api("POST", "/destinations", quiet));
  const ids = await announce();
  for (const title of titles) await story.slack.channel("#quiet").expectCard(title, { timeoutMs: 30_000 });

  const change = { status: "RESOLVED", comment: "noise from the pentest", assignee: "grace@acme.example" };
  const { results } = await created(story.api("PATCH", "/alerts", { ids, ...change }));
  expect(new Set(results.map(({ outcome }: { outcome: string }) => outcome))).toEqual(new Set(["changed"]));

  const noticeText = "resolved 12 alerts and assigned them to Grace: noise from the pentest";
  const notice = await story.slack.channel("#security").expectMessage(noticeText);
  await notice.expectText("See all in Tocsin");
  for (const title of titles) {
    const card = await story.slack.channel("#security").expectCard(`Resolved: ${title}`);
    expect(await card.replies()).toEqual([]);
  }
  await story.slack.channel("#quiet").expectNoCard("12 alerts");
  await story.slack.expectNothingUnexpected();

  // A later change is posted in the thread, and does not repeat the notice.
  await created(story.api("PATCH", `/alerts/${ids[0]}`, { status: "OPEN" }));
  const reopened = await story.slack.channel("#security").expectCard("Pentest 0.");
  await reopened.expectReply("reopened the alert");
  expect(await reopened.replies()).toEqual(["Story reopened the alert"]);
}, 90_000);

test("a change of up to ten alerts posts a reply in each thread", async () => {
  const { body } = await story.send(
    ["Few A", "Few B"].map((title) => ({ title, severity: "LOW", detection: { id: title } })),
  );
  const ids = body.results.map((result: { alertId: string }) => result.alertId);
  const card = await story.slack.channel("#security").expectCard("Few A");
  await story.slack.channel("#security").expectCard("Few B", { timeoutMs: 10_000 });
  await story.api("PATCH", "/alerts", { ids, status: "TRIAGED" });
  await card.expectReply("Story triaged the alert");
});

test("a bulk change whose process died posts a notice about the alerts that it changed", async () => {
  const { rows } = await story.tocsin.db.pool.query(
    "select line from destinations where channel_name = 'security'",
  );
  const content = {
    actor: { type: "user", id: null, name: "Ada" },
    command: { status: "TRIAGED" },
    alerts: 23,
  };
  await story.tocsin.db.pool.query(
    `insert into messages (id, kind, line, installation_id, subject_id, content, rank)
     select gen_random_uuid(), 'bulk-notice', key, installation_id, gen_random_uuid(), $2, 4 from lines where key = $1`,
    [rows[0].line, content],
  );
  await story.slack.channel("#security").expectMessage("Ada triaged 23 alerts");
  const left = async () => (await story.tocsin.db.pool.query("select from messages")).rows;
  await expect.poll(left).toEqual([]);
});
