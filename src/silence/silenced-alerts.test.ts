import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import { report } from "../../test/builders/report.ts";
import { openTestDatabase } from "../../test/database.ts";
import { isRefusal } from "../alert/refusal.ts";
import type { Report } from "../alert/report.ts";
import { openIntakeConnection } from "../db/intake-transaction.ts";
import { transaction } from "../db/transaction.ts";
import type { ReportingSource } from "../dedup/incoming.ts";
import { sentence } from "../history/sentence.ts";
import { timeline } from "../history/timeline.ts";
import { commandLine } from "../people/principal.ts";
import { ingestReports } from "../pipeline.ts";
import { previewSilence } from "./preview.ts";
import { createSilence, endSilence, type SilenceRequest } from "./silences.ts";

const { db, moveClock } = await openTestDatabase();
let source: ReportingSource;
const line = "test:silenced-alerts";
await sql`
  insert into destinations (id, type, display_name, severities, alert_types, log_types, timezone, line)
  values (${randomUUID()}, 'custom-webhook', 'Security', '{LOW,HIGH,CRITICAL,INFO}', '{RULE}', '{}', 'UTC', ${line})`.execute(
  db.kysely,
);

beforeEach(async () => {
  source = { id: randomUUID(), name: "Okta", resolves: "untouched", reopenAfter: 3 };
  await db.kysely
    .insertInto("sources")
    .values({ id: source.id, kind: "native", name: `Okta ${source.id}` })
    .execute();
});

const take = (...reports: Report[]) =>
  openIntakeConnection(db).transaction((intake) =>
    ingestReports(
      intake,
      reports.map((one) => ({ source, report: one })),
    ),
  );
const high = (change: Partial<Report> = {}) => report({ severity: "HIGH", ...change });

async function silence(change: Partial<SilenceRequest> = {}) {
  const request = {
    reason: "Maintenance",
    source: source.id,
    detection: null,
    title: null,
    severities: [],
    fields: [],
    alsoCritical: false,
    forMinutes: 60,
    ...change,
  };
  const made = await transaction(db, (tx) => createSilence(tx, commandLine, request));
  if (isRefusal(made)) throw new Error(made.why);
  return made.id;
}
const end = (id: string) => transaction(db, (tx) => endSilence(tx, commandLine, id));

/** The alerts of the source, with the silences that silenced them and where they are announced. */
async function alerts() {
  const { rows } = await sql<{ id: string; state: object; history: string[] }>`
    select a.id, json_build_object('severity', a.severity, 'status', a.status, 'events', a.event_count,
      'silenced', a.silenced, 'by', (select json_agg(m.silence_id order by at) from silenced_alerts m where m.alert_id = a.id),
      'deliveries', (select count(*) from deliveries d where d.alert_id = a.id and d.line = ${line})) as state
    from alerts a where a.source_id = ${source.id} order by number`.execute(db.kysely);
  return rows;
}
const states = async () => (await alerts()).map(({ state }) => state);
async function sentences() {
  const [alert] = await alerts();
  const entries = await timeline(db.kysely, { alertId: alert?.id ?? "" });
  return entries.map((entry) => sentence(entry, entry.actor));
}
const who = commandLine.actor.name;

test("a covered report opens an alert that is marked and goes nowhere, and later ones join it", async () => {
  const id = await silence();
  await take(high(), high());
  await take(high());
  expect(await states()).toEqual([
    { severity: "HIGH", status: "OPEN", events: 3, silenced: true, by: [id], deliveries: 0 },
  ]);
  expect(await sentences()).toEqual([
    `Reported by Okta (High). Not routed because a silence of ${who} covers it: Maintenance.`,
  ]);
});

test("the next report after the end of a silence lifts the mark and routes the alert once, on two nodes", async () => {
  const id = await silence();
  await take(high());
  await moveClock(30 * 60_000);
  await end(id);
  await Promise.all([take(high()), take(high()), take(high())]);
  expect(await states()).toMatchObject([{ events: 4, silenced: false, by: [id], deliveries: 1 }]);
  expect((await sentences()).slice(1)).toEqual([
    "No longer silenced: it was reported again after the silence was over",
    "Routed to Security because severity, type and log types match",
  ]);
});

test("a silence that has run out is over without anybody's doing", async () => {
  await silence({ forMinutes: 10 });
  await take(high());
  await moveClock(45 * 60_000);
  await take(high());
  expect(await states()).toMatchObject([{ silenced: false, deliveries: 1 }]);
});

test("an alert that was not silenced when it opened is joined as usual", async () => {
  await take(high());
  await silence();
  await take(high());
  expect(await states()).toMatchObject([{ events: 2, silenced: false, deliveries: 1 }]);
});

