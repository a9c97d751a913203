import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { beforeEach, expect, test } from "vitest";
import { report } from "../test/builders/report.ts";
import { openTestDatabase } from "../test/database.ts";
import type { Report } from "./alert/report.ts";
import { openIntakeConnection } from "./db/intake-transaction.ts";
import { newKeys } from "./db/migrations/0054_reading_reports.ts";
import type { ReportingSource } from "./dedup/incoming.ts";
import { sentence } from "./history/sentence.ts";
import { timeline } from "./history/timeline.ts";
import { ingestReports } from "./pipeline.ts";

const { db, moveClock } = await openTestDatabase();
let source: ReportingSource;

beforeEach(async () => {
  source = {
    id: randomUUID(),
    name: `Okta ${randomUUID().slice(0, 8)}`,
    resolves: "untouched",
    reopenAfter: 3,
  };
  await db.kysely
    .insertInto("sources")
    .values({ id: source.id, kind: "native", name: source.name })
    .execute();
});

const take = (...reports: Report[]) =>
  openIntakeConnection(db).transaction((intake) =>
    ingestReports(
      intake,
      reports.map((one) => ({ source, report: one })),
    ),
  );
const outcomes = async (...reports: Report[]) => (await take(...reports)).map(({ outcome }) => outcome);
const alerts = () =>
  db.kysely.selectFrom("alerts").selectAll().where("source_id", "=", source.id).orderBy("number").execute();
const sentences = async (alertId: string) =>
  (await timeline(db.kysely, { alertId })).map((entry) =>
    sentence(entry, entry.actor).replace(source.name, "Okta"),
  );

test("a repeated report joins the alert of the first one, within a batch and across batches", async () => {
  expect(await outcomes(report(), report(), report({ title: "Other" }))).toEqual([
    "opened",
    "joined",
    "opened",
  ]);
  expect(await outcomes(report())).toEqual(["joined"]);
  const [first, other] = await alerts();
  expect(first).toMatchObject({ event_count: 3, severity: "HIGH", status: "OPEN" });
  expect(other?.number).toBe((first?.number ?? 0) + 1);
  const samples = await db.kysely
    .selectFrom("alert_samples")
    .select("n")
    .where("alert_id", "=", first?.id ?? "")
    .orderBy("n")
    .execute();
  expect(samples.map((sample) => sample.n)).toEqual([0, 1, 2]);
});

test("many identical concurrent reports make one alert, and all of them are counted", async () => {
  const connections = Array.from({ length: 8 }, () => openIntakeConnection(db));
  const title = "All at once";
  await Promise.all(
    connections.flatMap((connection) =>
      Array.from({ length: 5 }, () =>
        openIntakeConnection(db).transaction((intake) =>
          ingestReports(intake, [{ source, report: report({ title }) }]),
        ),
      ).concat(
        connection.transaction((intake) => ingestReports(intake, [{ source, report: report({ title }) }])),
      ),
    ),
  );
  expect((await alerts()).map((alert) => alert.event_count)).toEqual([48]);
});

test("the window begins with the first report, and later ones don't move it", async () => {
  await take(report());
  await moveClock(40 * 60_000);
  expect(await outcomes(report())).toEqual(["joined"]);
  await moveClock(61 * 60_000);
  expect(await outcomes(report())).toEqual(["opened"]);
  expect((await alerts()).map((alert) => alert.event_count)).toEqual([2, 1]);
});

test('after the window, a "resolved" acts on the newest alert only', async () => {
  await take(report());
  await moveClock(200 * 60_000);
  expect(await outcomes(report())).toEqual(["opened"]);
  expect(await outcomes(report({ says: "resolved" }), report({ says: "resolved" }))).toEqual([
    "resolved",
    "resolved",
  ]);
  expect((await alerts()).map((alert) => alert.status)).toEqual(["OPEN", "RESOLVED"]);
  expect(await outcomes(report({ says: "resolved" }))).toEqual(["ignored"]);
  expect(await outcomes(report())).toEqual(["opened"]);
});

test("a joining report raises the severity, never lowers it, and history says so", async () => {
  await take(report({ severity: "LOW" }), report({ severity: "CRITICAL" }), report({ severity: "MEDIUM" }));
  const [alert] = await alerts();
  expect(alert).toMatchObject({ severity: "CRITICAL", event_count: 3 });
  expect(await sentences(alert?.id ?? "")).toEqual([
    "Reported by Okta (Low). Not routed because no destination matches.",
    "Okta raised the severity from Low to Critical",
  ]);
});

