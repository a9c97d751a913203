import { afterAll, beforeAll, expect, test } from "vitest";
import { appendNextReminder } from "../../../src/deliver/slack-bot/thread/remind.ts";
import { newDestination } from "../../builders/destination.ts";
import { created, type Story, startStory } from "../../tocsin/story.ts";

const onCall = { kind: "group", id: "S0ONCALL12", name: "On call" };
let story: Story;
beforeAll(async () => {
  story = await startStory();
  await created(
    story.api("PATCH", `/destinations/${story.destination.id}`, {
      mentions: { CRITICAL: onCall, HIGH: { kind: "here" } },
      reminders: { CRITICAL: { afterMinutes: 15, repeat: true }, HIGH: { afterMinutes: 30, repeat: false } },
    }),
  );
});
afterAll(() => story.close());

const cardsOf = async (alertId: string): Promise<{ remind_at: Date | null }[]> =>
  (await story.tocsin.db.pool.query("select remind_at from cards where alert_id = $1", [alertId])).rows;
const send = async (title: string, severity: string) => {
  const { body } = await story.send({ title, severity, detection: { id: title } });
  const card = await story.slack.channel("#security").expectCard(title);
  return { id: body.results[0].alertId as string, card };
};

const dueAt = async (alertId: string) => (await cardsOf(alertId))[0]?.remind_at ?? null;

test("a new card mentions the group of its severity, and an edit mentions nobody", async () => {
  const { card } = await send("Ransomware <!channel>", "CRITICAL");
  const { text, blocks } = await card.now();
  expect(text).toMatch(/^<!subteam\^S0ONCALL12> CRITICAL: Ransomware &lt;!channel&gt;/);
  expect(JSON.stringify(blocks[1])).toContain("<!subteam^S0ONCALL12>");
  await card.choose("Status", "Triaged", { as: "ada" });
  await card.expectText("Triaged by Ada");
  expect(JSON.stringify(await card.now())).not.toContain("subteam");

  const here = await send("Impossible travel", "HIGH");
  expect((await here.card.now()).text).toMatch(/^<!here> HIGH: /);
  const low = await send("New device", "LOW");
  expect(JSON.stringify(await low.card.now())).not.toMatch(/<!|subteam/);
});

test("an open, unassigned alert gets repeated reminders where its severity repeats them", async () => {
  const { id, card } = await send("Root login", "CRITICAL");
  await story.pass("15 minutes");
  await card.expectReply("Reminder: still open and unassigned after 15 minutes");
  await story.pass("15 minutes");
  await card.expectReply("Reminder: still open and unassigned after 30 minutes");
  const history = await created(story.api("GET", `/alerts/${id}/history`));
  expect(history.results.map(({ kind }: { kind: string }) => kind)).toEqual([
    "opened",
    "announced",
    "reminded",
    "reminded",
  ]);

  await card.choose("Assign to…", "ada", { as: "ada" });
  await card.expectReply("took the alert");
  await card.expectText("assigned to Ada");
  expect(await dueAt(id)).toBeNull();

  // Unassigning starts the waiting time again.
  await card.menu("Unassign", { as: "ada" });
  await card.expectReply("released the alert");
  expect((await dueAt(id))?.getTime()).toBeGreaterThan(story.now().getTime() + 13 * 60_000);
});

test("a severity without repetition reminds once", async () => {
  const { id, card } = await send("Odd hour", "HIGH");
  await story.pass("30 minutes");
  await card.expectReply("after 30 minutes");
  await expect.poll(() => dueAt(id)).toBeNull();
});

test("a reminder that still waits when the alert is closed is never posted", async () => {
  const { id, card } = await send("Closed meanwhile", "CRITICAL");
  const line = `(select line from cards where alert_id = '${id}')`;
  await story.tocsin.db.pool.query(
    `update lines set open_at = now() + interval '1 hour' where key = ${line}`,
  );
  await story.pass("15 minutes");
  await expect
    .poll(async () => (await created(story.api("GET", `/alerts/${id}/history`))).results.at(-1).kind)
    .toBe("reminded");
  await created(story.api("PATCH", `/alerts/${id}`, { status: "RESOLVED", comment: "drill" }));
  await story.tocsin.db.pool.query(`update lines set open_at = now() where key = ${line}`);
  await card.expectReply("Story resolved the alert: drill");
  expect(await card.replies()).toEqual(["Story resolved the alert: drill"]);
});

test("concurrent workers post one reminder", async () => {
  const { id, card } = await send("Seen by two", "CRITICAL");
  await story.tocsin.db.pool.query("update cards set remind_at = now() where alert_id = $1", [id]);
  await Promise.all(Array.from({ length: 8 }, () => appendNextReminder(story.tocsin)));
  await card.expectReply("Reminder");
  const { results } = await created(story.api("GET", `/alerts/${id}/history`));
  expect(results.filter(({ kind }: { kind: string }) => kind === "reminded")).toHaveLength(1);
});

test("a reminder that fails holds up no other, and is tried again", async () => {
  const { pool } = story.tocsin.db;
  const [poisoned, other] = [await send("Can't be told", "CRITICAL"), await send("Behind it", "CRITICAL")];
  await pool.query(`
    create function fail() returns trigger language plpgsql as 'begin raise exception ''poison''; end';
    create trigger poison before insert on history for each row
      when (new.kind = 'reminded' and new.alert_id = '${poisoned.id}') execute function fail()`);
  await story.pass("15 minutes");
  await other.card.expectReply("Reminder");
  expect(await poisoned.card.replies()).toEqual([]);
  await pool.query("drop trigger poison on history; drop function fail");
  await story.pass("1 minute");
  await poisoned.card.expectReply("Reminder");
});

test("an invalid group id and an invalid waiting time are refused, each at its field", async () => {
  const wrong = await story.api("PATCH", `/destinations/${story.destination.id}`, {
    mentions: { HIGH: { kind: "group", id: "S1> <!channel", name: "On call" } },
    reminders: { HIGH: { afterMinutes: 0, repeat: false } },
  });
  expect(wrong.status).toBe(400);
  expect(wrong.body.errors.map(({ field }: { field: string }) => field)).toEqual([
    "mentions.HIGH.id",
    "reminders.HIGH.afterMinutes",
  ]);
  const made = await created(
    story.api("POST", "/destinations", newDestination({ displayName: "Quiet", mentions: { LOW: onCall } })),
  );
  expect(made).toMatchObject({ mentions: { LOW: onCall }, reminders: {} });
});
