import { type Kysely, sql } from "kysely";
import { automaticActor, type WhatFollows } from "../alert/automatic-boomerang.ts";
import { type Answer, answerText } from "../alert/boomerang.ts";
import { fillQuestion } from "../boomerang/fill-question.ts";
import { intakeIn } from "../db/intake-transaction.ts";
import type { Tables } from "../db/tables/tables.ts";
import { type Transaction, transaction } from "../db/transaction.ts";
import { append } from "../history/append.ts";
import { findAlert, type VersionedAlert } from "../history/find-alerts.ts";
import type { Deps } from "../outbox/deps.ts";
import { openFor } from "../outbox/open-deliveries.ts";
import type { DestinationWork } from "../outbox/worker.ts";
import { runningSilences } from "../silence/marks.ts";
import { setStatus } from "../triage/set-status.ts";
import { announceJoined, storedReport } from "./announce-joined.ts";
import { decideFollowing } from "./decide-following.ts";
import { overrideName, routingSettings } from "./route-alert.ts";

const by = { actor: automaticActor, via: "system" } as const;

/** Does what follows automatic Boomerangs, with any number of nodes once. */
export function automaticFollowing(deps: Deps): DestinationWork {
  return [
    {
      maxConcurrent: 1,
      async claim() {
        while (await followNext(deps));
        return null;
      },
    },
  ];
}

interface Over {
  id: string;
  alertId: string;
  state: "answered" | "expired" | "cancelled";
  follows: WhatFollows;
  timezone: string;
  createdAt: Date;
  answer: Answer | null;
  /** Who answered. */
  name: string | null;
}

/**
 * Claims an automatic Boomerang that is over for a minute, after which another node may: one whose work fails must not
 * hold up those behind it.
 */
async function claimOver(db: Kysely<Tables>): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    update boomerangs set follow_at = now() + interval '1 minute'
    where id = (
      select id from boomerangs
      where automatic is not null and followed_at is null and state <> 'open' and follow_at <= now()
      order by follow_at, id limit 1 for update skip locked)
    returning id`.execute(db);
  return rows[0]?.id ?? null;
}

/** Does what follows one automatic Boomerang; false if none is over. Its row is locked until it is done. */
export async function followNext({
  db,
  clock,
  meter,
}: Pick<Deps, "db" | "clock" | "meter">): Promise<boolean> {
  const id = await claimOver(db.kysely);
  if (!id) return false;
  await transaction(db, async (tx, afterCommit) => {
    const { rows } = await sql<Over>`
      select b.id, b.alert_id as "alertId", b.state, b.automatic as follows, b.timezone,
        b.created_at as "createdAt", k.answer, k.answered_by ->> 'name' as name
      from boomerangs b left join boomerang_asks k on k.boomerang_id = b.id
      where b.id = ${id} and b.followed_at is null for update of b`.execute(tx);
    const [over] = rows;
    if (!over) return;
    await sql`select from alerts where id = ${over.alertId} for update`.execute(tx);
    const alert = await findAlert(tx, over.alertId);
    if (alert && (await follow(tx, { ...over, alert, now: clock() })) === "resolved")
      afterCommit(() => meter.closed("BENIGN"));
    await sql`update boomerangs set followed_at = now() where id = ${id}`.execute(tx);
  });
  return true;
}

type Following = Over & { alert: VersionedAlert; now: Date };

async function follow(tx: Transaction, over: Following): Promise<"resolved" | null> {
  const { alertId, alert, follows, state, answer, now, timezone, name } = over;
  const reopenedBy = reopener(over);
  const decision = decideFollowing({ ...follows, state, answer, alert: { ...alert, reopenedBy } });
  switch (decision.kind) {
    case "nothing":
      return null;
    case "comment": {
      const text = fillQuestion(decision.text, alert, { timezone, now });
      await append(tx, { alertId, event: { kind: "commented", data: { text } }, ...by });
      return null;
    }
    case "not-resolved":
      await append(tx, {
        alertId,
        event: { kind: "boomerang_not_resolved", data: { why: decision.why } },
        ...by,
      });
      return null;
    case "resolve": {
      const comment = answer && `${name ?? "Somebody"} answered: ${answerText(answer)}`;
      const given = { disposition: "BENIGN", duplicateOf: null } as const;
      const change = { from: alert.status, to: "RESOLVED", comment, given, because: "person" } as const;
      await setStatus(tx, { alertId, ...change, ...by });
      return "resolved";
    }
    case "raise":
      await raise(tx, alert, decision.to);
      return null;
    case "send":
      await send(tx, alertId, decision.destination);
      return null;
    default:
      return decision satisfies never;
  }
}

/** The person or program that opened the alert again after it was asked. */
function reopener({ alert: { status, statusSet }, createdAt }: Following): string | null {
  if (status !== "OPEN" || !statusSet || statusSet.at < createdAt) return null;
  return statusSet.by.type === "user" || statusSet.by.type === "token" ? statusSet.by.name : null;
}

/** Raises the severity and routes the alert once more, as a report does that raises it. */
async function raise(tx: Transaction, alert: VersionedAlert, to: VersionedAlert["severity"]): Promise<void> {
  const { id, number, severity: from, source, silencedBy } = alert;
  await sql`update alerts set severity = ${to}::severity where id = ${id}`.execute(tx);
  await append(tx, { alertId: id, event: { kind: "severity_raised", data: { from, to } }, ...by });
  if (await staysWhereItIs(tx, id)) return;
  const report = storedReport(alert, { destinations: null, cause: null });
  const intake = intakeIn(tx);
  const settings = await routingSettings(intake.runPrepared, [overrideName(source.id, report)]);
  const silences = await runningSilences(intake.runPrepared);
  const raised = { id, number, source, report, severity: to, raiseTo: to, silencedBy, closedByPerson: false };
  await announceJoined(intake, { ...raised, ...by }, { settings, silences });
}

/** The report itself said where its alert goes, which isn't stored. */
async function staysWhereItIs(tx: Transaction, alertId: string): Promise<boolean> {
  const { rows } = await sql<{ reason: string | null }>`
    select data -> 'route' ->> 'reason' as reason from history where alert_id = ${alertId} and seq = 1`.execute(
    tx,
  );
  return rows.some(({ reason }) => reason === "report" || reason === "report_skips");
}

/** Sends the alert to another destination, unless it has it already. */
async function send(tx: Transaction, alertId: string, destinationId: string): Promise<void> {
  const { rows } = await sql<{ name: string; line: string; usable: boolean; deleted: boolean }>`
    select display_name as name, line, enabled and deleted_at is null as usable, deleted_at is not null as deleted
    from destinations where id = ${destinationId} and not exists (
      select from deliveries where alert_id = ${alertId} and destination_id = ${destinationId})`.execute(tx);
  const [found] = rows;
  if (!found) return;
  const { name, line, usable, deleted } = found;
  const destination = { id: destinationId, name };
  if (!usable) {
    const why = `nobody said “Yes” to the automatic Boomerang, but this destination is ${deleted ? "deleted" : "disabled"}`;
    await append(tx, { alertId, event: { kind: "not_delivered", data: { destination, why } }, ...by });
    return;
  }
  const event = { kind: "boomerang_sent_on", data: { to: destination } } as const;
  const { seq: sentSeq } = await append(tx, { alertId, event, ...by });
  await openFor({ alertId, destinationId, line, sentSeq }).execute(tx);
}
