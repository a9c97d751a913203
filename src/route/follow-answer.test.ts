import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { report } from "../../test/builders/report.ts";
import { openTestDatabase } from "../../test/database.ts";
import { automaticActor } from "../alert/automatic-boomerang.ts";
import { openIntakeConnection } from "../db/intake-transaction.ts";
import { openMeter } from "../outbox/meter.ts";
import { ingestReports } from "../pipeline.ts";
import { followNext } from "./follow-answer.ts";

const { db } = await openTestDatabase();
const deps = { db, clock: () => new Date(), meter: openMeter() };

/** An alert with an automatic question that somebody has answered, as the transaction of the answer leaves it. */
async function answered(): Promise<string> {
  const source = {
    id: randomUUID(),
    kind: "native",
    name: "Okta",
    resolves: "untouched",
    reopenAfter: 3,
  } as const;
  await sql`insert into sources (id, kind, name) values (${source.id}, ${source.kind}, ${source.name})`.execute(
    db.kysely,
  );
  const [opened] = await openIntakeConnection(db).transaction((intake) =>
    ingestReports(intake, [{ source, report: report() }]),
  );
  const alertId = opened?.alertId ?? "";
  const [id, installation] = [randomUUID(), randomUUID()];
  const follows = { onYes: { do: "resolve" }, onNo: { do: "mention" } };
  await sql`insert into installations (id, url, team_id, bot_user_id, bot_token)
    values (${installation}, 'https://acme.slack.com/', 'T1', 'U1', '')`.execute(db.kysely);
  await sql`
    with asked as (insert into boomerangs (id, alert_id, installation_id, question, answers, asked_by, timezone, state,
        expires_at, automatic)
      values (${id}, ${alertId}, ${installation}, 'Was this you?', 'yes_no', ${JSON.stringify(automaticActor)}, 'UTC',
        'answered', now(), ${JSON.stringify(follows)}))
    insert into boomerang_asks (id, boomerang_id, kind, slack_id, name, state, answer, answered_by)
    values (${randomUUID()}, ${id}, 'person', 'U0EVE', 'Eve', 'answered', '{"kind": "yes", "reason": null}',
      '{"id": "U0EVE", "name": "Eve"}')`.execute(db.kysely);
  return alertId;
}

async function stateOf(alertId: string) {
  const { rows } = await sql<{ status: string; changes: number }>`
    select status, (select count(*)::int from history where alert_id = a.id and kind = 'status_changed') as changes
    from alerts a where id = ${alertId}`.execute(db.kysely);
  return rows[0];
}

test("what follows an answer is done whole and once, although a node fails in between and two try again", async () => {
  const alertId = await answered();
  await sql`alter table boomerangs add constraint fails check (followed_at is null)`.execute(db.kysely);
  await expect(followNext(deps)).rejects.toThrow("fails");
  expect(await stateOf(alertId)).toEqual({ status: "OPEN", changes: 0 });
  await sql`alter table boomerangs drop constraint fails`.execute(db.kysely);
  const done = await Promise.all([followNext(deps), followNext(deps)]);
  expect(done.filter(Boolean)).toHaveLength(1);
  expect(await stateOf(alertId)).toEqual({ status: "RESOLVED", changes: 1 });
  expect(await followNext(deps)).toBe(false);
});
