import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startSimulator } from "../../../simulator/start.ts";
import { newDestination } from "../../../test/builders/destination.ts";
import { report } from "../../../test/builders/report.ts";
import { type Caller, openServer, type TestServer } from "../../../test/tocsin/server.ts";
import { openIntakeConnection } from "../../db/intake-transaction.ts";
import { sourceFinder } from "../../ingest/source-keys.ts";
import { ingestReports } from "../../pipeline.ts";

const slack = await startSimulator({ rateLimits: false });
const { botToken, signingSecret } = slack.app;
let server: TestServer;
let program: Caller;
let source: { id: string; key: string };
let destination: { id: string; line: string };

beforeAll(async () => {
  server = await openServer({ SLACK_API_URL: slack.apiUrl });
  program = await server.program();
  await program("PUT", "/api/v1/slack/app", { mode: "http", botToken, signingSecret });
  source = (await program("POST", "/api/v1/sources", { kind: "native", name: "Falcon" })).body;
});
beforeEach(async (context) => {
  const { db } = server.deps;
  await sql`update destinations set deleted_at = now() where deleted_at is null`.execute(db.kysely);
  await sql`delete from delivery_attempts`.execute(db.kysely);
  await sql`delete from deliveries`.execute(db.kysely);
  await sql`update lines set leased_until = null, leased_by = null, fault = null, open_at = now()`.execute(
    db.kysely,
  );
  const { body } = await program(
    "POST",
    "/api/v1/destinations",
    newDestination({ displayName: context.task.name.slice(0, 80) }),
  );
  const { rows } = await sql<{ line: string }>`select line from destinations where id = ${body.id}`.execute(
    db.kysely,
  );
  destination = { id: body.id, line: rows[0]?.line ?? "" };
});
afterAll(async () => {
  await server.close();
  await slack.close();
});

/** Opens alerts in one transaction, which commits after `beforeCommit`. Returns the titles whose cards were claimed. */
async function open(titles: string[], { room = 8, beforeCommit = async () => {} } = {}): Promise<string[]> {
  const { db, clock } = server.deps;
  const known = await sourceFinder(db, clock)(source.id, source.key);
  if (!known) throw new Error("the source is gone");
  const reports = titles.map((title) => ({
    source: known,
    report: report({ title, detectionId: `Detects ${title} ${destination.id}` }),
  }));
  const { announced } = await openIntakeConnection(db).transaction(async (intake) => {
    const { last, announced } = await ingestReports(intake, reports, { room, leaseSeconds: 3 });
    // Otherwise what happens before the commit may also happen before the claim.
    await Promise.all(last);
    await beforeCommit();
    return { result: { announced }, last };
  });
  return (await announced).cards.map(({ card }) => card.alert.title);
}

const states = async () => {
  const { rows } = await sql<{ title: string; state: string; attempts: number }>`
    select a.title, d.state, d.attempts from deliveries d join alerts a on a.id = d.alert_id order by a.number`.execute(
    server.deps.db.kysely,
  );
  return rows.map(({ title, state, attempts }) => `${title}: ${state}, ${attempts}`);
};

test("the transaction that opens an alert claims its free line", async () => {
  expect(await open(["Alone"])).toEqual(["Alone"]);
  expect(await states()).toEqual(["Alone: sending, 1"]);
  const { rows } = await sql`select leased_until > now() as leased, leased_by is not null as fenced from lines
    where key = ${destination.line}`.execute(server.deps.db.kysely);
  expect(rows).toEqual([{ leased: true, fenced: true }]);
});

test("without room nothing is claimed", async () => {
  expect(await open(["Later"], { room: 0 })).toEqual([]);
  expect(await states()).toEqual(["Later: waiting, 0"]);
});

test("a line that gets two deliveries in one transaction is not claimed", async () => {
  expect(await open(["One", "Two"])).toEqual([]);
  expect(await states()).toEqual(["One: waiting, 0", "Two: waiting, 0"]);
});

test.each([
  ["that is claimed already", sql`update lines set leased_until = now() - interval '1 second'`],
  ["with a fault", sql`update lines set fault = 'is_archived'`],
  ["that rests after a message", sql`update lines set open_at = now() + interval '1 minute'`],
])("a line %s is not claimed", async (_, change) => {
  await change.execute(server.deps.db.kysely);
  expect(await open(["Waits"])).toEqual([]);
  expect(await states()).toEqual(["Waits: waiting, 0"]);
});

test("a line with a waiting delivery is not claimed", async () => {
  await open(["First"], { room: 0 });
  expect(await open(["Second"])).toEqual([]);
  expect(await states()).toEqual(["First: waiting, 0", "Second: waiting, 0"]);
});

test("of two transactions at one line one claims it, and the other does not wait for it", async () => {
  const claimed: string[][] = [];
  const first = await open(["Inside"], {
    beforeCommit: async () => {
      claimed.push(await open(["Meanwhile"]));
    },
  });
  expect([first, ...claimed]).toEqual([["Inside"], []]);
  expect(await states()).toEqual(["Inside: sending, 1", "Meanwhile: waiting, 0"]);
});