test("a report that raises a silenced alert to CRITICAL lifts the mark at once, in one batch too", async () => {
  await silence();
  await take(high(), report({ severity: "CRITICAL" }));
  expect(await states()).toMatchObject([{ severity: "CRITICAL", silenced: false, deliveries: 1 }]);
  expect((await sentences()).slice(1)).toEqual([
    "Okta raised the severity from High to Critical",
    "No longer silenced: its severity rose beyond what the silence covers",
    "Routed to Security because severity, type and log types match",
  ]);
});

test("a silence that also covers CRITICAL alerts keeps an alert that rises", async () => {
  await silence({ alsoCritical: true });
  await take(report({ severity: "LOW" }));
  await take(report({ severity: "CRITICAL" }));
  expect(await states()).toMatchObject([{ severity: "CRITICAL", silenced: true, deliveries: 0 }]);
});

test("a second silence takes an alert over when the first one ends", async () => {
  const [first, second] = [await silence(), await silence({ title: "Impossible *", forMinutes: 30 })];
  await take(high());
  await end(first);
  await take(high());
  expect(await states()).toMatchObject([{ silenced: true, by: [first, second], deliveries: 0 }]);
  expect((await sentences()).at(-1)).toBe(`Still silenced, now by a silence of ${who}: Maintenance`);
  await end(second);
  await take(high());
  expect(await states()).toMatchObject([{ silenced: false, deliveries: 1 }]);
});

test("what a source resolves while it is silenced stays unannounced, and reported again it is a new alert", async () => {
  const id = await silence();
  await take(high());
  await take(high({ says: "resolved" }));
  await end(id);
  await take(high());
  expect(await states()).toMatchObject([
    { status: "RESOLVED", silenced: true, deliveries: 0 },
    { status: "OPEN", silenced: false, deliveries: 1 },
  ]);
});

test("an INFO alert is silenced, and announced when it is reported after the end", async () => {
  const id = await silence();
  await take(report({ severity: "INFO" }));
  expect(await states()).toMatchObject([{ status: "RESOLVED", silenced: true, deliveries: 0 }]);
  await end(id);
  await take(report({ severity: "INFO" }));
  expect(await states()).toMatchObject([{ status: "RESOLVED", silenced: false, deliveries: 1 }]);
});

test("a silenced alert that a person closed is announced only once reports reopen it", async () => {
  const id = await silence();
  await take(high());
  await sql`update alerts set status = 'RESOLVED', status_set = '{"by": {"type": "user"}}'
    where source_id = ${source.id}`.execute(db.kysely);
  await end(id);
  await take(high());
  expect(await states()).toMatchObject([{ status: "RESOLVED", silenced: true, deliveries: 0 }]);
  for (const email of ["a@x.example", "b@x.example", "c@x.example"]) await take(high({ event: { email } }));
  expect(await states()).toMatchObject([{ status: "OPEN", silenced: false, deliveries: 1 }]);
});

test("Tocsin's own health is silenced by its detection only", async () => {
  const own = { type: "SYSTEM_ERROR", severity: "CRITICAL", detectionId: "Tocsin.SetUpFault" } as const;
  await silence({ alsoCritical: true });
  await take(report(own));
  expect(await states()).toMatchObject([{ silenced: false }]);
  await silence({ alsoCritical: true, detection: own.detectionId });
  await take(report({ ...own, title: "Another fault" }));
  expect(await states()).toMatchObject([{ silenced: false }, { silenced: true }]);
});

test("the preview counts what would have been silenced, by the same rules", async () => {
  const context = { actor: { email: "eve@acme.example", ips: ["203.0.113.7"] }, "app.name": "VPN" };
  await take(
    high({ context }),
    report({ title: "Other", severity: "CRITICAL", context }),
    high({ title: "Third", context: { actor: { email: "bob@acme.example" } } }),
  );
  const counted = async (change: object) => {
    const request = {
      source: source.id,
      detection: null,
      title: null,
      severities: [],
      fields: [],
      alsoCritical: false,
    };
    return previewSilence(db.kysely, { ...request, ...change });
  };
  expect(await counted({})).toMatchObject({ count: 3, critical: 1, silenced: 2, complete: true });
  expect(await counted({ alsoCritical: true })).toMatchObject({ count: 3, critical: 1, silenced: 3 });
  expect(await counted({ severities: ["CRITICAL"] })).toMatchObject({ count: 1, silenced: 0 });
  expect(await counted({ title: "th*" })).toMatchObject({ count: 1, examples: [{ title: "Third" }] });
  expect(await counted({ detection: "Okta.ImpossibleTravel" })).toMatchObject({ count: 3 });
  const field = (path: string, op: string, value: string) => counted({ fields: [{ path, op, value }] });
  expect(await field("actor.email", "matches", "*@acme.example")).toMatchObject({ count: 3 });
  expect(await field("actor.ips", "equals", "203.0.113.7")).toMatchObject({ count: 2 });
  expect(await field("app\\.name", "equals", "vpn")).toMatchObject({ count: 2 });
  await moveClock(31 * 24 * 3600_000);
  expect(await counted({})).toMatchObject({ count: 0, silenced: 0, examples: [] });
});
