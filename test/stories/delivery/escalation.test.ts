import { afterAll, beforeAll, expect, test } from "vitest";
import { escalateNext } from "../../../src/deliver/escalate.ts";
import { newDestination } from "../../builders/destination.ts";
import { created, type Story, startStory } from "../../tocsin/story.ts";

const escalation = { afterMinutes: { CRITICAL: 10, HIGH: 30 } };
let story: Story;
let onCall: { id: string };
beforeAll(async () => {
  story = await startStory();
  // No alert has this log type, so only escalated alerts reach it.
  const only = { displayName: "On call", channel: "#platform", logTypes: ["none"] };
  onCall = await created(story.api("POST", "/destinations", newDestination(only)));
  await created(setEscalation({ to: onCall.id, ...escalation }));
});
afterAll(() => story.close());

const setEscalation = (value: unknown) =>
  story.api("PATCH", `/destinations/${story.destination.id}`, { escalation: value });

async function open(title: string, severity = "CRITICAL") {
  const { body } = await story.send({ title, severity, detection: { id: title } });
  const card = await story.slack.channel("#security").expectCard(title);
  return { id: body.results[0].alertId as string, card };
}

async function historyOf(id: string): Promise<{ kind: string; sentence: string }[]> {
  return (await created(story.api("GET", `/alerts/${id}/history`))).results;
}

async function escalated(id: string): Promise<boolean> {
  await story.tocsin.idle();
  return (await historyOf(id)).some(({ kind }) => kind === "escalated");
}

test("an alert on which nobody acts also goes to the other destination, and both threads say why", async () => {
  const { id, card } = await open("Ransomware");
  await story.pass("9 minutes");
  expect(await escalated(id)).toBe(false);
  await story.pass("1 minute");
  const why = "Sent to On call too, because nobody acted at Security within 10 minutes";
  await card.expectReply(why);
  const second = await story.slack.channel("#platform").expectCard("Ransomware");
  await second.expectReply(why);
  const kinds = (await historyOf(id)).map(({ kind }) => kind);
  expect(kinds).toEqual(["opened", "announced", "escalated", "announced"]);
  // Its wait is over.
  await story.pass("30 minutes");
  expect((await historyOf(id)).filter(({ kind }) => kind === "escalated")).toHaveLength(1);
});

test("each severity has its own wait, and none without one", async () => {
  const high = await open("Impossible travel", "HIGH");
  const low = await open("New device", "LOW");
  await story.pass("10 minutes");
  expect(await escalated(high.id)).toBe(false);
  await story.pass("20 minutes");
  expect(await escalated(high.id)).toBe(true);
  await story.pass("2 days");
  expect(await escalated(low.id)).toBe(false);
});

test("any action ends the wait: a comment, an assignment, a status", async () => {
  const commented = await open("Commented");
  const assigned = await open("Assigned");
  const triaged = await open("Triaged");
  await created(story.api("POST", "/alert-comments", { alertId: commented.id, body: "looking" }));
  await assigned.card.choose("Assign to…", "ada", { as: "ada" });
  await assigned.card.expectReply("took the alert");
  await triaged.card.choose("Status", "Triaged", { as: "ada" });
  await triaged.card.expectText("Triaged by Ada");
  await story.pass("10 minutes");
  for (const { id } of [commented, assigned, triaged]) expect(await escalated(id)).toBe(false);
});

test("nothing is escalated that its source resolved, and a raised severity starts the wait", async () => {
  await created(story.api("PATCH", `/sources/${story.source.id}`, { resolves: "always" }));
  const send = async (id: string, severity: string, status = "firing") =>
    (await story.send({ title: id, severity, status, detection: { id } })).body.results[0].alertId;
  const over = await send("disk", "CRITICAL");
  const rising = await send("load", "INFO");
  await story.pass("5 minutes");
  await send("disk", "CRITICAL", "resolved");
  await send("load", "CRITICAL");
  await story.pass("9 minutes");
  expect(await escalated(rising)).toBe(false);
  await story.pass("1 minute");
  expect(await escalated(rising)).toBe(true);
  expect(await escalated(over)).toBe(false);
});

test("several nodes escalate an alert once", async () => {
  const { id } = await open("Seen by two");
  await story.tocsin.db.pool.query("update deliveries set escalate_at = now() where alert_id = $1", [id]);
  await Promise.all(Array.from({ length: 8 }, () => escalateNext(story.tocsin)));
  await story.slack.channel("#platform").expectCard("Seen by two");
  expect((await historyOf(id)).filter(({ kind }) => kind === "escalated")).toHaveLength(1);
});

test("an escalation that fails holds up no other, and is tried again", async () => {
  const { pool } = story.tocsin.db;
  const [poisoned, other] = [await open("Can't be escalated"), await open("Behind it")];
  await pool.query(`
    create function fail() returns trigger language plpgsql as 'begin raise exception ''poison''; end';
    create trigger poison before insert on history for each row
      when (new.kind = 'escalated' and new.alert_id = '${poisoned.id}') execute function fail()`);
  await story.pass("10 minutes");
  await expect.poll(() => escalated(other.id)).toBe(true);
  expect(await escalated(poisoned.id)).toBe(false);
  await pool.query("drop trigger poison on history; drop function fail");
  await story.pass("1 minute");
  await expect.poll(() => escalated(poisoned.id)).toBe(true);
});

test("a disabled destination gets nothing, and the history says so", async () => {
  await created(story.api("PATCH", `/destinations/${onCall.id}`, { enabled: false }));
  const { id } = await open("Nobody is on call");
  await story.pass("10 minutes");
  await story.tocsin.idle();
  expect((await historyOf(id)).at(-1)?.sentence).toBe(
    "Not delivered to On call: nobody acted at Security, but this destination is disabled",
  );
  await created(story.api("PATCH", `/destinations/${onCall.id}`, { enabled: true }));
});

test("an escalation to itself, to nowhere or after no time is refused, and so is deleting where it goes", async () => {
  const fields = async (value: unknown) => {
    const { status, body } = await setEscalation(value);
    return [status, ...body.errors.map(({ field }: { field: string }) => field)];
  };
  expect(await fields({ to: story.destination.id, ...escalation })).toEqual([400, "escalation.to"]);
  expect(await fields({ to: "0b0c4f1e-6f6d-4a57-9a54-2a1c5a3f0001", ...escalation })).toEqual([
    400,
    "escalation.to",
  ]);
  expect(await fields({ to: onCall.id, afterMinutes: {} })).toEqual([400, "escalation.afterMinutes"]);
  expect(await fields({ to: onCall.id, afterMinutes: { HIGH: 0 } })).toEqual([
    400,
    "escalation.afterMinutes.HIGH",
  ]);
  const kept = await story.api("DELETE", `/destinations/${onCall.id}`);
  expect([kept.status, kept.body.detail]).toEqual([
    409,
    "Security sends alerts on which nobody acts to this destination. Choose another one there first.",
  ]);
  await created(setEscalation(null));
  expect((await story.api("DELETE", `/destinations/${onCall.id}`)).status).toBe(204);
});