test("a raised severity routes the alert again, to the destinations that match only now", async () => {
  await db.pool.query(`
    insert into destinations (id, type, display_name, severities, alert_types, log_types, timezone) values
      ('${randomUUID()}', 'custom-webhook', 'Everything', '{LOW,HIGH}', '{RULE}', '{}', 'UTC'),
      ('${randomUUID()}', 'custom-webhook', 'On call', '{HIGH}', '{RULE}', '{}', 'UTC')`);
  await take(report({ severity: "LOW" }));
  const [alert] = await alerts();
  const routed = async () =>
    await db.kysely
      .selectFrom("deliveries")
      .innerJoin("destinations", "destinations.id", "destination_id")
      .select(["display_name", "severity"])
      .where("alert_id", "=", alert?.id ?? "")
      .orderBy("display_name")
      .execute();
  expect(await routed()).toEqual([{ display_name: "Everything", severity: "LOW" }]);
  await take(report({ severity: "HIGH" }));
  expect(await routed()).toEqual([
    { display_name: "Everything", severity: "HIGH" },
    { display_name: "On call", severity: "HIGH" },
  ]);
  expect((await sentences(alert?.id ?? "")).at(-1)).toBe(
    "Routed to On call because severity, type and log types match",
  );
  await db.kysely.updateTable("destinations").set({ enabled: false }).execute();
});

test("history says when a severity is the source's default, at the opening and when it rises", async () => {
  await take(report({ severity: "LOW", unknownSeverity: "meh" }));
  await take(report({ severity: "MEDIUM", unknownSeverity: "urgent" }));
  await take(report({ severity: "HIGH" }), report({ severity: "HIGH", unknownSeverity: null }));
  const [alert] = await alerts();
  const said = await sentences(alert?.id ?? "");
  expect(said[0]).toMatch(/^Reported by Okta \(Low, the source's default: “meh” is not a known severity\)/);
  expect(said.filter((one) => one.includes("raised"))).toEqual([
    "Okta raised the severity from Low to Medium, the source's default: “urgent” is not a known severity",
    "Okta raised the severity from Medium to High",
  ]);
});

test("an INFO alert starts as resolved, and a more severe report reopens it", async () => {
  await take(report({ severity: "INFO" }));
  expect((await alerts())[0]).toMatchObject({ status: "RESOLVED", history_seq: 2 });
  await take(report({ severity: "HIGH" }));
  expect((await alerts())[0]).toMatchObject({ status: "OPEN", severity: "HIGH" });
});

test("a source does not resolve a touched alert, and history says so once", async () => {
  await take(report());
  await db.kysely.updateTable("alerts").set({ touched: true }).where("source_id", "=", source.id).execute();
  expect(await outcomes(report({ says: "resolved" }))).toEqual(["joined"]);
  expect(await outcomes(report({ says: "resolved" }))).toEqual(["ignored"]);
  const [alert] = await alerts();
  expect(alert?.status).toBe("OPEN");
  expect((await sentences(alert?.id ?? "")).at(-1)).toBe("Okta says it is over");
});

test("alerts of Alertmanager keep their repeats and ends when their keys lose the time of the start", async () => {
  await db.kysely.updateTable("sources").set({ kind: "alertmanager" }).where("id", "=", source.id).execute();
  const named = (id: string, startsAt?: Date): Pick<Report, "identity"> => ({
    identity: { kind: "named", id, ...(startsAt && { startsAt }) },
  });
  const old = [
    "c0ffee 2026-01-15T09:00:00Z",
    "c0ffee 2026-01-15T11:00:00+01:00",
    "c0ffee 2026-13-45T00:00:00Z",
    "beef",
  ];
  expect(await outcomes(...old.map((id) => report(named(id))))).toEqual(old.map(() => "opened"));
  await db.kysely.transaction().execute((tx) => sql.raw(newKeys).execute(tx));
  const at = (hour: string) => named("c0ffee", new Date(`2026-01-15T${hour}:00:00Z`));
  expect(await outcomes(report({ ...at("09"), says: "resolved" }))).toEqual(["resolved"]);
  expect(await outcomes(report({ ...at("10"), says: "resolved" }))).toEqual(["resolved"]);
  expect(await outcomes(report(named("beef", new Date())))).toEqual(["joined"]);
  expect((await alerts()).map(({ dedup_string, status }) => `${dedup_string} ${status}`)).toEqual([
    "c0ffee RESOLVED",
    "c0ffee RESOLVED",
    "c0ffee OPEN",
    "beef OPEN",
  ]);
});

test("a report that the database refuses rolls its whole transaction back", async () => {
  await expect(take(report(), report({ title: "nul \u0000" }))).rejects.toThrow();
  expect(await alerts()).toEqual([]);
});

test("a report without a detection lists none, and joins by its dedup string", async () => {
  const told = (title: string, dedupString = title) =>
    report({ title, detectionId: null, identity: { kind: "windowed", dedupString, periodMinutes: 60 } });
  expect(await outcomes(told("Disk full"), told("Disk is full", "Disk full"), told("Other"))).toEqual([
    "opened",
    "joined",
    "opened",
  ]);
  const listed = db.kysely.selectFrom("detections").select("detection_id").where("source_id", "=", source.id);
  expect(await listed.execute()).toEqual([]);
  await take(report());
  expect(await listed.execute()).toEqual([{ detection_id: "Okta.ImpossibleTravel" }]);
});
