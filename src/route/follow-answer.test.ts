import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { report } from "../../test/builders/report.ts";
import { openTestDatabase } from "../../test/database.ts";
import { automaticActor } from "../alert/automatic-boomerang.ts";
import { takeAnswer } from "../boomerang/take-answer.ts";
import { openIntakeConnection } from "../db/intake-transaction.ts";
import { transaction } from "../db/transaction.ts";
import { openMeter } from "../outbox/meter.ts";
import { ingestReports } from "../pipeline.ts";
import { followNext } from "./follow-answer.ts";

const { db } = await openTestDatabase();
const deps = { db, clock: () => new Date(), meter: openMeter() };

const source = {
  id: randomUUID(),
  kind: "native",
  name: "Okta",
  resolves: "untouched",
  reopenAfter: 3,
} as const;

beforeAll(async () => {
  await db.kysely
    .insertInto("sources")
    .values({ id: source.id, kind: source.kind, name: source.name })
    .execute();
});

/** An alert with an automatic question to Eve, without a card. `answer` takes hers. */
async function asked(title: string) {
  const [opened] = await openIntakeConnection(db).transaction((intake) =>
    ingestReports(intake, [{ source, report: report({ title }) }]),
  );
  const alertId = opened?.alertId ?? "";
  const [id, installation, askId] = [randomUUID(), randomUUID(), randomUUID()];
  const follows = { onYes: { do: "resolve" }, onNo: { do: "mention" } };
  await sql`insert into installations (id, url, team_id, bot_user_id, bot_token)
    values (${installation}, 'https://acme.slack.com/', ${installation}, 'U1', '')`.execute(db.kysely);
  await sql`
    with asked as (insert into boomerangs (id, alert_id, installation_id, question, answers, asked_by, timezone, state,
        expires_at, automatic)
      values (${id}, ${alertId}, ${installation}, 'Was this you?', 'yes_no', ${JSON.stringify(automaticActor)}, 'UTC',
        'open', now() + interval '1 hour', ${JSON.stringify(follows)}))
    insert into boomerang_asks (id, boomerang_id, kind, slack_id, name, state)
    values (${askId}, ${id}, 'person', 'U0EVE', 'Eve', 'sent')`.execute(db.kysely);
  const actor = { type: "system", id: "U0EVE", name: "Eve" } as const;
  const doer = { actor, via: "slack", ip: null, agent: null, slack: null } as const;
  const by = { slackUserId: "U0EVE", profile: null, member: false };
  const answer = (kind: "yes" | "no") =>
    transaction(db, (tx) => takeAnswer(tx, { askId, by, doer, answer: { kind, reason: null } }));
  return { alertId, answer };
}

async function stateOf(alertId: string) {
  const { rows } = await sql<{ status: string; changes: number }>`
    select status, (select count(*)::int from history where alert_id = a.id and kind = 'status_changed') as changes
    from alerts a where id = ${alertId}`.execute(db.kysely);
  return rows[0];
}

test("what follows an answer is done whole and once, although a node fails in between and two try again", async () => {
  const { alertId, answer } = await asked("Impossible travel");
  expect(await answer("yes")).toBe("recorded");
  await sql`alter table boomerangs add constraint fails check (followed_at is null)`.execute(db.kysely);
  await expect(followNext(deps)).rejects.toThrow("fails");
  expect(await stateOf(alertId)).toEqual({ status: "OPEN", changes: 0 });
  const other = await asked("Login from a new device");
  await other.answer("yes");
  await sql`alter table boomerangs drop constraint fails`.execute(db.kysely);
  // The one that failed rests for a minute, and the one behind it goes on.
  expect([await followNext(deps), await followNext(deps)]).toEqual([true, false]);
  expect([await stateOf(alertId), await stateOf(other.alertId)]).toEqual([
    { status: "OPEN", changes: 0 },
    { status: "RESOLVED", changes: 1 },
  ]);
  await sql`update boomerangs set follow_at = now() where followed_at is null`.execute(db.kysely);
  const done = await Promise.all([followNext(deps), followNext(deps)]);
  expect(done.filter(Boolean)).toHaveLength(1);
  expect(await stateOf(alertId)).toEqual({ status: "RESOLVED", changes: 1 });
  expect(await followNext(deps)).toBe(false);
});

test("a No about an alert that is only in a digest has its card posted, whose thread mentions", async () => {
  const { alertId, answer } = await asked("One of many");
  await sql`insert into deliveries (id, alert_id, destination_id, line, severity, number, state)
    values (${randomUUID()}, ${alertId}, ${randomUUID()}, 'l', 'MEDIUM', 1, 'digested')`.execute(db.kysely);
  await answer("no");
  const deliveries = db.kysely.selectFrom("deliveries").select(["state", "asked"]);
  expect(await deliveries.where("alert_id", "=", alertId).execute()).toEqual([
    { state: "waiting", asked: true },
  ]);
});
